"""What may be relied on: times between homes and schools, as lists and files."""

import csv
import io
import json

import httpx
import pyarrow.parquet as pq
import pytest

from api.app import create_app
from config.settings import Settings
from tests.contract.conftest import Reader
from tests.support.tiny_build import REGION, write_tiny_build

pytestmark = pytest.mark.anyio


async def rows(client: httpx.AsyncClient, path: str, **params: object) -> list[dict[str, str]]:
    response = await client.get(f"/api/v1{path}", params=params)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


async def test_the_schools_of_a_postcode_come_nearest_first(read: Reader) -> None:
    answer = await read("/postcodes/le156hp/travel-times", minutes=7)
    ways = [(item["urn"], item["seconds"], item["metres"]) for item in answer["items"]]
    # LE15 6HP is at the corner of the grid, where a block takes a minute and is 80 m long.
    assert (120005, 240, 320) in ways
    assert (120004, 300, 400) in ways
    assert (120001, 420, 560) in ways
    assert [seconds for _, seconds, _ in ways] == sorted(seconds for _, seconds, _ in ways)
    assert {item["postcode"] for item in answer["items"]} == {"LE15 6HP"}
    assert (answer["mode"], answer["minutes"]) == ("walk", 7)
    assert "Walking time" in answer["method"]


async def test_a_list_and_its_files_say_the_same(client: httpx.AsyncClient, read: Reader) -> None:
    items = (await read("/postcodes/LE156HP/travel-times"))["items"]
    lines = await rows(client, "/postcodes/LE156HP/travel-times.csv")
    assert [{**line, **_whole(line), "name": line["name"].lstrip("'")} for line in lines] == items
    content = (await client.get("/api/v1/postcodes/LE156HP/travel-times.parquet")).content
    assert pq.read_table(io.BytesIO(content)).to_pylist() == items


async def test_the_homes_of_a_school_are_postcodes_with_seconds_and_metres(
    client: httpx.AsyncClient,
) -> None:
    lines = await rows(client, "/schools/120001/travel-times.csv", mode="walk")
    found = {line["postcode"]: _whole(line) for line in lines}
    assert found["LE15 6HP"] == {"urn": 120001, "seconds": 420, "metres": 560}
    assert found["LE15 7AB"] == {"urn": 120001, "seconds": 360, "metres": 480}
    assert [line["postcode"] for line in lines] == sorted(found)
    near = await rows(client, "/schools/120001/travel-times.csv", minutes=6)
    assert {line["postcode"] for line in near} == {
        code for code, way in found.items() if way["seconds"] <= 360
    }


async def test_small_areas_are_another_kind_of_home(client: httpx.AsyncClient) -> None:
    lines = await rows(client, "/schools/120001/travel-times.csv", homes="lsoa21")
    assert lines == []


async def test_files_say_what_their_columns_mean_and_where_they_come_from(
    client: httpx.AsyncClient,
) -> None:
    response = await client.get("/api/v1/schools/120001/travel-times.parquet?mode=cycle")
    assert 'filename="travel-times-120001-cycle.parquet"' in response.headers["content-disposition"]
    table = pq.read_table(io.BytesIO(response.content))
    assert table.column_names == ["postcode", "urn", "seconds", "metres"]
    assert table.schema.field("seconds").metadata[b"unit"] == b"s"
    sources = json.loads(table.schema.metadata[b"sources"])
    assert {source["source_id"] for source in sources} == {"gias", "streets", "code_point_open"}


async def test_a_postcode_across_the_border_has_no_kept_times(read: Reader) -> None:
    problem = await read("/postcodes/PE91AA/travel-times", answers=404)
    assert "across the border" in problem["detail"]
    assert "reachable-schools" in problem["hint"]


async def test_a_closed_school_and_one_of_unknown_place_have_no_times(read: Reader) -> None:
    problem = await read("/schools/120006/travel-times.csv", answers=404)
    assert "is closed" in problem["detail"]
    problem = await read("/schools/120009/travel-times.csv", answers=422)
    assert problem["type"] == "no-position"


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"mod": "walk"}, "no parameter 'mod' here"),
        ({"mode": "fly"}, "mode=fly"),
        ({"minutes": "61"}, "minutes=61 is above 60"),
        ({"mode": "drive", "minutes": "50"}, "minutes=50 is above 45"),
        ({"homes": "houses"}, "homes=houses"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    read: Reader, parameters: dict[str, str], says: str
) -> None:
    problem = await read("/schools/120001/travel-times.csv", answers=422, **parameters)
    assert says in problem["detail"]


async def test_a_build_without_matrices_says_so(tmp_path) -> None:
    folder = write_tiny_build(tmp_path)
    (folder / "matrix").rename(folder / "gone")
    app = create_app(Settings(home=tmp_path, frontend_dir=tmp_path / "no"), region_id=REGION)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
        problem = (await client.get("/api/v1/postcodes/LE156HP/travel-times")).json()
    assert (problem["type"], problem["status"]) == ("no-travel-times", 503)


async def test_every_row_of_a_made_up_file_says_so(tmp_path) -> None:
    write_tiny_build(tmp_path, made_up=True)
    app = create_app(Settings(home=tmp_path, frontend_dir=tmp_path / "no"), region_id=REGION)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
        lines = await rows(client, "/schools/120001/travel-times.csv")
    assert {line["made_up"] for line in lines} == {"true"}


def _whole(line: dict[str, str]) -> dict[str, int]:
    return {name: int(line[name]) for name in ("urn", "seconds", "metres")}
