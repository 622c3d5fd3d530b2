"""A private PostGIS of the test's own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from script.lib.account import account_for
from script.lib.cluster import Cluster


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A new folder, its name with spaces and Vietnamese letters.

    Not in pytest's own, which every run closes to other accounts, PostgreSQL's among them.
    """
    folder = Path(tempfile.mkdtemp(prefix="Trạm và Tuyến "))
    folder.chmod(0o711)
    yield folder / "postgis"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def cluster(home: Path) -> Iterator[Cluster]:
    cluster = Cluster(home, account_for(home))
    yield cluster
    cluster.stop()


@pytest.fixture
def url(cluster: Cluster) -> str:
    cluster.start()
    return cluster.url()
