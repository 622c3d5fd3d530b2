"""What changed on a mast and what stands on it: who, when, why, field by field."""

from django.contrib.gis.geos import Point
from django.utils.formats import localize
from django.utils.translation import gettext as _

from infra.places.geo.measure import distance_m
from infra.work.history.changes import Change, changes_from, events_of
from infra.work.history.words import place_in_words
from sites.models import Lease, Mast, Repair, Station, StructuralAssessment

HIDDEN = frozenset({"viewer_org_ids", "mast", "station"})
PARTS = (Station, StructuralAssessment)
INSIDE = (Repair, Lease)


def mast_changes(mast: Mast, *, with_inside: bool) -> list[Change]:
    """All changes of the mast and what stands on it, newest first; `with_inside`: papers too."""
    parts = (*PARTS, *INSIDE) if with_inside else PARTS
    found = list(events_of(Mast, pgh_obj_id=mast.pk))
    found += [pair for part in parts for pair in events_of(part, mast_id=mast.pk)]
    return changes_from(found, hidden=HIDDEN, moved=_moved)


def _moved(was: Point, now: Point) -> str:
    metres = localize(round(distance_m(was, now), 1))
    return _("%(place)s (moved by %(metres)s m)") % {"place": place_in_words(now), "metres": metres}
