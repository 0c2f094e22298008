"""What may be relied on: invented data say so, wherever they go."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pyarrow.parquet as pq
import pytest

from api.app import create_app
from config.settings import Settings
from tests.contract.conftest import Reader
from tests.support.tiny_build import REGION, write_tiny_build

pytestmark = pytest.mark.anyio


@pytest.fixture
async def made_up(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an atlas whose data are invented."""
    write_tiny_build(tmp_path, made_up=True)
    app = create_app(Settings(home=tmp_path, frontend_dir=tmp_path / "no page"), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas/api/v1"
    ) as opened:
        yield opened


async def test_the_release_says_whether_its_data_are_invented(
    made_up: httpx.AsyncClient, read: Reader
) -> None:
    assert (await made_up.get("/release")).json()["made_up"] is True
    assert (await read("/release"))["made_up"] is False


async def test_a_csv_file_of_invented_schools_says_so_on_every_row_and_in_its_name(
    made_up: httpx.AsyncClient,
) -> None:
    response = await made_up.get("/schools.csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == 11
    assert {row["made_up"] for row in rows} == {"true"}
    assert 'filename="made-up-schools-tiny.csv"' in response.headers["content-disposition"]


async def test_geojson_and_parquet_of_invented_schools_say_so_on_every_row(
    made_up: httpx.AsyncClient,
) -> None:
    features = (await made_up.get("/schools.geojson")).json()["features"]
    assert {feature["properties"]["made_up"] for feature in features} == {True}
    table = pq.read_table(io.BytesIO((await made_up.get("/schools.parquet")).content))
    assert set(table.column("made_up").to_pylist()) == {True}
    assert table.schema.field("made_up").metadata[b"says"] == b"The data are invented"


async def test_a_workbook_of_invented_schools_says_so_and_what_that_means(
    made_up: httpx.AsyncClient,
) -> None:
    content = (await made_up.get("/schools.xlsx")).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        schools, columns = (book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
    assert "<t>made_up</t>" in schools
    assert schools.count('t="b"') >= 11
    assert "<t>The data are invented</t>" in columns


async def test_files_of_real_schools_have_no_such_column(read: Reader) -> None:
    header = (await read.client.get("/api/v1/schools.csv")).text.splitlines()[0]
    assert "made_up" not in header


async def test_an_invented_school_has_no_official_pages(
    made_up: httpx.AsyncClient, read: Reader
) -> None:
    assert (await made_up.get("/schools/120001")).json()["links"] == []
    assert (await read("/schools/120001"))["links"] != []


async def test_made_up_series_have_no_licence_and_real_ones_do(
    made_up: httpx.AsyncClient, read: Reader
) -> None:
    invented = (await made_up.get("/sources")).json()["items"]
    real = (await read("/sources"))["items"]
    licences = {one["source_id"]: one["licence"] for one in real}
    assert licences["gias"] == "OGL-UK-3.0"
    told = {one["source_id"]: one["licence"] for one in invented}
    assert told["gias"] is None
