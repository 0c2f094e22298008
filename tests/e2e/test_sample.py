"""The made-up county: a place at every zoom, and plainly made up wherever it shows."""

import csv
import io
import re

import httpx
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import NARROWEST, PHONE, wait_for_map
from tests.e2e.paper import words_on_paper

pytestmark = [pytest.mark.browser, pytest.mark.long]

MADE_UP = re.compile("Made-up data")
VIEWS = {
    "start": "/",
    "school": "/?school={urn}",
    "area": "/?area={area}",
    "list": "/?from={postcode}",
    "table": "/?from={postcode}&table=reach",
    "layer": "/?layer=children_0_15&table=areas",
    "about": "/?page=about",
    "quality": "/?page=quality",
    "sources": "/?page=sources",
}
ZOOMS = {
    "county": (None, {"water": 1, "urban": 3, "road": 100, "authority": 2}, {"place": 5}),
    "city": (12.0, {"water": 1, "urban": 1, "green": 1, "road": 200}, {"place": 3, "road": 1}),
    "suburb": (14.0, {"green": 1, "road": 150, "building": 1}, {"place": 1, "road": 3}),
    "street": (16.0, {"road": 20, "building": 20, "school_site": 1}, {"road": 5}),
}
"""Zoom, and how many shapes and names of each kind are there at least."""

SEEN = """() => {
    const map = window.__atlas.map
    const seen = { zoom: map.getZoom(), shapes: {}, names: {} }
    for (const { layer, sourceLayer } of map.queryRenderedFeatures()) {
        const kinds = layer.type === 'symbol' ? seen.names : seen.shapes
        if (sourceLayer) kinds[sourceLayer] = (kinds[sourceLayer] ?? 0) + 1
    }
    return seen
}"""
COLOURS = """() => {
    const source = window.__atlas.map.getCanvas()
    const copy = document.createElement('canvas')
    copy.width = 320
    copy.height = 200
    const context = copy.getContext('2d')
    context.imageSmoothingEnabled = false
    context.drawImage(source, 0, 0, copy.width, copy.height)
    const { data } = context.getImageData(0, 0, copy.width, copy.height)
    const times = new Map()
    for (let i = 0; i < data.length; i += 4) {
        const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2]
        times.set(colour, (times.get(colour) ?? 0) + 1)
    }
    return { kinds: times.size, commonest: Math.max(...times.values()) / (data.length / 4) }
}"""
"""How many colours the map has, and what share of it has the commonest."""


@pytest.fixture
def address(places):
    """The address of a named view."""
    named = {"urn": places.school["urn"], "area": places.area, "postcode": places.postcode}
    return lambda view: VIEWS[view].format(**named)


def is_told_at_a_glance(page: Page) -> None:
    """Hold that the page says so in sight, without a scroll."""
    note = page.get_by_role("complementary", name="Made-up data")
    expect(note).to_have_text(MADE_UP)
    expect(note).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("zoom", ZOOMS)
def test_the_map_is_a_place_at_every_zoom(desk, places, zoom):
    level, shapes, names = ZOOMS[zoom]
    lon, lat = places.centre if zoom == "city" else places.suburb
    if zoom == "street":
        lon, lat = places.school["lon"], places.school["lat"]
    page = desk.open("/" if level is None else f"/?map={level:.2f}/{lat}/{lon}")
    seen = page.evaluate(SEEN)
    assert seen["zoom"] == pytest.approx(level or seen["zoom"], abs=0.01)
    assert {kind: seen["shapes"].get(kind, 0) for kind in shapes} == AtLeast(shapes)
    assert {kind: seen["names"].get(kind, 0) for kind in names} == AtLeast(names)
    colours = page.evaluate(COLOURS)
    assert colours["kinds"] > 100
    assert colours["commonest"] < 0.7
    desk.shot(page, f"sample_zoom_{zoom}")


class AtLeast(dict):
    """Equal to a mapping whose every count is as large as this one's, or larger."""

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and all(other[key] >= self[key] for key in self)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_that_its_data_are_made_up_on_a_desk_and_on_a_phone(desk, address, view):
    page = desk.open(address(view))
    expect(page.get_by_role("heading").first).to_be_visible()
    is_told_at_a_glance(page)
    for width, height in (PHONE, NARROWEST):
        page.set_viewport_size({"width": width, "height": height})
        wait_for_map(page)
        is_told_at_a_glance(page)


@pytest.mark.parametrize("view", ["start", "school", "area", "list"])
def test_paper_says_that_its_data_are_made_up_and_names_no_publisher_as_their_source(
    desk, address, view
):
    page = desk.open(address(view))
    page.wait_for_load_state("networkidle")
    paper = desk.pictures / f"sample_{view}.pdf"
    page.pdf(path=paper, format="A4", print_background=True)
    words = words_on_paper(paper)
    assert words.count("Made-up data") >= 2
    assert "made up, in the format of Department for Education" in words
    for claim in ("Contains OS data", "Contains public sector information", "contributors, Open"):
        assert claim not in words


def test_the_authorities_shown_are_those_that_run_its_schools(get):
    shown = {one["name"] for one in get("/release")["authorities"]}
    inside = get("/schools?outside=false&limit=500")["items"]
    outside = get("/schools?outside=true&limit=500")["items"]
    assert {school["la_name"] for school in inside} == shown
    assert {school["la_name"] for school in outside}.isdisjoint(shown)
    assert len(shown) == 2
    assert outside


def test_the_map_is_credited_to_nobody(desk):
    page = desk.open("/")
    expect(page.get_by_text("Made-up map")).to_be_visible()
    expect(page.get_by_text("Crown copyright")).to_have_count(0)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "parquet"])
def test_every_file_of_schools_says_that_they_are_made_up(site, kind):
    response = httpx.get(f"{site}/api/v1/schools.{kind}", timeout=60).raise_for_status()
    assert f'"made-up-schools-sample.{kind}"' in response.headers["content-disposition"]
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(response.text)))
        assert {row["made_up"] for row in rows} == {"true"}
    if kind == "geojson":
        features = response.json()["features"]
        assert {feature["properties"]["made_up"] for feature in features} == {True}
    if kind == "parquet":
        column = pq.read_table(io.BytesIO(response.content)).column("made_up")
        assert set(column.to_pylist()) == {True}


def test_a_table_kept_from_the_page_says_that_it_is_made_up(desk, address):
    page = desk.open(address("table"))
    expect(page.get_by_test_id("drawer")).to_contain_text("of made-up data")
    with page.expect_download() as waited:
        page.get_by_test_id("csv").click()
    assert waited.value.suggested_filename.startswith("made-up-walk-from-")
    with waited.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {row["made_up"] for row in rows} == {"true"}


def test_a_school_page_shows_who_goes_there_its_rolls_results_and_attendance(desk, places):
    page = desk.open(f"/?school={places.school['urn']}")
    for topic in ("census", "ks4", "absence", "inspections"):
        expect(page.get_by_test_id(f"topic-{topic}")).to_be_visible()
    expect(page.get_by_test_id("rolls")).to_contain_text("Year 7")
    shown = page.locator("[data-testid=figure][data-measure=ks4_attainment8]")
    expect(shown.get_by_role("row")).not_to_have_count(0)
    with page.expect_download() as waited:
        page.get_by_role("link", name="all figures (CSV)").click()
    assert waited.value.suggested_filename.startswith("made-up-figures-")


def test_the_data_quality_page_of_a_made_up_county_finds_its_totals_in_order(desk, get):
    page = desk.open("/?page=quality")
    expect(page.get_by_role("heading", name="Worth a look")).to_be_visible()
    checks = {one["check"]: one for one in get("/quality")["checks"]}
    assert checks["parts_and_totals"]["looked_at"] > 0
    assert checks["parts_and_totals"]["count"] == 0
    assert checks["unknown_numbers"]["count"] == 0


def test_an_invented_school_has_no_official_pages(desk, address):
    page = desk.open(address("school"))
    expect(page.get_by_test_id("facts")).to_be_visible()
    expect(page.get_by_role("heading", name="Official pages")).to_have_count(0)
