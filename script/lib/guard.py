"""Bring the private PostgreSQL back when it ends though nobody stopped it."""

import time

from script.lib import embedded
from script.lib.cluster import Cluster, ClusterError
from script.lib.pause import Pause
from script.lib.speech import say


class DatabaseGuard:
    """Looks every half second, starts it again with a growing pause, and says so."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._pause = Pause()
        self._ended_at: float | None = None

    def look(self) -> str | None:
        """Its address after it was started again, None otherwise; never raises."""
        if self._cluster.postmaster() is not None:
            self._ended_at = None
            return None
        if self._ended_at is None:
            self._ended_at = time.monotonic()
            seconds = self._pause.begin()
            say(f"• Cơ sở dữ liệu đã dừng đột ngột, khởi động lại sau {seconds} giây …")
        if not self._pause.is_over:
            return None
        return self._start()

    def _start(self) -> str | None:
        try:
            embedded.start_again(self._cluster)
        except (ClusterError, OSError) as error:
            seconds = self._pause.begin()
            say(f"• Chưa khởi động lại được cơ sở dữ liệu, thử lại sau {seconds} giây. {error}")
            return None
        away = time.monotonic() - (self._ended_at or time.monotonic())
        say(f"• Cơ sở dữ liệu đã chạy lại (gián đoạn {away:.0f} giây).")
        self._ended_at = None
        return self._cluster.url()
