"""Removes bytes that no row names: laid aside first, deleted a grace later if still unnamed.

Why no lock is needed: an upload writes its bytes before its row. A sweep that looks in between
lays them aside at most; they can still be read, and the next sweep, seeing the row, puts them
back. They are deleted only when, a whole grace after they were laid aside, no row names them,
and an upload of the same bytes writes them to their place anew and never trusts what lies aside.
So an upload is safe as long as it takes less than the grace from its bytes to its commit.
"""

import logging
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.apps import apps

from infra.files import store
from infra.models.fields import StoredHash

# Longer than any upload, transaction or backup takes: a dump's rows find their bytes for a day.
GRACE_SECONDS = 24 * 3600
SWEEP_SECONDS = 6 * 3600
AT_ONCE = 1_000
logger = logging.getLogger(__name__)
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass
class Swept:
    """What a sweep did, in files."""

    laid_aside: int = 0
    put_back: int = 0
    deleted: int = 0
    left_overs: int = 0


def sweep(grace: float = GRACE_SECONDS) -> Swept:
    """One round over the whole store; may run in several workers at once, may be killed anywhere.

    `grace` in seconds: bytes younger than that are left alone.
    """
    done, before = Swept(), time.time() - grace
    for batch in _batches(_files(store.root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"), before)):
        for path in _unnamed(batch):
            done.laid_aside += lay_aside(path)
    for batch in _batches(_files((store.root() / "unnamed").glob("*"), time.time())):
        unnamed = _unnamed(batch)
        for path in batch:
            if path not in unnamed:
                done.put_back += put_back(path)
            elif _is_older(path, before):
                done.deleted += delete(path)
    for path in list(store.incoming_folder().glob("*")):
        if _is_older(path, before):
            path.unlink(missing_ok=True)
            done.left_overs += 1
    return done


def duty() -> None:
    """What every worker does now and then."""
    done = sweep()
    if done != Swept():
        logger.info("Swept the store: %s", done)


def lay_aside(path: Path) -> bool:
    """Move unnamed bytes aside; their second grace begins now."""
    aside = store.aside_of(path.name)
    aside.parent.mkdir(exist_ok=True, mode=0o750)
    with suppress(FileNotFoundError):  # another worker was quicker
        os.utime(path)
        path.replace(aside)
        return True
    return False


def put_back(path: Path) -> bool:
    """A row names them after all."""
    with suppress(FileNotFoundError):
        store.settle(path, store.place_of(path.name))
        return True
    return False


def delete(path: Path) -> bool:
    """Nobody missed them for a whole grace; the picture made from them goes too."""
    store.shown_of(path.name).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        path.unlink()
        return True
    return False


def named(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that some row carries, in any field of type StoredHash."""
    wanted, found = list(hashes), set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StoredHash):
                rows = model._base_manager.filter(**{f"{field.name}__in": wanted})
                found |= set(rows.values_list(field.name, flat=True))
    return found


def _unnamed(batch: list[Path]) -> set[Path]:
    kept = named(path.name for path in batch)
    return {path for path in batch if path.name not in kept}


def _files(paths: Iterable[Path], before: float) -> Iterator[Path]:
    return (path for path in paths if HASH.fullmatch(path.name) and _is_older(path, before))


def _batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    while batch := list(islice(paths, AT_ONCE)):
        yield batch


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime <= moment
    except FileNotFoundError:
        return False
