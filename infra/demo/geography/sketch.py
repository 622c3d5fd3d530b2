"""The hand-drawn waypoints (fixtures/landscape.json) and what is read from them as it stands."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from infra.demo.geography.curves import smooth, wander
from infra.demo.geography.frame import PROVINCE
from infra.demo.geography.ways import Way

_ROAD_SWAY = 0.0025  # degrees


def read_sketch() -> dict[str, Any]:
    """The whole sketch."""
    path = Path(settings.BASE_DIR) / "fixtures" / "landscape.json"
    sketch: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return sketch


def highways(sketch: dict[str, Any]) -> list[Way]:
    """National and provincial roads, the greater first, in the province's metres."""
    return [
        Way(
            PROVINCE.to_metres(
                wander(smooth([(x, y) for x, y in entry["points"]]), _ROAD_SWAY, len(entry["name"]))
            ),
            entry["class"],
            entry["name"],
            entry.get("ref", ""),
        )
        for entry in sketch["highways"]
    ]
