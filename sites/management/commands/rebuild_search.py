"""Make the words that masts are found by anew, or only say whether the kept ones agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from infra.people.spelling import prune_words
from sites.register.search import catch_up, differing, repair


class Command(BaseCommand):
    """Triggers keep them; this is for doubt, and it also forgets words that occur no more."""

    help = "Rebuild the words and units that masts are found by; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            if wrong := differing():
                msg = f"{wrong} masts are found by other words; run rebuild_search."
                raise CommandError(msg)
            self.stdout.write("The kept words agree.")
            return
        count = catch_up() + repair()
        prune_words()
        self.stdout.write(f"{count} masts written.")
