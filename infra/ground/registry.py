"""What parts of the product name by key and others bind: one kind of book for all of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
Key = str | tuple[str, ...]


class Unbound(KeyError, ImproperlyConfigured):
    """Nobody bound the key: what hangs on it must not go on as if it were free."""

    def __str__(self) -> str:
        return str(self.args[0])


class BoundTwice(ImproperlyConfigured):
    """Two parts bind different things to one key."""


class Registry(Generic[T]):
    """Values by key, in the order in which they were bound; filled in `AppConfig.ready()`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._bound: dict[Key, T] = {}

    def register(self, key: Key, value: T) -> None:
        """Bind the key; the same value again changes nothing. Raises BoundTwice for another."""
        if self._bound.setdefault(key, value) != value:
            msg = f"The {self.kind} {key!r} is bound twice."
            raise BoundTwice(msg)

    def get(self, key: Key) -> T:
        """What is bound to the key. Raises Unbound."""
        try:
            return self._bound[key]
        except KeyError:
            msg = f"No {self.kind} is bound to {key!r}."
            raise Unbound(msg) from None

    def find(self, key: Key) -> T | None:
        """What is bound to the key, None where it may be missing."""
        return self._bound.get(key)

    def items(self) -> list[tuple[Key, T]]:
        """Keys and values in the order of binding."""
        return list(self._bound.items())

    def values(self) -> list[T]:
        """The values in the order of binding."""
        return list(self._bound.values())

    def __contains__(self, key: object) -> bool:
        return key in self._bound

    def __len__(self) -> int:
        return len(self._bound)

    @contextmanager
    def temporarily(
        self, bindings: Mapping[str, T] | None = None, *, only: bool = False
    ) -> Iterator[None]:
        """For tests: these bindings above what stands, or `only` these; then all as before."""
        before = dict(self._bound)
        if only:
            self._bound.clear()
        self._bound.update(bindings or {})
        try:
            yield
        finally:
            self._bound.clear()
            self._bound.update(before)


def name_of(function: object) -> str:
    """The key of a function that is bound under its own name."""
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"
