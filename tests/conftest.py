"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import postgres as real_postgres
from tests.support.postgres import Postgres

ROOT = Path(__file__).parent.parent
PUBLISHERS = ROOT.parent / "shared" / "data" / "publishers"

settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long: one that starts last would keep others waiting."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def publishers() -> Path:
    """Return the folder of publishers' files, laid out as a mirror."""
    if not PUBLISHERS.is_dir():
        pytest.skip("publishers' files are not beside the checkout (../shared/data/publishers)")
    return PUBLISHERS


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a PostgreSQL server, started for the first test that asks."""
    with real_postgres.running() as server:
        yield server
