"""People, a place and a dossier for tests of appraisals: small, real rows."""

from datetime import date
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, LineString, MultiPolygon, Point

from infra.ground.choices import (
    Confidence,
    ConstraintKind,
    DossierState,
    OrganisationKind,
    ProcedureKind,
    Role,
    UnitLevel,
)
from infra.models import (
    AdministrativeUnit,
    ConstraintDataset,
    ConstraintFeature,
    Dossier,
    Organisation,
    Procedure,
    ProcedureComponent,
    RegulationLimit,
    User,
)
from infra.places.geo.measure import circle, destination
from sites.appraisal import reference
from sites.choices import MastClass, Structure
from sites.models import CandidateLocation, Mast

HERE = Point(105.6321, 10.4602, srid=4326)


def organisation(code: str, kind: str = OrganisationKind.OPERATOR) -> Organisation:
    row, _new = Organisation.objects.get_or_create(
        code=code, defaults={"name": code, "short_name": code, "kind": kind}
    )
    return row


def person(role: Role, body: Organisation | None = None, name: str = "") -> User:
    body = body or organisation("skhcn", OrganisationKind.DEPARTMENT)
    email = f"{role.value}.{name or 'mot'}@{body.code}.example"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(
        email, full_name=name or str(role.label), organisation=body, roles=[role]
    )


def load_limits() -> None:
    reference.load(lambda _text: None)


def layer(
    kind: str, *geometries: GEOSGeometry, name: str = "", **properties: Any
) -> ConstraintDataset:
    dataset = ConstraintDataset.objects.create(
        kind=kind, version=1, source="test", source_date=date(2026, 1, 1)
    )
    ConstraintFeature.objects.bulk_create(
        ConstraintFeature(
            dataset=dataset, kind=kind, name=name, geometry=geometry, properties=properties
        )
        for geometry in geometries
    )
    return dataset


def blocked_by_a_line() -> None:
    """A 22 kV line 20 m away and an adopted corridor that reaches the place: the rules block."""
    layer(ConstraintKind.POWER_LINE, line_past(20), voltage_kv=22)
    RegulationLimit.objects.create(
        code="power-corridor-22kv",
        value=30,
        unit="m",
        label="Hành lang đường dây 22 kV, mỗi bên (số liệu thử)",
        instrument="Bảng thử",
        confidence=Confidence.ILLUSTRATIVE,
        adopted_by="7/QĐ-SKHCN",
        valid_from=date(2025, 1, 1),
    )


def all_layers_empty() -> None:
    for kind in ConstraintKind.values:
        layer(kind)


def unit(name: str = "Mỹ Hiệp", around: Point = HERE) -> AdministrativeUnit:
    return AdministrativeUnit.objects.create(
        code="30001",
        name=name,
        kind_name="Xã",
        level=UnitLevel.COMMUNE,
        valid_from=date(2025, 7, 1),
        boundary=MultiPolygon(circle(around, 5000), srid=4326),
        boundary_is_approximate=False,
    )


def away(metres: float, azimuth_deg: float = 90.0) -> Point:
    return destination(HERE, azimuth_deg, metres)


def line_past(metres: float) -> LineString:
    """A line running north–south, `metres` east of the place."""
    foot = away(metres)
    return LineString(
        destination(foot, 180, 500).coords, destination(foot, 0, 500).coords, srid=4326
    )


def mast(code: str, point: Point, owner: Organisation, **fields: Any) -> Mast:
    row = Mast.objects.create(
        code=code, point=point, owner=owner, height_m=42, mast_class=MastClass.A2B, **fields
    )
    row.refresh_from_db()
    return row


def procedure(kind: str = ProcedureKind.NEW_POSITION) -> Procedure:
    row, new = Procedure.objects.get_or_create(
        code=f"test-{kind}".replace("_", "-"),
        valid_from=date(2020, 1, 1),
        defaults={
            "name": str(ProcedureKind(kind).label),
            "kind": kind,
            "legal_basis": "test",
            "working_days": 10,
            "validity_months": 6,
            "confidence": Confidence.ILLUSTRATIVE,
        },
    )
    if new:
        ProcedureComponent.objects.create(procedure=row, code="request-letter", name="Công văn")
        ProcedureComponent.objects.create(
            procedure=row, code="photos", name="Ảnh", is_required=False, order=1
        )
    return row


def dossier(applicant: User, **fields: Any) -> Dossier:
    defaults: dict[str, Any] = {
        "procedure": procedure(fields.pop("kind", ProcedureKind.NEW_POSITION)),
        "title": "Đề nghị thẩm định vị trí",
        "applicant": applicant.organisation,
        "created_by": applicant,
        "state": DossierState.DRAFT,
    }
    return Dossier.objects.create(**{**defaults, **fields})


def candidate(of: Dossier, point: Point = HERE, **fields: Any) -> CandidateLocation:
    defaults: dict[str, Any] = {
        "name": "DTP-0001",
        "mast_class": MastClass.A2B,
        "structure": Structure.GUYED,
        "height_m": 42,
        "order": of.candidates.count() + 1,
    }
    return CandidateLocation.objects.create(dossier=of, point=point, **{**defaults, **fields})
