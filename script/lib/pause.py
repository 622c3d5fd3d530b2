"""How long to wait before something that ended is started again."""

import time
from dataclasses import dataclass

LONGEST_SECONDS = 30
FORGOTTEN_AFTER_SECONDS = 60


@dataclass
class Pause:
    """Doubles with each failure, and is forgotten after a quiet minute."""

    failures: int = 0
    until: float = 0

    def begin(self) -> int:
        """One more failure: the seconds to wait from now."""
        if time.monotonic() - self.until > FORGOTTEN_AFTER_SECONDS:
            self.failures = 0
        seconds: int = min(2**self.failures, LONGEST_SECONDS)
        self.failures += 1
        self.until = time.monotonic() + seconds
        return seconds

    @property
    def is_over(self) -> bool:
        """Whether it is time to try again."""
        return time.monotonic() >= self.until
