"""What a coordinate field shows while somebody types: the place, its unit, doubts and mends."""

from dataclasses import asdict
from datetime import date
from typing import Any

from infra.models import AdministrativeUnit
from infra.places.geo.entry import Entry, read_entry
from infra.places.geo.errors import CoordinateError
from infra.places.geo.readout import readout
from infra.places.territory.examine import examine
from infra.places.territory.selectors import unit_at


def live_reading(
    text: str, choice: str, declared_unit: AdministrativeUnit | None = None, on: date | None = None
) -> dict[str, Any]:
    """As JSON: `ok` with point, unit, readout and doubts, or `error` with a sentence."""
    try:
        entry = read_entry(text, choice)
    except CoordinateError as error:
        return {"ok": False, "code": error.code, "error": str(error)}
    doubts = examine(entry.reading, entry.meridian, declared_unit, on)
    return {
        "ok": True,
        "point": {"lat": round(entry.lat, 8), "lon": round(entry.lon, 8)},
        "unit": _unit_json(entry, on),
        "readout": [asdict(line) for line in readout(entry.lon, entry.lat, entry.meridian)],
        "doubts": [
            {
                "code": doubt.code,
                "sentence": doubt.sentence,
                "isGrave": doubt.is_grave,
                "mends": [asdict(mend) for mend in doubt.mends],
            }
            for doubt in doubts
        ],
    }


def _unit_json(entry: Entry, on: date | None) -> dict[str, Any] | None:
    unit = unit_at(entry.point, on)
    if unit is None:
        return None
    return {
        "id": unit.pk,
        "code": unit.code,
        "name": str(unit),
        "isApproximate": unit.boundary_is_approximate,
    }
