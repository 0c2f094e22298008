"""A server on its bad days, and a client with little patience."""

import pytest

from ingest.fetch import Client, FileStore, Patience, Wanted, fetch
from tests.support.ees_server import DATA_SET, ROOT, Edition, StatisticsServer
from tests.support.naughty_server import NaughtyServer, direct


@pytest.fixture
def server():
    with NaughtyServer() as running:
        yield running


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "downloads")


@pytest.fixture
def waits():
    return []


@pytest.fixture
def client(waits):
    patience = Patience(
        connect_s=2, stall_s=0.25, tries=3, first_wait_s=1, redirects=3, worthwhile_bytes=1
    )
    with Client(
        patience=patience, sleep=waits.append, jitter=lambda: 1.0, transport=direct()
    ) as ours:
        yield ours


@pytest.fixture
def service(server):
    """Explore Education Statistics with a data set of six rows in version 1.0."""
    running = StatisticsServer([Edition("1.0")])
    running.serve(server)
    return running


@pytest.fixture
def get(server, store, client, service):  # noqa: ARG001 - the service answers at the server
    def fetched(query="", what="query"):
        address = f"{server.url(ROOT)}/data-sets/{DATA_SET}/{what}{query and '?'}{query}"
        wanted = Wanted("census", "2023-24", "pupils.csv", addresses=(address,))
        return fetch(wanted, store=store, client=client)

    return fetched
