"""What may be relied on: work that takes long never keeps light questions waiting."""

import threading
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from api import heavy
from api.answers import travelling
from api.app import create_app
from api.routers import exports
from config.settings import Settings
from tests.support.tiny_build import REGION, write_tiny_build

pytestmark = pytest.mark.anyio

MANY = 60
"""More than the threads there are (40) to answer from."""


class Slow:
    """Work that goes on until it is told to end, and counts how many do it at once."""

    def __init__(self, work: Any) -> None:
        self.work, self.lock, self.may_end = work, threading.Lock(), threading.Event()
        self.has_begun = threading.Event()
        self.now = self.most = 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.has_begun.set()
        assert self.may_end.wait(30)
        with self.lock:
            self.now -= 1
        return self.work(*given, **named)


@pytest.mark.parametrize(
    ("path", "module", "work"),
    [
        ("/schools/120003/isochrones?minutes=3", travelling, "method"),
        ("/schools/120003/isochrone-grid?minutes=3", travelling, "method"),
        ("/schools/120003/reachable-schools?minutes=3", travelling, "method"),
        ("/schools.xlsx", exports, "workbook"),
        ("/schools.parquet", exports, "parquet"),
        ("/schools.geojson", exports, "_told"),
        ("/schools.csv", exports, "_told"),
    ],
)
async def test_light_questions_are_answered_while_many_heavy_ones_are_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, module: Any, work: str
) -> None:
    write_tiny_build(tmp_path)
    app = create_app(Settings(home=tmp_path), region_id=REGION)
    slow = Slow(getattr(module, work))
    monkeypatch.setattr(module, work, slow)
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://atlas") as client,
        anyio.create_task_group() as tasks,
    ):
        statuses: list[int] = []

        async def ask() -> None:
            statuses.append((await client.get(f"/api/v1{path}", timeout=60)).status_code)

        for _ in range(MANY):
            tasks.start_soon(ask)
        try:
            own_thread = anyio.CapacityLimiter(1)
            assert await anyio.to_thread.run_sync(slow.has_begun.wait, 30, limiter=own_thread)
            with anyio.fail_after(5):
                assert (await client.get("/api/v1/health")).status_code == 200
                assert (await client.get("/api/v1/schools/120001")).status_code == 200
        finally:
            slow.may_end.set()
    assert statuses == [200] * MANY
    assert slow.most <= heavy.at_once()
