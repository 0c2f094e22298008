"""What may be relied on: errors, ETags, headers, tiles, files, the page."""

import csv
import io
import json

import httpx
import pyarrow.parquet as pq
import pytest

from api.app import create_app
from config.settings import Settings
from tests.contract.conftest import Reader
from tests.support.tiny_build import BUILD_ID, REGION, TILE

pytestmark = pytest.mark.anyio


async def test_health_names_the_build(read: Reader) -> None:
    assert await read("/health") == {"status": "ok", "build_id": BUILD_ID, "region_id": REGION}


async def test_release_says_what_there_is_and_where_it_came_from(read: Reader) -> None:
    release = await read("/release")
    assert release["counts"] == {
        "schools": 9,
        "schools_outside": 2,
        "postcodes": 8,
        "lsoa21": 2,
    }
    assert release["authorities"] == [
        {"la_code": "E06000017", "la_code_dfe": "857", "name": "Rutland"}
    ]
    assert release["issues"] == {"note": 6, "warning": 1}
    assert release["tile_zooms"] == {"basemap": [6, 14], "areas": [6, 12]}
    register = next(one for one in release["sources"] if one["source_id"] == "gias")
    assert register["caveats"] == ["First caveat.", "Second caveat."]
    assert register["receipts"][0]["sha256"] == "0" * 64


async def test_the_region_served_is_listed(read: Reader) -> None:
    assert [item["region_id"] for item in (await read("/regions"))["items"]] == [REGION]


async def test_the_issue_log_is_paged(read: Reader) -> None:
    page = await read("/issues", limit=5)
    rest = await read("/issues", limit=5, cursor=page["next"])
    assert [item["issue_id"] for item in page["items"] + rest["items"]] == list(range(1, 8))
    assert (await read("/issues", severity="warning"))["total"] == 1
    assert (await read("/issues", q="urn 3"))["total"] == 1


async def test_an_unknown_parameter_is_refused_and_the_nearest_named(read: Reader) -> None:
    problem = await read("/schools", phse="primary", answers=422)
    assert problem["suggestions"] == ["phase"]
    assert problem["hint"] == "did you mean phase?"


@pytest.mark.parametrize(
    "path",
    [
        "/health",
        "/release",
        "/regions",
        "/coverage",
        "/schools/symbols",
        "/schools/120001",
        "/schools/120001/figures",
        "/schools/120001/rolls",
        "/authorities/E06000017/figures",
        "/quality",
        "/sources",
        "/postcodes/LE156HP",
        "/places/1",
        "/measures",
    ],
)
async def test_addresses_without_parameters_refuse_any(read: Reader, path: str) -> None:
    problem = await read(path, verbose="1", answers=422)
    assert "there is no parameter 'verbose' here" in problem["detail"]


@pytest.mark.parametrize(
    ("parameters", "suggestion"),
    [
        ({"phase": "primry"}, "primary"),
        ({"status": "opened"}, "open"),
        ({"sector": "stat"}, "state"),
    ],
)
async def test_a_mistyped_value_suggests_the_right_one(
    read: Reader, parameters: dict[str, str], suggestion: str
) -> None:
    problem = (await read.client.get("/api/v1/schools", params=parameters)).json()
    assert problem["suggestions"] == [suggestion]


@pytest.mark.parametrize(
    "box", ["1,2,3", "a,b,c,d", "2,50,1,51", "-0.8,52.6,-0.6,nan", "1,2,3,4,5"]
)
async def test_a_malformed_box_is_explained(read: Reader, box: str) -> None:
    problem = await read("/schools", bbox=box, answers=422)
    assert "west,south,east,north" in problem["hint"]


async def test_an_unknown_path_is_a_problem(client: httpx.AsyncClient) -> None:
    for path in ("/api/v1/nothing", "/api/v2/schools", "/tiles/nothing"):
        response = await client.get(path)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["type"] == "no-such-path"


async def test_writing_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/schools")
    assert response.status_code == 405
    assert response.json()["type"] == "method-not-allowed"
    assert "GET" in response.headers["allow"]


async def test_an_answer_is_not_sent_again_to_who_has_it(client: httpx.AsyncClient) -> None:
    first = await client.get("/api/v1/schools")
    tag = first.headers["etag"]
    assert BUILD_ID in tag
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get("/api/v1/schools", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = await client.get("/api/v1/schools?limit=1", headers={"If-None-Match": tag})
    assert other.status_code == 200


async def test_problems_carry_no_etag(client: httpx.AsyncClient) -> None:
    assert "etag" not in (await client.get("/api/v1/schools/1")).headers


async def test_head_answers_as_get_without_a_body(client: httpx.AsyncClient) -> None:
    response = await client.head("/api/v1/health")
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) > 0


async def test_long_answers_are_compressed(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/schools", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert response.json()["total"] == 11


@pytest.mark.parametrize("path", ["/", "/api", "/api/v1/health", "/api/v1/schools/1"])
async def test_the_page_loads_nothing_from_elsewhere(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers


async def test_the_api_lists_itself(client: httpx.AsyncClient) -> None:
    page = (await client.get("/api")).text
    document = (await client.get("/api/v1/openapi.json")).json()
    assert all(path in page for path in document["paths"])
    assert "http" not in page.replace("https://json", "")


async def test_tiles_are_sent_as_stored_and_kept_for_ever(client: httpx.AsyncClient) -> None:
    address = (await client.get("/api/v1/release")).json()["tiles"]["basemap"]
    response = await client.get(address.format(z=6, x=0, y=0))
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert response.content == b"not empty"
    assert int(response.headers["content-length"]) == len(TILE)
    empty = await client.get(address.format(z=6, x=1, y=0))
    assert (empty.status_code, empty.content) == (204, b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tiles/basemap@0000/6/0/0.mvt", 404),
        ("/tiles/nothing@0000/6/0/0.mvt", 404),
        ("/tiles/basemap@0000/99/0/0.mvt", 422),
        ("/tiles/basemap@0000/a/0/0.mvt", 422),
    ],
)
async def test_tiles_that_are_not_there_are_problems(
    client: httpx.AsyncClient, path: str, status: int
) -> None:
    response = await client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


async def test_csv_is_plain_utf8_and_safe_to_open(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/schools.csv", params={"outside": "false"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert not response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    names = {row["name"] for row in rows}
    assert len(rows) == 9
    assert "École Saint-André" in names
    assert "'=HYPERLINK(1) Academy" in names
    assert {row["is_outside"] for row in rows} == {"false"}


async def test_an_empty_file_still_has_its_header(client: httpx.AsyncClient) -> None:
    nothing = {"q": "nothing at all"}
    text = (await client.get("/api/v1/schools.csv", params=nothing)).text
    assert text.splitlines()[0].startswith("urn,name,status,phase,sector")
    assert len(text.splitlines()) == 1
    geojson = (await client.get("/api/v1/schools.geojson", params=nothing)).json()
    assert geojson["features"] == []
    for extension in ("xlsx", "parquet"):
        response = await client.get(f"/api/v1/schools.{extension}", params=nothing)
        assert response.status_code == 200


async def test_geojson_has_a_point_for_each_school_that_has_one(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/schools.geojson", params={"status": "all"})
    assert response.headers["content-type"] == "application/geo+json"
    features = {feature["id"]: feature for feature in response.json()["features"]}
    assert len(features) == 13
    assert features[120009]["geometry"] is None
    assert features[120001]["geometry"]["type"] == "Point"


async def test_parquet_carries_types_meanings_and_sources(client: httpx.AsyncClient) -> None:
    content = (await client.get("/api/v1/schools.parquet")).content
    table = pq.read_table(io.BytesIO(content))
    assert table.num_rows == 11
    assert str(table.schema.field("pupils").type) == "int64"
    assert b"Headcount" in table.schema.field("pupils").metadata[b"says"]
    sources = json.loads(table.schema.metadata[b"sources"])
    assert {source["source_id"] for source in sources} == {"gias", "gias_links", "code_point_open"}


async def test_files_refuse_paging(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/schools.csv", params={"limit": 5})
    assert response.status_code == 422


async def test_a_page_that_was_not_built_says_how_to_build_it(client: httpx.AsyncClient) -> None:
    response = await client.get("/")
    assert response.status_code == 200
    assert "make run" in response.text
    assert (await client.get("/some/state")).status_code == 404
    assert (await client.get("/missing.js")).status_code == 404


async def test_the_built_page_answers_every_address_that_names_no_file(tiny_home, tmp_path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>Atlas</title>")
    (tmp_path / "assets" / "index-1.js").write_text("1")
    app = create_app(Settings(home=tiny_home, frontend_dir=tmp_path), region_id=REGION)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas"
    ) as client:
        for path in ("/", "/school/120001", "/index.html"):
            response = await client.get(path)
            assert "<title>Atlas</title>" in response.text
            assert response.headers["cache-control"] == "no-cache"
        asset = await client.get("/assets/index-1.js")
        assert "immutable" in asset.headers["cache-control"]
        for path in ("/assets/index-2.js", "/../secret.txt", "/%2e%2e/secret.txt"):
            assert (await client.get(path)).status_code == 404
