"""Rows with a stated place on Earth, made in one line."""

from itertools import count

from django.contrib.gis.geos import Point

from infra.choices import OrganisationKind, Role
from infra.models import Organisation, User
from sites.models import Mast, Station

_numbers = count(1)
CAO_LANH = (105.6321, 10.4602)


def make_organisation(name: str, kind: str = OrganisationKind.OPERATOR) -> Organisation:
    """An organisation known by its short name."""
    found = Organisation.objects.filter(short_name=name).first()
    return found or Organisation.objects.create(
        code=f"{name.lower()}-{next(_numbers)}"[:30], name=name, short_name=name, kind=kind
    )


def make_person(role: Role | str, organisation: Organisation | None = None) -> User:
    """A person with one role."""
    number = next(_numbers)
    return User.objects.create_user(
        f"{role}{number}@example.vn",
        full_name=f"{role} {number}",
        roles=[role],
        organisation=organisation,
    )


def make_mast(
    code: str | None = None, at: tuple[float, float] = CAO_LANH, **fields: object
) -> Mast:
    """A mast at longitude, latitude."""
    return Mast.objects.create(
        code=code or f"M-{next(_numbers):04}", point=Point(*at, srid=4326), **fields
    )


def make_station(
    mast: Mast, operator: Organisation, code: str | None = None, **fields: object
) -> Station:
    """A station of an operator on a mast."""
    return Station.objects.create(
        mast=mast, operator=operator, code=code or f"S-{next(_numbers):04}", **fields
    )
