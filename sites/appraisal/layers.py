"""What proposed positions show on the map, and to whom."""

from django.db.models import Case, CharField, F, Model, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.map.registry import Card, Group, LayerSpec, Person, register_layer
from infra.map.style import Label, Sign, Style
from infra.map.words import accent_free
from infra.models import User
from sites.choices import RESULT_STATES, Outcome
from sites.models import CandidateLocation

APPRAISAL = Group("appraisal", gettext_lazy("Appraisal"), order=20)
STYLE = Style(
    (
        Sign("", gettext_lazy("Candidate location"), (), Outcome.PENDING.color, shape="pin"),
        Sign("agreed", gettext_lazy("Agreed"), (), Outcome.AGREED.color, shape="pin"),
        Sign("not_agreed", gettext_lazy("Not agreed"), (), Outcome.NOT_AGREED.color, shape="pin"),
    ),
    order=48,
    sign_by="outcome",
    same_as={Outcome.AGREED_WITH_CONDITIONS.value: "agreed"},
    labels=(Label("name", 14, place="below", repeat=0, rank=20),),
)


def candidate_rows(user: Person) -> "QuerySet[CandidateLocation]":
    """Positions of visible dossiers; outside the department no result before the letter."""
    rows = CandidateLocation.objects.visible_to(user).select_related("dossier")
    if isinstance(user, User) and user.is_department:
        return rows.annotate(shown_outcome=F("outcome"))
    is_open = Q(dossier__state__in=RESULT_STATES)
    shown = Case(When(is_open, then=F("outcome")), default=Value(""), output_field=CharField())
    return rows.annotate(shown_outcome=shown)


def candidate_card(obj: Model, user: Person) -> Card:
    """A proposed position in a few words."""
    assert isinstance(obj, CandidateLocation)  # noqa: S101
    facts = [
        (_("Dossier"), str(obj.dossier)),
        (_("State"), obj.dossier.get_state_display()),
        (_("Result"), Outcome(getattr(obj, "shown_outcome", "")).label),
        (_("Class"), obj.get_mast_class_display()),
        (_("Height"), f"{localize(obj.height_m)} m"),
    ]
    shown = tuple((str(name), str(value)) for name, value in facts if value)
    url = reverse("sites:candidate_detail", args=[obj.uuid])
    return Card(
        "candidates",
        str(obj.uuid),
        obj.name,
        _("Candidate location"),
        shown,
        url,
        getattr(obj, "shown_outcome", ""),
    )


def register() -> None:
    """Declare the layer of proposed positions."""
    register_layer(_candidate_spec())


def _candidate_spec() -> LayerSpec:
    return LayerSpec(
        key="candidates",
        title=gettext_lazy("Candidate locations"),
        group=APPRAISAL,
        kind="point",
        queryset=candidate_rows,
        geometry="point",
        properties={
            "name": "name",
            "outcome": "shown_outcome",
            "state": "dossier__state",
        },
        tables=("sites_candidatelocation", "infra_dossier", "infra_consultation"),
        may_see=lambda user: user.is_authenticated,
        style=STYLE,
        id_field="uuid",
        cap=5000,
        filters={"state": "dossier__state", "dossier": "dossier__uuid"},
        card=candidate_card,
        search=lambda rows, words, user: accent_free(rows, "name", words),
    )
