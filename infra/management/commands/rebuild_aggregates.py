"""Count the map's grid cells anew, or only say whether the kept counts agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infra.map.aggregates import differences, rebuild


class Command(BaseCommand):
    """Triggers keep the counts; this is for doubt, and it also tidies emptied cells away."""

    help = "Rebuild the map's counts per grid cell; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            if wrong := differences():
                msg = f"{wrong} cells differ from the masts; run rebuild_aggregates."
                raise CommandError(msg)
            self.stdout.write("The kept counts agree.")
            return
        self.stdout.write(f"{rebuild()} cells counted.")
