"""Who goes where, and how likely an offer is: what a reader may rely on."""

import csv
import io

import httpx
import pytest

from config.assumptions import assumptions
from tests.contract.conftest import Reader
from tests.support.tiny_rows import at

pytestmark = pytest.mark.anyio

HILL, DALE, VALLEY, INDEPENDENT = 120001, 120002, 120004, 120005


async def test_a_school_tells_where_its_pupils_are_expected_to_live(read: Reader) -> None:
    found = await read(f"/schools/{HILL}/catchment")
    assert [(area["area_code"], area["share_pct"]) for area in found["items"]] == [
        ("E01000001", 60.0),
        ("E01000002", 25.0),
    ]
    # 60 and 20 of 80 pupils.
    assert [area["of_school_pct"] for area in found["items"]] == [75.0, 25.0]
    assert "75 % are expected to live in Rutland 001A" in found["sentence"]
    assert found["sentence"].startswith("Modelled catchment of Hill Primary School")
    assert "63 % of pupils in the right school" in found["sentence"]


async def test_counted_pupils_stand_beside_the_modelled_ones_or_say_why_not(read: Reader) -> None:
    first, second = (await read(f"/schools/{HILL}/catchment"))["items"]
    assert (first["pupils_counted"], first["pupils_counted_status"]) == (58.0, "measured")
    assert (second["pupils_counted"], second["pupils_counted_status"]) == (None, "suppressed")
    assert (first["journey_basis"], second["journey_basis"]) == ("network", "straight_line")


async def test_a_school_that_nothing_is_modelled_of_says_so(read: Reader) -> None:
    found = await read(f"/schools/{INDEPENDENT}/catchment")
    assert found["items"] == []
    assert "There is no modelled catchment of Oakham School" in found["sentence"]


async def test_the_map_has_outlines_where_they_are_loaded(client: httpx.AsyncClient) -> None:
    response = await client.get(f"/api/v1/schools/{VALLEY}/catchment.geojson")
    assert response.headers["content-type"] == "application/geo+json"
    features = {each["id"]: each for each in response.json()["features"]}
    assert features["secondary-E01000001"]["geometry"]["type"] == "Polygon"
    assert features["secondary-E01999999"]["geometry"] is None
    assert features["secondary-E01000001"]["properties"]["share_pct"] == 100.0


async def test_files_hold_what_the_answers_hold(client: httpx.AsyncClient, read: Reader) -> None:
    for path, key in (
        (f"/schools/{HILL}/catchment", "area_code"),
        ("/areas/E01000001/destinations", "urn"),
    ):
        rows = list(csv.DictReader(io.StringIO((await client.get(f"/api/v1{path}.csv")).text)))
        items = (await read(path))["items"]
        assert [row[key] for row in rows] == [str(item[key]) for item in items]
        assert [float(row["share_pct"]) for row in rows] == [item["share_pct"] for item in items]


async def test_an_area_tells_its_schools_and_the_chance_of_an_offer(read: Reader) -> None:
    found = await read("/areas/E01000001/destinations")
    assert [(each["urn"], each["share_pct"]) for each in found["items"]] == [
        (HILL, 60.0),
        (DALE, 40.0),
        (VALLEY, 100.0),
    ]
    assert "60 % of primary pupils are expected at Hill Primary School" in found["sentence"]
    # One measures along the way walked, one gives an area priority: it hangs on the very home.
    assert [each["chance_pct"] is None for each in found["items"]] == [False, True, True]


async def test_only_small_areas_have_destinations(read: Reader) -> None:
    problem = await read("/areas/E06000017/destinations", answers=422)
    assert "lsoa21" in problem["hint"]
    assert (await read("/areas/E01999998/destinations", answers=404))["type"]


async def test_the_chance_is_worked_from_published_and_drawn_years(read: Reader) -> None:
    # Hill stands three blocks east and four north; a home 460 m south of it.
    block_m = at(1, 0)["x"] - at(0, 0)["x"]
    home = at(3, 4 - 460 / block_m)
    found = await read(f"/schools/{HILL}/chance", lon=home["lon"], lat=home["lat"])
    (entry,) = found["entries"]
    assert entry["metres"] == pytest.approx(460, abs=1)
    # 476 m twice and 600 m once, of five years drawn; 500 m and everybody, of two published.
    assert (entry["drawn_years"], entry["drawn_offered"]) == (5, 3)
    assert (entry["published_years"], entry["published_offered"]) == (2, 2)
    # Held against the newest offers, drawn years came nearest where they count as five.
    assert entry["chance_pct"] == pytest.approx(100 * (5 * 3 / 5 + 2) / (5 + 2), abs=0.05)
    assert "all modelled ones together as 5 (of what was tried" in found["method"]
    # Of 250 m where all was seen and 310 m where it was left out, the worse is told.
    assert "within 310 m of the newest published one (17 schools)" in found["accuracy_words"]
    assert "without what is known around the school" in found["accuracy_words"]
    assert "right 91 % of the time" in found["accuracy_words"]
    # The middle of the years drawn, 476 m, by the factor 2 either way.
    assert (entry["likely_low_m"], entry["likely_high_m"]) == (238.0, 952.0)
    assert "from 238 m to 952 m away" in entry["sentence"]
    assert "in 3 of 5 modelled years and 2 of 2 published ones" in entry["sentence"]
    assert "no promise" in found["sentence"]
    assert [year["academic_year"] for year in entry["published"]] == ["2024/25", "2023/24"]
    assert any("sibling" in each for each in found["not_known"])
    assert {each["judged_by"] for each in found["accuracy"]} == {
        *("cut_off_median_m", "cut_offs", "cut_off_factor_80", "sure_right_pct"),
        "offer_drawn_worth",
    }


async def test_an_area_and_a_home_in_its_middle_have_the_same_chance(read: Reader) -> None:
    area = await read("/areas/E01000001")
    there = await read("/areas/E01000001/destinations")
    chance = next(each["chance_pct"] for each in there["items"] if each["urn"] == HILL)
    found = await read(f"/schools/{HILL}/chance", lon=area["lon"], lat=area["lat"])
    assert found["entries"][0]["chance_pct"] == chance


async def test_where_nothing_was_judged_published_years_speak_first(read: Reader) -> None:
    home = at(5, 1)
    found = await read(f"/schools/{VALLEY}/chance", lon=home["lon"], lat=home["lat"])
    worth = assumptions("admissions")["drawn_worth_unjudged"].value
    assert 0 < worth < assumptions("admissions")["drawn_worth"].value
    assert f"together as {worth:g} (how near they come is not known here)" in found["method"]
    # Without a published year a chance is told all the same.
    assert found["entries"][0]["published_years"] == 0
    assert found["entries"][0]["chance_pct"] == 100.0


async def test_a_school_that_measures_the_way_walked_is_asked_along_the_streets(
    read: Reader,
) -> None:
    # LE15 6RA is five blocks east and five north; Dale ten east: ten blocks on foot.
    found = await read(f"/schools/{DALE}/chance", postcode="LE15 6RA")
    (entry,) = found["entries"]
    block_m = at(1, 0)["x"] - at(0, 0)["x"]
    assert entry["distance_method"] == "walking_route"
    assert entry["is_straight_instead"] is False
    assert entry["metres"] == pytest.approx(10 * block_m, rel=0.01)
    there = at(5, 5)
    by_point = await read(f"/schools/{DALE}/chance", lon=there["lon"], lat=there["lat"])
    assert by_point["entries"][0]["metres"] == pytest.approx(10 * block_m, rel=0.01)


async def test_a_home_that_no_street_leads_to_is_measured_in_a_straight_line(read: Reader) -> None:
    far = at(60, 0)
    found = await read(f"/schools/{DALE}/chance", lon=far["lon"], lat=far["lat"])
    assert found["entries"][0]["is_straight_instead"] is True


async def test_homes_in_the_area_of_priority_have_their_own_chance(read: Reader) -> None:
    inside, outside = at(5, 1), at(12, 12)
    for home, lives, pct, says in (
        (inside, "inside", 100.0, "always near enough, which is no promise"),
        (outside, "outside", 0.0, "never near enough"),
    ):
        found = await read(f"/schools/{VALLEY}/chance", lon=home["lon"], lat=home["lat"])
        assert (found["entries"][0]["lives"], found["entries"][0]["chance_pct"]) == (lives, pct)
        assert f"{lives} the school's area of priority" in found["sentence"]
        assert says in found["sentence"]


async def test_a_school_without_years_says_that_nothing_is_known(read: Reader) -> None:
    found = await read(f"/schools/{INDEPENDENT}/chance", postcode="LE15 6RA")
    assert found["entries"] == []
    assert "neither published nor modelled" in found["sentence"]


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("/schools/120001/chance", {}, 422),
        ("/schools/120001/chance", {"lon": -0.7}, 422),
        ("/schools/120001/chance", {"postcode": "LE15 6RA", "lon": -0.7, "lat": 52.6}, 422),
        ("/schools/120001/chance", {"postcode": "nonsense"}, 422),
        ("/schools/120001/chance", {"postcode": "ZZ1 1ZZ"}, 404),
        ("/schools/999999/chance", {"postcode": "LE15 6RA"}, 404),
        ("/schools/999999/catchment", {}, 404),
        ("/schools/999999/catchment.geojson", {}, 404),
        ("/areas/nowhere/destinations", {}, 404),
        ("/schools/120001/catchment", {"mode": "walk"}, 422),
    ],
)
async def test_what_is_not_there_is_a_problem(
    read: Reader, path: str, params: dict[str, object], status: int
) -> None:
    problem = await read(path, answers=status, **params)
    assert problem["status"] == status
    assert problem["detail"]
