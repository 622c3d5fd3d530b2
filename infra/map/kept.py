"""What a process keeps in memory: the last used, up to a weight, shared by its threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """A bounded store; what was not asked for longest goes first.

    It never says how long something is true: that is the key's business.
    """

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda value: 1) -> None:
        self._most, self._weigh = most, weight
        self._rows: OrderedDict[Key, Value] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """What is kept under the key, if anything still is."""
        with self._lock:
            value = self._rows.get(key)
            if value is not None:
                self._rows.move_to_end(key)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep it; what alone is heavier than all may weigh is not kept."""
        with self._lock:
            self._drop(key)
            if self._weigh(value) > self._most:
                return
            self._rows[key] = value
            self._weight += self._weigh(value)
            while self._weight > self._most:
                self._drop(next(iter(self._rows)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._rows.clear()
            self._weight = 0

    @property
    def weight(self) -> int:
        """What all that is kept weighs."""
        return self._weight

    def __len__(self) -> int:
        return len(self._rows)

    def _drop(self, key: Key) -> None:
        value = self._rows.pop(key, None)
        if value is not None:
            self._weight -= self._weigh(value)
