"""What masts and stations show on the map, and to whom."""

from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Now, TruncDate
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import Publicity, Role
from infra.map.registry import Card, Group, LayerSpec, Person, Tally, register_layer
from infra.map.search import PER_LAYER
from infra.map.style import Label, Sign, Stroke, Style
from infra.models import User
from infra.people.access.scope import scope_of
from sites.choices import Grade
from sites.models import Mast, MastTally, Station
from sites.permissions import sees_all_of
from sites.register.selectors.masts import first_found

MASTS = Group("masts", gettext_lazy("Masts and stations"), order=10)


def _grade_sign(grade: Grade) -> Sign:
    return Sign(
        grade.value, grade.label, (), grade.color, shape=grade.shape, letter=grade, ink=grade.ink
    )


MAST_STYLE = Style(
    tuple(_grade_sign(grade) for grade in Grade),
    order=50,
    sign_by="grade",
    labels=(Label("code", 15, place="below", repeat=0, rank=20),),
)
PUBLIC_MAST_STYLE = Style(
    (replace(_grade_sign(Grade.UNGRADED), label=gettext_lazy("Mast")),),
    order=50,
    labels=(Label("code", 15, place="below", repeat=0, rank=20),),
)
STATION_STYLE = Style(
    (
        Sign("0", gettext_lazy("Station"), (Stroke("#0b6b8a", 2),), shape="arc"),
        Sign(
            "1",
            gettext_lazy("Station, EMF certificate expired"),
            (Stroke("#8e1420", 2),),
            shape="arc",
        ),
    ),
    order=49,
    sign_by="expired",
)


def works_with_masts(user: Person) -> bool:
    """The department and the operators see masts with their grades."""
    return scope_of(user) != "public"


def mast_rows(user: Person) -> "QuerySet[Mast]":
    """Current masts the person may see; `shown_grade` is empty on what belongs to others."""
    rows = Mast.objects.visible_to(user).current().select_related("owner")
    return rows.annotate(shown_grade=_shown_grade(user))


def mast_tally(user: Person) -> "QuerySet[MastTally]":
    """The same masts, counted by what the map filters by."""
    return MastTally.objects.visible_to(user).annotate(shown_grade=_shown_grade(user))


def mast_list(user: Person) -> "list[tuple[QuerySet[Mast], tuple[str, ...]]]":
    """The worst first; what an operator sees of others, without their grades, comes after."""
    rows = mast_rows(user)
    if scope_of(user) == "all":
        return [(rows, ("-shown_grade", "code"))]
    own = Q(viewer_org_ids__contains=[getattr(user, "organisation_id", None) or 0])
    others = rows.filter(publicity=Publicity.PUBLIC).exclude(own)
    return [(rows.filter(own), ("-grade", "code")), (others, ("code",))]


def _shown_grade(user: Person) -> F | Case:
    if scope_of(user) == "all":
        return F("grade")
    own = Q(viewer_org_ids__contains=[getattr(user, "organisation_id", None) or 0])
    return Case(When(own, then=F("grade")), default=Value(""), output_field=CharField())


def public_mast_rows(user: Person) -> "QuerySet[Mast]":
    """Current masts that were made public."""
    rows = Mast.objects.filter(publicity=Publicity.PUBLIC, archived_at=None)
    return rows.annotate(shown_grade=Value("", output_field=CharField()))


def public_mast_tally(user: Person) -> "QuerySet[MastTally]":
    """Those, counted."""
    rows = MastTally.objects.filter(publicity=Publicity.PUBLIC)
    return rows.annotate(shown_grade=Value("", output_field=CharField()))


def station_rows(user: Person) -> "QuerySet[Station]":
    """All stations for the department, an operator's own for its people."""
    rows = Station.objects.filter(mast__archived_at=None).select_related("mast", "operator")
    if isinstance(user, User) and user.is_department:
        return rows
    if isinstance(user, User) and user.has_role(Role.OPERATOR):
        return rows.filter(operator=user.organisation_id)
    return rows.none()


def mast_card(obj: Model, user: Person) -> Card:
    """A mast in a few words."""
    assert isinstance(obj, Mast)  # noqa: S101
    grade = getattr(obj, "shown_grade", "")
    facts = [
        (_("Safety grade"), Grade(grade).label),
        (_("Class"), obj.get_mast_class_display()),
        (_("Structure"), obj.get_structure_display()),
        (_("Height"), f"{localize(obj.height_m)} m" if obj.height_m else ""),
        (_("Owner"), str(obj.owner or "")),
        (_("Operating status"), obj.get_operating_status_display()),
        (_("Address"), obj.address if sees_all_of(user, obj) else ""),
    ]
    return Card(
        layer="masts",
        id=str(obj.uuid),
        title=obj.code,
        subtitle=obj.name,
        facts=tuple((str(name), str(value)) for name, value in facts if value),
        url=reverse("sites:mast_detail", args=[obj.uuid]),
        sign=grade,
    )


def public_mast_card(obj: Model, user: Person) -> Card:
    """What everybody may read about a public mast."""
    assert isinstance(obj, Mast)  # noqa: S101
    facts = [
        (_("Class"), obj.get_mast_class_display()),
        (_("Height"), f"{localize(obj.height_m)} m" if obj.height_m else ""),
        (_("Operating status"), obj.get_operating_status_display()),
    ]
    shown = tuple((str(name), str(value)) for name, value in facts if value)
    return Card("masts_public", str(obj.uuid), obj.code, "", shown)


def station_card(obj: Model, user: Person) -> Card:
    """A station in a few words."""
    assert isinstance(obj, Station)  # noqa: S101
    expiry = obj.emf_valid_until
    facts = [
        (_("Operator"), str(obj.operator)),
        (_("Technologies"), ", ".join(obj.technologies)),
        (_("Mast"), obj.mast.code),
        (_("EMF certificate valid until"), expiry.strftime("%d/%m/%Y") if expiry else ""),
    ]
    shown = tuple((str(name), str(value)) for name, value in facts if value)
    url = reverse("sites:mast_detail", args=[obj.mast.uuid])
    return Card("stations", str(obj.uuid), obj.code, obj.name, shown, url)


def search_masts(rows: "QuerySet[Any]", words: str, user: Person) -> "QuerySet[Any]":
    """By all that the register finds them by; stations by the mast they stand on."""
    return rows.filter(pk__in=first_found(user, words, PER_LAYER))


def register() -> None:
    """Declare the layers of masts and stations."""
    register_layer(_mast_spec())
    register_layer(_public_mast_spec())
    register_layer(_station_spec())


def _mast_spec() -> LayerSpec:
    return LayerSpec(
        key="masts",
        title=gettext_lazy("Masts"),
        group=MASTS,
        kind="point",
        queryset=mast_rows,
        geometry="point",
        properties={
            "code": "code",
            "grade": "shown_grade",
            "class": "mast_class",
            "status": "operating_status",
        },
        tables=("sites_mast", "infra_organisation"),
        may_see=works_with_masts,
        style=MAST_STYLE,
        id_field="uuid",
        filters={
            "grade": "shown_grade",
            "class": "mast_class",
            "owner": "owner__code",
            "structure": "structure",
            "status": "operating_status",
        },
        aggregate="masts",
        bucket="shown_grade",
        bucket_filter="grade",
        tally=Tally(mast_tally, frozenset({"class", "owner", "structure", "status"})),
        list_parts=mast_list,
        card=mast_card,
        search=search_masts,
    )


def _public_mast_spec() -> LayerSpec:
    return LayerSpec(
        key="masts_public",
        alias="masts",
        title=gettext_lazy("Masts (public register)"),
        group=MASTS,
        kind="point",
        queryset=public_mast_rows,
        geometry="point",
        properties={"code": "code", "class": "mast_class", "grade": "shown_grade"},
        tables=("sites_mast",),
        may_see=lambda user: not works_with_masts(user),
        style=PUBLIC_MAST_STYLE,
        id_field="uuid",
        filters={"class": "mast_class"},
        aggregate="masts",
        bucket="shown_grade",
        tally=Tally(public_mast_tally, frozenset({"class"})),
        list_order=("code",),
        card=public_mast_card,
        search=search_masts,
        same_for_all=True,
    )


def _station_spec() -> LayerSpec:
    return LayerSpec(
        key="stations",
        title=gettext_lazy("Stations"),
        group=MASTS,
        kind="point",
        queryset=station_rows,
        geometry="mast__point",
        properties={
            "code": "code",
            "operator": "operator__short_name",
            "expired": Case(
                When(emf_valid_until__lt=TruncDate(Now()), then=Value(1)), default=Value(0)
            ),
        },
        tables=("sites_station", "sites_mast", "infra_organisation"),
        may_see=works_with_masts,
        style=STATION_STYLE,
        id_field="uuid",
        min_zoom=13,
        filters={"operator": "operator__code"},
        card=station_card,
        is_on=False,
    )
