"""Memory of the web's processes after all that was asked of them before."""

from collections.abc import Iterator

from script.lib.bench import Row
from script.lib.bench_web import private_mb
from script.lib.bench_world import OFFICER, World

REQUESTS = 40


def bench(world: World) -> Iterator[Row]:
    """PSS: pages that processes share are counted in shares."""
    for _request in range(REQUESTS):
        world.browser(OFFICER).get("/")
    each = [private_mb(pid) for pid in world.web.workers]
    main = private_mb(world.web.pid)
    yield Row("web worker", max(each), unit="MB", note=f"PSS, the largest of {len(each)}")
    yield Row("web, all of it", sum(each) + main, unit="MB", note="PSS, with the main process")
