"""A running atlas on a tiny build, and a client of it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from config.settings import Settings
from tests.support.postgres import Postgres
from tests.support.tiny_build import REGION, write_tiny_build


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Say where the tables of builds go: every test that asks runs once for each database."""
    if request.param == "sqlite":
        return ""
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Path:
    """Return the folder of an atlas with one tiny build; read only."""
    home = tmp_path_factory.mktemp("home")
    write_tiny_build(home, database_url=database_url)
    return home


@pytest.fixture(scope="session")
def tiny_app(tiny_home: Path, database_url: str) -> FastAPI:
    settings = Settings(
        home=tiny_home, frontend_dir=tiny_home / "no page", database_url=database_url
    )
    return create_app(settings, region_id=REGION)


@pytest.fixture
async def client(tiny_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    # No lifespan: the build is opened by the first request and stays open for all tests.
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(tiny_app), base_url="http://atlas"
    ) as opened:
        yield opened


class Reader:
    """Reads answers below /api/v1 and checks the status on the way."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __call__(self, path: str, *, answers: int = 200, **params: Any) -> Any:
        response = await self.client.get(f"/api/v1{path}", params=params)
        assert response.status_code == answers, response.text
        return response.json()


@pytest.fixture
def read(client: httpx.AsyncClient) -> Reader:
    return Reader(client)
