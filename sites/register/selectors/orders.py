"""The register in order, page by page: counted once, and never sorted as a whole.

Two ways lead to a page: walk an index of the order until enough masts answer, or take those that
answer and sort them. The bounded count decides, not the planner's guess: it remembers which masts
it counted, and if these are all, they are sorted; of more the walk meets enough soon, and if it
does not (they all stand far down in the order), they are fetched after all.
"""

from typing import Any

from django.contrib.gis.db.models import Extent
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page
from django.db import connection
from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Collate
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from infra.ground.expressions import IsAmong, UnwalkedAmount, UnwalkedText
from infra.ground.paging import PAGE_SIZE, BoundedPaginator
from sites.models.mast import MastQuerySet

Box = tuple[float, float, float, float]
VIETNAMESE = "vi-x-icu"
WALK = 12_000
SORTS: dict[str, str | Promise] = {
    "name": _("name, A to Y"),
    "code": _("code"),
    "grade": _("grade, worst first"),
    "height": _("height, highest first"),
    "verified": _("longest not verified"),
}
# The order of the rows that `_WALK` walks, by their columns.
_WALKED = {
    "name": "w.key, w.pk",
    "code": "w.key",
    "grade": "w.key DESC, w.code",
    "height": "w.key DESC NULLS LAST, w.code",
    "verified": "w.key ASC NULLS FIRST, w.code",
}
_WALK = (
    "SELECT w.pk FROM ({scope}) AS w (key, code, pk) WHERE EXISTS ({found} OFFSET 0)"
    " ORDER BY {order} LIMIT %s OFFSET %s"
)


def in_order(masts: MastQuerySet, sort: str, *, walked: bool = True) -> MastQuerySet:
    """What `masts_found` gave, as asked; every order ends with the key: pages never overlap.

    `walked` may use the order's index; otherwise what answers is fetched first.
    """
    key, order = _key(sort)
    if not walked:
        amount = sort in {"height", "verified"}
        key = UnwalkedAmount(key) if amount else UnwalkedText(key)
    return masts.order_by(getattr(key, order[0])(**order[1]), "pk" if sort == "name" else "code")


def _key(sort: str) -> tuple[Any, tuple[str, dict[str, bool]]]:
    keys: dict[str, tuple[Any, tuple[str, dict[str, bool]]]] = {
        "name": (Collate("name", VIETNAMESE), ("asc", {})),
        "code": (F("code"), ("asc", {})),
        "grade": (F("shown_grade"), ("desc", {})),
        "height": (F("height_m"), ("desc", {"nulls_last": True})),
        "verified": (F("last_verified_on"), ("asc", {"nulls_first": True})),
    }
    return keys.get(sort, keys["name"])


class MastPaginator(BoundedPaginator):
    """Pages of the masts found in a scope: one pass tells how many and where they lie.

    Both are what `masts_found` gives for the same person, `scope` for a question that asks nothing;
    `kept` is the same as `found`, of the narrow table beside, where that alone can tell. `own` are
    the masts whose grade the person reads, where those are not all: in the order of grades they
    stand before the others, which have none to see.
    """

    def __init__(
        self,
        found: MastQuerySet,
        scope: MastQuerySet,
        sort: str,
        *,
        kept: "QuerySet[Any] | None" = None,
        own: Q | None = None,
    ) -> None:
        super().__init__(in_order(found, sort), PAGE_SIZE)
        self.found, self.scope, self.kept = found, scope, kept
        has_two_parts = sort == "grade" and own is not None
        self.graded = found.filter(own).exclude(grade="") if has_two_parts and own else None
        self.ungraded = found.exclude(own & ~Q(grade="")) if has_two_parts and own else None
        self.sort = sort if sort in SORTS else "name"
        self.is_narrowed = found is not scope

    @cached_property
    def _seen(self) -> dict[str, Any]:
        asked: dict[str, Any] = {"count": Count("pk")}
        if self.is_narrowed:
            asked |= {"extent": Extent("point"), "ids": Cast(ArrayAgg("pk"), TextField())}
        rows: Any = self.found if self.kept is None else self.kept
        seen: dict[str, Any] = (
            rows.order_by().values("pk", "point")[: self.cap + 1].aggregate(**asked)
        )
        return seen

    @cached_property
    def counted(self) -> int:
        """The count, `cap` + 1 when there are more."""
        return int(self._seen["count"])

    @property
    def extent(self) -> Box | None:
        """West, south, east, north of what was asked for; None for all, and for very many."""
        return None if self.is_capped else self._seen.get("extent")

    def page(self, number: int | str) -> Page[Any]:
        """The page of that number. Raises InvalidPage."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self.stretch(first, first + self.per_page), number, self)

    def stretch(self, first: int, last: int) -> MastQuerySet:
        """The masts from `first` to before `last`, in order."""
        if self.is_narrowed and not self.is_capped:
            all_of_them = self.scope.filter(IsAmong(F("pk"), Value(self._seen["ids"] or "{}")))
            return in_order(all_of_them, self.sort, walked=False)[first:last]
        if self.graded is not None:
            ids = self._in_two_parts(first, last)
        elif self.is_narrowed:
            ids = self._walked(first, last)
            if not ids:
                rows = in_order(self.found, self.sort, walked=False)
                ids = list(rows.values_list("pk", flat=True)[first:last])
        else:
            return in_order(self.scope, self.sort)[first:last]
        return in_order(self.scope.filter(pk__in=ids), self.sort, walked=False)

    def _in_two_parts(self, first: int, last: int) -> list[int]:
        """The keys of that stretch: those with a grade to see, by it; then the others, by code."""
        assert self.graded is not None  # noqa: S101 - both or neither
        assert self.ungraded is not None  # noqa: S101
        graded = self.graded.order_by("-grade", "code").values_list("pk", flat=True)
        ids = list(graded[first:last])
        if len(ids) < last - first:
            passed = first + len(ids) if ids else graded[:first].count()
            start, stop = first + len(ids) - passed, last - passed
            others = self.ungraded.order_by("code").values_list("pk", flat=True)
            ids += others[start:stop]
        return ids

    def _walked(self, first: int, last: int) -> list[int]:
        """The keys of that stretch, if the beginning of the order holds as many that answer."""
        key, _order = _key(self.sort)
        begun: Any = in_order(self.scope, self.sort).annotate(walked_by=key)
        scope, of_scope = begun.values_list("walked_by", "code", "pk")[
            :WALK
        ].query.sql_with_params()
        rows: Any = self.found if self.kept is None else self.kept
        rows = rows.order_by().filter(pk=RawSQL("w.pk", ()))
        found, of_found = rows.values("pk").query.sql_with_params()
        sql = _WALK.format(scope=scope, found=found, order=_WALKED[self.sort])
        with connection.cursor() as cursor:
            cursor.execute(sql, [*of_scope, *of_found, last - first, first])
            ids = [pk for (pk,) in cursor.fetchall()]
        return ids if len(ids) == last - first else []
