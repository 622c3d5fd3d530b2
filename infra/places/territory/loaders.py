"""What a fresh database gets from this part."""

from infra.ground.loading import Report
from infra.places.territory.services import boundaries_derive, units_load


def load_territory(report: Report) -> None:
    """Units with dates, and guessed boundaries until the office loads its own."""
    loaded = units_load()
    guessed = boundaries_derive()
    report(f"Đơn vị hành chính: {loaded.units}, quan hệ kế thừa: {loaded.successions}.")
    report(f"Địa giới ước lượng: {guessed} đơn vị; nạp địa giới thật bằng lệnh load_boundaries.")
