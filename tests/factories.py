"""Rows made in one line: give what the test is about, the rest is filled in."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.gis.geos import LineString, Point
from django.utils import timezone

from infra.ground.choices import (
    Confidence,
    DocumentType,
    DossierState,
    OrganisationKind,
    ProcedureKind,
    Role,
)
from infra.models import Dossier, Notice, Organisation, Procedure, SigningAuthority, User
from sites.choices import Grade, InspectionKind, MastClass, OperatingStatus, Structure
from sites.models import CandidateLocation, Inspection, Mast, Repair, Station
from undergrounding.models import CostRate, Route

CAO_LANH = (105.6321, 10.4602)
_numbers = count(1)


def make_organisation(
    code: str | None = None, kind: str = OrganisationKind.OPERATOR, **fields: Any
) -> Organisation:
    """An organisation; the same code gives the same row."""
    code = code or f"org-{next(_numbers)}"
    defaults = {"name": f"Công ty {code}", "short_name": code, "kind": kind} | fields
    return Organisation.objects.get_or_create(code=code, defaults=defaults)[0]


def make_user(*roles: Role | str, at: Organisation | None = None, **fields: Any) -> User:
    """A person with these roles, at the department unless said otherwise; no password."""
    number = next(_numbers)
    home = at or make_organisation("so-khcn", OrganisationKind.DEPARTMENT)
    defaults: dict[str, Any] = {
        "email": f"person{number}@example.test",
        "full_name": f"{'-'.join(map(str, roles)) or 'person'} {number}",
        "roles": [str(role) for role in roles],
        "organisation": home,
    }
    return User.objects.create_user(**(defaults | fields))


def home(person: User) -> Organisation:
    """The organisation of a person who has one."""
    assert person.organisation
    return person.organisation


def make_mast(at: tuple[float, float] = CAO_LANH, **fields: Any) -> Mast:
    """An internal guyed 30 m mast at longitude, latitude."""
    defaults = {
        "code": f"M-{next(_numbers):04}",
        "mast_class": MastClass.A2B,
        "structure": Structure.GUYED,
        "height_m": 30,
        "point": Point(*at, srid=4326),
        "operating_status": OperatingStatus.ON_AIR,
    }
    return Mast.objects.create(**(defaults | fields))


def make_station(mast: Mast, operator: Organisation, **fields: Any) -> Station:
    """A station of an operator on a mast."""
    defaults = {"code": f"S-{next(_numbers):04}"}
    return Station.objects.create(mast=mast, operator=operator, **(defaults | fields))


def make_inspection(mast: Mast, inspector: User, **fields: Any) -> Inspection:
    """A survey of today that graded the mast D."""
    defaults: dict[str, Any] = {
        "uuid": uuid4(),
        "kind": InspectionKind.SURVEY,
        "visited_at": timezone.now(),
        "grade": Grade.D,
        "content_sha256": "ab" * 32,
    }
    values = defaults | fields
    values.setdefault("counts_from", values["visited_at"])
    return Inspection.objects.create(mast=mast, inspector=inspector, **values)


def make_repair(mast: Mast, recorded_by: User, **fields: Any) -> Repair:
    """A repair that was completed just now."""
    defaults = {
        "completed_at": timezone.now(),
        "done_by": "Đội sửa chữa",
        "what": "Thay thanh cánh, siết lại bu lông",
    }
    return Repair.objects.create(mast=mast, recorded_by=recorded_by, **(defaults | fields))


def make_procedure(**fields: Any) -> Procedure:
    """An illustrative procedure of ten working days, valid since 2020."""
    defaults = {
        "name": "Ý kiến về vị trí trạm BTS (minh họa)",
        "kind": ProcedureKind.NEW_POSITION,
        "legal_basis": "minh họa",
        "working_days": 10,
        "validity_months": 12,
        "confidence": Confidence.ILLUSTRATIVE,
        "valid_from": "2020-01-01",
    }
    code = fields.pop("code", "vi-tri-moi-test")
    return Procedure.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_dossier(applicant: Organisation, created_by: User, **fields: Any) -> Dossier:
    """A dossier under appraisal; ask for another state by name."""
    state = fields.get("state", DossierState.APPRAISING)
    defaults: dict[str, Any] = {
        "procedure": fields.get("procedure") or make_procedure(),
        "title": "Đề nghị ý kiến về vị trí trạm",
        "state": state,
    }
    if state != DossierState.DRAFT:
        number = next(_numbers)
        defaults |= {
            "code": f"HS-2026-{number:04}",
            "submitted_at": timezone.now(),
            "received_at": None if state == DossierState.SUBMITTED else timezone.now(),
        }
    return Dossier.objects.create(applicant=applicant, created_by=created_by, **(defaults | fields))


def make_candidate(dossier: Dossier, **fields: Any) -> CandidateLocation:
    """A proposed position of the dossier."""
    defaults = {
        "name": f"V-{next(_numbers):04}",
        "point": Point(*CAO_LANH, srid=4326),
        "mast_class": MastClass.A2B,
        "structure": Structure.MONOPOLE,
        "height_m": 30,
    }
    return CandidateLocation.objects.create(dossier=dossier, **(defaults | fields))


def make_route(created_by: User, **fields: Any) -> Route:
    """A draft route of about 220 m."""
    number = next(_numbers)
    defaults = {
        "code": f"NH-{number:04}",
        "name": f"Tuyến {number}",
        "geometry": LineString(CAO_LANH, (105.6341, 10.4602), srid=4326),
    }
    return Route.objects.create(created_by=created_by, **(defaults | fields))


def make_cost_rate(**fields: Any) -> CostRate:
    """An illustrative rate of a million đồng per metre of open trench under the pavement."""
    defaults = {
        "method": "open_trench_pavement",
        "vnd_per_m": 1_000_000,
        "source": "Minh họa",
        "confidence": Confidence.ILLUSTRATIVE,
        "valid_from": "2026-01-01",
    }
    return CostRate.objects.create(**(defaults | fields))


def make_notice(recipient: User, subject: str = "Có việc mới", **fields: Any) -> Notice:
    """An unread notice."""
    return Notice.objects.create(recipient=recipient, subject=subject, **fields)


def make_authority(person: User, **fields: Any) -> SigningAuthority:
    """That the person signs replies in their own name since 2026."""
    defaults = {
        "document_type": DocumentType.REPLY_LETTER,
        "signing_title": "GIÁM ĐỐC",
        "valid_from": "2026-01-01",
        "source": "QĐ 01/QĐ-SKHCN ngày 01/01/2026 (minh họa)",
    }
    return SigningAuthority.objects.create(person=person, **(defaults | fields))
