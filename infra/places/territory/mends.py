"""What is wrong in vietnamadminunits 1.0.4 and what is right, each with its evidence.

Points are (lon, lat) in WGS-84. "2009" is the commune layer of the census of 2009, "2025" the
layer of the 102 units published by the national cartography publisher.
"""

from typing import Final, NamedTuple

from infra.ground.choices import UnitLevel


class Mend(NamedTuple):
    """A point that replaces the package's, and why."""

    lon: float
    lat: float
    why: str


POINTS_2025: Final[dict[str, Mend]] = {
    "28439": Mend(106.124, 10.3806, "given in Mỹ Phước Tây; 2025: inside phường Cai Lậy"),
    "29983": Mend(105.309, 10.7993, "given in Cai Lậy; 2025: inside xã Long Khánh"),
    "30130": Mend(105.528, 10.6149, "exchanged with Lương Hòa Lạc in the package"),
    "28615": Mend(106.386, 10.4123, "exchanged with Thanh Bình in the package"),
}
POINTS_2024: Final[dict[str, Mend]] = {
    "28436": Mend(106.107887, 10.412147, "one point given for three wards; 2009: inside Phường 2"),
    "28437": Mend(106.130701, 10.425702, "given in Mỹ Tho; 2009: inside Phường 3 of Cai Lậy"),
    "28439": Mend(106.134451, 10.409801, "one point given for three wards; 2009: inside Phường 4"),
    "28440": Mend(106.121400, 10.397438, "one point given for three wards; 2009: inside Phường 5"),
}
# The package gives a share of six "Phường 3/4/6" of other towns to phường Cao Lãnh, 25–85 km away;
# in the layer of 2025 each lies wholly in its other successor.
FALSE_SUCCESSIONS: Final = frozenset(
    (code, "29869") for code in ("29902", "29908", "28252", "28270", "28437", "28439")
)

RESOLUTION_1284: Final = "Nghị quyết 1284/NQ-UBTVQH15, in force 2025-01-01"


class FormerUnit(NamedTuple):
    """A commune of Cao Lãnh city that stood until 31/12/2024 and is missing in the package."""

    code: str
    kind_name: str
    name: str
    lon: float
    lat: float
    successor: str


# 143 units in 2024, 141 since 01/01/2025: Phường 2 went into Phường 1 (which kept the code of
# Phường 2), Phường 11 and xã Mỹ Ngãi became phường Mỹ Ngãi (RESOLUTION_1284). Points: 2009.
UNTIL_2024: Final = (
    FormerUnit("29863", "Phường", "11", 105.579913, 10.492586, "29881"),
    FormerUnit("29866", "Phường", "1", 105.634411, 10.462820, "29869"),
    FormerUnit("29869", "Phường", "2", 105.639187, 10.456344, "29869"),
    FormerUnit("29881", "Xã", "Mỹ Ngãi", 105.592648, 10.500915, "29881"),
)
CAO_LANH_CITY: Final = ("866", UnitLevel.DISTRICT)
