"""`manage.py load_calendar`: public holidays, days in lieu and working swaps of 2024–2027."""

from typing import Any

from django.core.management.base import BaseCommand

from infra.cases.clock.calendar import load_calendar
from infra.cases.clock.dossiers import recompute_open


class Command(BaseCommand):
    """Adds what is missing and recomputes the due dates of open dossiers."""

    help = "Fill the office's calendar; edited rows stay"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say what was added and what moved."""
        added, moved = load_calendar(), recompute_open()
        self.stdout.write(f"Lịch làm việc: thêm {added} ngày; {moved} hồ sơ đổi hạn.")
