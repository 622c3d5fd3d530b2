"""The lines of a person's home page: dossiers and dangers first, each part by due date."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from infra.people.worklist import Fold, Waiting, WorkItem

Line = WorkItem | Fold


@dataclass
class WorkLines:
    """What the page shows: every row of every kind stands as itself or behind one fold."""

    leading: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    count: int = 0
    is_capped: bool = False


def lines_of(waiting: Iterable[Waiting]) -> WorkLines:
    """Leading kinds: the most urgent, then a line for all of each; the others: a line for each."""
    lines = WorkLines()
    folds: list[Line] = []
    for each in waiting:
        lines.count += each.count
        lines.is_capped = lines.is_capped or each.is_capped
        shown = lines.leading if each.kind.is_leading else lines.others
        shown += each.items
        if each.fold:
            (folds if each.kind.is_leading else lines.others).append(each.fold)
    lines.leading.sort(key=lambda line: line.order)
    lines.leading += sorted(folds, key=lambda line: line.order)
    lines.others.sort(key=lambda line: line.order)
    return lines
