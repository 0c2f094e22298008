"""A server on its bad days, and a client with little patience."""

import pytest

from ingest.fetch import Client, FileStore, Patience
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
