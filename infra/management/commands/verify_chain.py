"""`manage.py verify_chain`: whether decisions and records stand as they were sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from infra.models import ChainLink
from infra.work.seals.chain import Head, faults, head
from infra.work.seals.database import missing_seals

MOST = 100


class Command(BaseCommand):
    """Reads the chain from its beginning; fails with a sentence for each thing that was changed."""

    help = "Checks the chain of seals over decisions, documents, visits and records."

    def add_arguments(self, parser: CommandParser) -> None:
        """A head noted earlier must still be in the chain."""
        parser.add_argument("--head", help="seq:hash, as a backup's manifest.json has it")
        parser.add_argument("--language", default="vi", help="vi or en")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Say that it is whole, or what is not."""
        with override(options["language"]):
            self._verify(options["head"])

    def _verify(self, noted: str | None) -> None:
        try:
            known = Head.read(noted) if noted else None
        except ValueError:
            raise CommandError(_("A head is written seq:hash, as in manifest.json.")) from None
        found = [*self._asleep(), *faults(known)]
        for sentence in found[:MOST]:
            self.stderr.write(f"✖ {sentence}")
        if len(found) > MOST:
            self.stderr.write(_("… and %(more)d more.") % {"more": len(found) - MOST})
        if found:
            raise CommandError(
                _("The chain is not whole: %(count)d findings.") % {"count": len(found)}
            )
        self.stdout.write(
            _("The chain is whole: %(count)d links, head %(head)s.")
            % {"count": ChainLink.objects.count(), "head": head() or "–"}
        )

    def _asleep(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            role = str(cursor.fetchone()[0])
        return [
            _("The seal “%(seal)s” was taken off or put to sleep.") % {"seal": seal}
            for seal in missing_seals(role)
        ]
