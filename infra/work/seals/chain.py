"""The chain over decisions and records: read from its beginning, it shows what was changed.

Links are made by trigger (the migration `seals`). Everything that can be is worked out anew here,
so that neither a changed function of the database nor a changed link goes unnoticed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from infra.models import ChainLink
from infra.work.seals.words import record_in_words, value_in_words

NOTHING_BEFORE = "0" * 64
LATE = timedelta(hours=1)  # no transaction of ours is open for longer
MOMENTS = ("at", "recorded_at", "created_at")  # what a record says of when it was made
COLUMNS = ("seq", "at", "table", "row_id", "payload", "payload_sha256", "previous", "hash")
LINKS = """
SELECT seq, at, "table", row_id, payload, payload_sha256, previous, hash,
    CASE WHEN to_regprocedure('tt_payload_' || "table" || '(bigint)') IS NOT NULL
        THEN tt_payload("table", row_id) END
FROM infra_chainlink ORDER BY seq
"""
KINDS = "SELECT substr(proname, 12) FROM pg_proc WHERE proname LIKE 'tt\\_payload\\_%' ORDER BY 1"
UNLINKED = """
SELECT id, tt_payload(%s, id) FROM {} r WHERE tt_payload(%s, id) IS NOT NULL AND NOT EXISTS (
    SELECT FROM infra_chainlink l WHERE l."table" = %s AND l.row_id = r.id)
ORDER BY id
"""


@dataclass(frozen=True)
class Head:
    """The newest link: who knows it knows whether anything before it was changed."""

    seq: int
    hash: str

    @classmethod
    def read(cls, text: str) -> "Head":
        """From `12:ab34…`. Raises ValueError on anything else."""
        seq, _colon, mark = text.partition(":")
        if len(mark) != len(NOTHING_BEFORE):
            raise ValueError(text)
        return cls(int(seq), mark)

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def head() -> Head | None:
    """The chain's newest link, if there is one."""
    last = ChainLink.objects.order_by("-seq").first()
    return Head(last.seq, last.hash) if last else None


def faults(known: Head | None = None) -> Iterator[str]:
    """A sentence for each thing that is not as it was sealed; none when the chain is whole.

    `known` is a head noted earlier (a backup's): the chain must still hold it.
    """
    previous, expected, saw_known = NOTHING_BEFORE, 1, known is None
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(LINKS)
        for row in cursor:
            link = ChainLink(**dict(zip(COLUMNS, row[:-1], strict=True)))
            yield from _broken(link, previous, expected)
            yield from _record_changed(link, row[8])
            if known and link.seq == known.seq:
                saw_known = link.hash == known.hash
            previous, expected = link.hash, link.seq + 1
    if known and not saw_known:
        yield _(
            "The chain does not hold link %(seq)d as it was noted before: it was cut off or "
            "written anew since."
        ) % {"seq": known.seq}
    yield from _unlinked()


def _broken(link: ChainLink, previous: str, expected: int) -> Iterator[str]:
    if link.seq > expected:
        yield _("Links %(first)d to %(last)d of the chain were removed.") % {
            "first": expected,
            "last": link.seq - 1,
        }
    elif link.previous != previous:
        yield _("Link %(seq)d does not follow from the one before it: the chain was rewritten.") % {
            "seq": link.seq
        }
    if (_sha256(link.payload), link_hash(link)) != (link.payload_sha256, link.hash):
        yield _("Link %(seq)d of the chain was itself changed (%(record)s).") % _facts(link)


def _record_changed(link: ChainLink, now: str | None) -> Iterator[str]:
    then, stands = _payload(link), json.loads(now) if now else None
    if stands is None:
        yield _("Removed: %(record)s (link %(seq)d).") % _facts(link)
        return
    for name in [name for name in then if then[name] != stands.get(name)]:
        values = {"was": value_in_words(then[name]), "is": value_in_words(stands.get(name))}
        yield _("Changed: %(record)s: “%(column)s” was %(was)s, is %(is)s (link %(seq)d).") % (
            _facts(link) | values | {"column": name}
        )
    if (moment := _said(then)) and abs(link.at - moment) > LATE:
        sentence = _(
            "Added out of order: %(record)s says %(said)s, but was written at %(at)s "
            "(link %(seq)d)."
        )
        moments = {"said": value_in_words(moment), "at": value_in_words(link.at)}
        yield sentence % (_facts(link) | moments)


def _unlinked() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(KINDS)
        for (kind,) in cursor.fetchall():
            cursor.execute(UNLINKED.format(connection.ops.quote_name(kind)), [kind] * 3)
            for row_id, payload in cursor.fetchall():
                yield _("Added past the chain, without a link: %(record)s.") % {
                    "record": record_in_words(kind, row_id, json.loads(payload))
                }


def link_hash(link: ChainLink) -> str:
    """What the link's own hash must be."""
    moment = link.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    parts = (link.previous, link.seq, moment, link.table, link.row_id, link.payload_sha256)
    return _sha256("\n".join(map(str, parts)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(link: ChainLink) -> dict[str, Any]:
    return {"seq": link.seq, "record": record_in_words(link.table, link.row_id, _payload(link))}


def _payload(link: ChainLink) -> dict[str, Any]:
    """What the record said; nothing when the link's text was destroyed, which is told elsewhere."""
    try:
        return dict(json.loads(link.payload))
    except ValueError:
        return {}


def _said(payload: dict[str, Any]) -> datetime | None:
    for name in MOMENTS:
        if isinstance(payload.get(name), str):
            return datetime.fromisoformat(payload[name])
    return None
