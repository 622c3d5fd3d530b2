"""1,412 illustrative masts: all operators, a delta's classes, 73 GTEL masts (29 D, 44 C)."""

import datetime
import random
import uuid
from decimal import Decimal

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from infra.demo.geography.spots import Spot
from infra.demo.landscape import mast_spots
from infra.ground.choices import Publicity
from infra.ground.loading import Report
from infra.models import Organisation
from sites.choices import Footing, Grade, MastClass, OperatingStatus, PermitStatus, Structure
from sites.models import Antenna, Lease, Mast, Station

GTEL_D, GTEL_C = 29, 44  # the province's own count (báo Đồng Tháp 2024; baotintuc.vn 06/11/2023)
TOTAL = 1412
_NAMESPACE = uuid.UUID("6f0c2a51-6c1f-4d1d-9a5b-3c1c7a5f0d11")
_SHARES = {
    "viettel": 0.36,
    "vnpt": 0.27,
    "mobifone": 0.17,
    "vietnamobile": 0.06,
    "sao-vang": 0.08,
    "ock": 0.06,
}
_PREFIX = {
    "viettel": "VTL",
    "vnpt": "VNP",
    "mobifone": "MBF",
    "vietnamobile": "VNM",
    "gtel": "GTEL",
    "sao-vang": "SVG",
    "ock": "OCK",
}
_NOTE = "Minh họa: số liệu tự tạo cho bản demo."


class _Builder:
    """Draws masts from one seeded source of chance, so that each run makes the same ones."""

    def __init__(self) -> None:
        self.chance = random.Random(73)  # noqa: S311 - demo data is no secret
        self.owners = {row.code: row for row in Organisation.objects.filter(code__in=_PREFIX)}
        self.counters = dict.fromkeys(_PREFIX, 0)

    def mast(self, owner: str, place: Spot, grade: str) -> Mast:
        """One mast of an owner at a place."""
        self.counters[owner] += 1
        code = f"{_PREFIX[owner]}-DTH-{self.counters[owner]:03d}"
        mast_class = self._mast_class(place)
        is_roof = mast_class in {MastClass.A2A, MastClass.A1A, MastClass.A1B}
        lon, lat = place.roof if is_roof else place.yard
        built_year = 2009 if owner == "gtel" else self.chance.randint(2008, 2025)
        is_graded = grade != Grade.UNGRADED
        return Mast(
            uuid=uuid.uuid5(_NAMESPACE, code),
            code=code,
            name=f"{place.commune} {self.counters[owner]}",
            mast_class=mast_class,
            structure=self._structure(mast_class),
            footing=Footing.ROOF if is_roof else Footing.GROUND,
            height_m=self._height(mast_class),
            building_height_m=Decimal(self.chance.randint(8, 18)) if is_roof else None,
            half_width_m=Decimal("0.45") if mast_class == MastClass.A1A else None,
            owner=self.owners[owner],
            owner_unreachable=owner == "gtel",
            permit_status=self._permit(owner),
            operating_status=OperatingStatus.ABANDONED
            if owner == "gtel"
            else OperatingStatus.ON_AIR,
            grade=grade,
            graded_on=self._day(2026) if is_graded else None,
            built_on=datetime.date(built_year, self.chance.randint(1, 12), 15),
            point=Point(lon, lat, srid=4326),
            location_accuracy_m=Decimal(self.chance.choice((3, 5, 5, 10, 30))),
            location_source="Minh họa",
            declared_unit=place.commune,
            last_verified_on=self._day(self.chance.choice((2024, 2025, 2026))),
            publicity=self.chance.choice(
                (Publicity.PUBLIC, Publicity.INTERNAL, Publicity.INTERNAL)
            ),
            note=_NOTE,
        )

    def _mast_class(self, place: Spot) -> MastClass:
        weights = (3, 4, 30, 60, 3) if place.is_town else (0.5, 0.5, 2, 96, 1)
        return self.chance.choices(list(MastClass), weights)[0]

    def _structure(self, mast_class: MastClass) -> Structure:
        if mast_class == MastClass.A1A:
            return Structure.SMALL
        if mast_class == MastClass.A1B:
            return Structure.DISGUISED
        kinds = [Structure.GUYED, Structure.SELF_SUPPORTING_4, Structure.SELF_SUPPORTING_3]
        return self.chance.choices([*kinds, Structure.MONOPOLE], (62, 18, 8, 12))[0]

    def _height(self, mast_class: MastClass) -> Decimal:
        if mast_class == MastClass.A1A:
            return Decimal("2.5")
        if mast_class == MastClass.A1B:
            return Decimal(self.chance.choice((4, 6)))
        if mast_class == MastClass.A2A:
            return Decimal(self.chance.choice((12, 15, 18, 21, 30)))
        return Decimal(self.chance.choice(("30", "36", "42", "42", "44.5", "44.5", "60")))

    def _permit(self, owner: str) -> str:
        if owner == "gtel":
            return self.chance.choice((PermitStatus.NONE, PermitStatus.UNKNOWN))
        return self.chance.choices(list(PermitStatus), (55, 25, 6, 14))[0]

    def _day(self, year: int) -> datetime.date:
        last = datetime.date(year, 10, 31).timetuple().tm_yday
        return datetime.date(year, 1, 1) + datetime.timedelta(days=self.chance.randrange(last))

    def stations(self, mast: Mast, owner: str) -> list[Station]:
        """The owner's station and, on some masts, tenants'."""
        operators = ["viettel", "vnpt", "mobifone", "vietnamobile"]
        tenants = [] if owner not in {*operators, "gtel"} else [owner]
        if owner != "gtel":
            others = [code for code in operators if code not in tenants]
            self.chance.shuffle(others)
            wanted = self.chance.choices((0, 1, 2), (76, 18, 6))[0] + (not tenants)
            tenants += others[:wanted]
        return [self._station(mast, code) for code in tenants]

    def _station(self, mast: Mast, operator: str) -> Station:
        code = f"{_PREFIX[operator]}_{mast.code.replace('-', '')}"
        is_dead = operator == "gtel"
        today = timezone.localdate()
        until = today + datetime.timedelta(days=self.chance.randint(-300, 1500))
        return Station(
            uuid=uuid.uuid5(_NAMESPACE, code),
            mast=mast,
            operator=self.owners[operator],
            code=code,
            technologies=["2G"]
            if is_dead
            else self.chance.choice((["4G"], ["4G", "5G"], ["3G", "4G"])),
            operating_status=OperatingStatus.OFF_AIR if is_dead else OperatingStatus.ON_AIR,
            off_air_since=datetime.date(2018, 6, 30) if is_dead else None,
            off_air_reason="Ngừng khai thác (minh họa)" if is_dead else "",
            emf_certificate="" if is_dead else f"MH-{self.chance.randint(1000, 9999)}",
            emf_body="" if is_dead else "Tổ chức kiểm định (minh họa)",
            emf_valid_until=None if is_dead else until,
        )

    def antennas(self, station: Station) -> list[Antenna]:
        """Three sectors per station."""
        start = self.chance.randrange(0, 120, 10)
        height = (station.mast.height_m or Decimal(10)) - Decimal(2)
        return [
            Antenna(
                station=station,
                technology=station.technologies[-1],
                azimuth_deg=(start + 120 * sector) % 360,
                height_m=max(height, Decimal(1)),
            )
            for sector in range(3)
        ]


def _owners_and_grades(chance: random.Random) -> list[tuple[str, str]]:
    gtel = [("gtel", Grade.D)] * GTEL_D + [("gtel", Grade.C)] * GTEL_C
    others = [
        (
            chance.choices(list(_SHARES), list(_SHARES.values()))[0],
            chance.choices((Grade.A, Grade.B, Grade.C, Grade.UNGRADED), (62, 25, 2, 11))[0],
        )
        for _ in range(TOTAL - len(gtel))
    ]
    return [*gtel, *others]


@transaction.atomic
def load_masts(report: Report) -> None:
    """Create the illustrative masts once."""
    if Mast.objects.filter(code="GTEL-DTH-001").exists():
        return
    builder = _Builder()
    places = mast_spots()
    builder.chance.shuffle(places)
    wanted = _owners_and_grades(builder.chance)
    masts = Mast.objects.bulk_create(
        [
            builder.mast(owner, place, grade)
            for (owner, grade), place in zip(wanted, places, strict=False)
        ],
        batch_size=500,
    )
    owners = [owner for owner, _ in wanted]
    stations = Station.objects.bulk_create(
        [
            station
            for mast, owner in zip(masts, owners, strict=True)
            for station in builder.stations(mast, owner)
        ],
        batch_size=500,
    )
    Antenna.objects.bulk_create(
        [antenna for station in stations for antenna in builder.antennas(station)], batch_size=2000
    )
    Lease.objects.bulk_create(_leases(masts, owners))
    report(f"Cột: {len(masts)}, trạm: {len(stations)} (minh họa).")


def _leases(masts: list[Mast], owners: list[str]) -> list[Lease]:
    """An unpaid lease for every other GTEL mast, as in the province's own story."""
    gtel = [mast for mast, owner in zip(masts, owners, strict=True) if owner == "gtel"]
    return [
        Lease(
            mast=mast,
            landlord_name=f"Hộ cho thuê {rank:02d} (minh họa)",
            starts_on=datetime.date(2009, 6, 1),
            ends_on=datetime.date(2019, 5, 31),
            note=_NOTE,
        )
        for rank, mast in enumerate(gtel, start=1)
    ]
