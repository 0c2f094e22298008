"""A parent looks at the county: search, bands, list, panel, address, keyboard."""

import re
from itertools import pairwise

import geopandas as gpd
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import SEARCH, on_map, wait_for_map

pytestmark = pytest.mark.browser

SNAPPING_M = 40
"""Two cells of the travel-time grid: how far a drawn band may stand from a measured walk."""


def search_box(page: Page):
    return page.get_by_role("combobox", name=SEARCH)


def suggestions(page: Page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def rows(page: Page):
    return page.get_by_role("list", name="Schools by minutes on foot").get_by_role("listitem")


def choose(page: Page, text: str) -> None:
    search_box(page).fill(text)
    suggestions(page).first.click()
    expect(page.get_by_test_id("sentence")).to_contain_text(text)
    wait_for_map(page)


def test_the_page_opens_on_every_school_of_the_county(desk, get, places):
    page = desk.open("/")
    expect(page).to_have_title(re.compile(re.escape(places.title)))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Schools in {places.title}")
    listed = page.get_by_role("list", name="Schools in view").get_by_role("listitem")
    expect(listed.first).to_be_visible()
    drawn = page.evaluate("() => window.__atlas.map.querySourceFeatures('page-schools').length")
    assert drawn > 0
    said = page.get_by_role("heading", name=re.compile("in view$")).inner_text()
    counts = get("/release")["counts"]
    assert int(said.split()[0]) >= counts["schools"]


def test_typing_part_of_a_postcode_suggests_postcodes_that_begin_so(desk, places):
    page = desk.open("/")
    search_box(page).press_sequentially(places.begun)
    expect(suggestions(page).first).to_contain_text(places.begun)
    texts = suggestions(page).all_inner_texts()
    assert len(texts) >= 5
    assert [text for text in texts if places.begun not in text] == []


def test_choosing_a_postcode_gives_a_sentence_bands_and_a_list_by_minutes(desk, places):
    page = desk.open("/")
    choose(page, places.postcode)
    expect(page.get_by_test_id("sentence")).to_have_text(
        re.compile(rf"^From {places.postcode}, \d+")
    )
    minutes = [float(figure) for figure in rows(page).locator(".figure strong").all_inner_texts()]
    assert len(minutes) >= 3
    assert minutes == sorted(minutes)
    drawn = page.evaluate("() => window.__atlas.map.querySourceFeatures('page-minutes')")
    assert {band["properties"]["minutes"] for band in drawn} == {10, 20, 30}


def test_the_list_and_the_bands_agree(desk, get, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(rows(page).first).to_be_visible()
    reach = get(f"/postcodes/{places.postcode}/reachable-schools?minutes=60")
    told = {item["urn"]: item["minutes"] for item in reach["items"]}
    shown = {
        int(urn)
        for link in rows(page).get_by_role("link").all()
        if (urn := link.get_attribute("data-urn"))
    }
    assert shown == {urn for urn, minutes in told.items() if minutes <= 30}

    bands = gpd.GeoDataFrame.from_features(
        get(f"/postcodes/{places.postcode}/isochrones?minutes=10,20,30"), crs=4326
    ).to_crs(27700)
    schools = gpd.GeoDataFrame(
        {"urn": list(told), "minutes": list(told.values())},
        geometry=gpd.points_from_xy(
            [item["lon"] for item in reach["items"]], [item["lat"] for item in reach["items"]]
        ),
        crs=4326,
    ).to_crs(27700)
    for band in bands.itertuples():
        near = schools[schools.minutes <= band.minutes]
        far = schools[schools.minutes > band.minutes]
        assert near.within(band.geometry.buffer(SNAPPING_M)).all()
        assert not far.within(band.geometry.buffer(-SNAPPING_M)).any()


def test_bands_lie_within_each_other(get, places):
    bands = gpd.GeoDataFrame.from_features(
        get(f"/postcodes/{places.postcode}/isochrones?minutes=5,10,15,20,30,60"), crs=4326
    ).to_crs(27700)
    assert list(bands.minutes) == [60, 30, 20, 15, 10, 5]
    for outer, inner in pairwise(bands.geometry):
        assert inner.within(outer.buffer(1))


def test_a_click_on_a_schools_symbol_opens_its_panel(desk, places):
    school = places.school
    page = desk.open(f"/?map=16.00/{school['lat']}/{school['lon']}")
    page.mouse.click(*on_map(page, school["lon"], school["lat"]))
    expect(page.get_by_test_id("school-name")).to_have_text(school["name"])
    expect(page.get_by_test_id("pupils")).to_have_text(f"{school['pupils']:,}")
    for label in ("Ages", "Type", "Education authority"):
        expect(page.get_by_test_id("facts").get_by_text(label, exact=True)).to_be_visible()


def test_pointing_at_a_row_marks_the_school_on_the_map_and_back(desk, places):
    page = desk.open(f"/?from={places.postcode}")
    row = rows(page).first
    row.get_by_role("link").hover()
    urn = int(row.get_by_role("link").get_attribute("data-urn"))
    page.wait_for_function(
        "urn => window.__atlas.map.querySourceFeatures('page-hovered')"
        ".some(f => f.properties.urn === urn)",
        arg=urn,
    )


def test_a_shared_address_opens_the_same_view(desk, places):
    page = desk.open("/")
    choose(page, places.postcode)
    page.get_by_role("button", name="Primary", exact=True).click()
    expect(page).to_have_url(re.compile("phase=primary"))
    wait_for_map(page)
    told = page.get_by_test_id("panel").inner_text()

    other = desk.open(page.url.removeprefix(desk.site))
    expect(other.get_by_test_id("sentence")).to_be_visible()
    assert other.get_by_test_id("panel").inner_text() == told
    centre = "() => window.__atlas.map.getCenter().toArray().map(x => x.toFixed(4))"
    assert other.evaluate(centre) == page.evaluate(centre)


def test_back_undoes_and_forward_does_again(desk, places):
    page = desk.open("/")
    choose(page, places.postcode)
    rows(page).first.get_by_role("link").click()
    name = page.get_by_test_id("school-name")
    expect(name).to_be_visible()
    opened = name.inner_text()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Walking from {places.postcode}")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Schools in {places.title}")
    page.go_forward()
    page.go_forward()
    expect(name).to_have_text(opened)


def test_a_reload_keeps_everything_in_the_address(desk, places):
    page = desk.open(f"/?from={places.postcode}&minutes=15,45&phase=secondary")
    expect(page.get_by_test_id("sentence")).to_contain_text("secondary")
    told = page.get_by_test_id("panel").inner_text()
    page.reload()
    wait_for_map(page)
    expect(page.get_by_test_id("sentence")).to_contain_text("secondary")
    assert page.get_by_test_id("panel").inner_text() == told


def test_the_whole_journey_goes_by_keyboard(desk, places):
    page = desk.open("/")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "search":
            break
    expect(search_box(page)).to_be_focused()
    page.keyboard.type(places.begun)
    # Those of the first letters may stand there for a moment.
    expect(suggestions(page).first).to_contain_text(places.begun)
    page.keyboard.press("ArrowDown")
    expect(suggestions(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(f"^Walking from {places.begun}"))
    expect(heading).to_be_focused()

    expect(rows(page).first).to_be_visible()
    first = rows(page).first.get_by_role("link")
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = rows(page).nth(1).get_by_role("link")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("school-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(heading).to_have_text(re.compile(f"^Walking from {places.begun}"))
    expect(second).to_be_focused()


def test_more_minutes_reach_more_schools(desk, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(rows(page).first).to_be_visible()
    before = rows(page).count()
    slider = page.get_by_role("slider", name=re.compile("Walk for up to"))
    slider.focus()
    slider.press("End")
    expect(page).to_have_url(re.compile("minutes=15,30,45,60"))
    expect(page.get_by_test_id("sentence")).to_contain_text("60-minute walk")
    expect(rows(page)).not_to_have_count(before)
    assert rows(page).count() > before


def test_the_table_says_what_the_list_says(desk, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(rows(page).first).to_be_visible()
    names = rows(page).locator(".name").all_inner_texts()
    page.get_by_role("button", name="Show as table").first.click()
    table = page.get_by_test_id("drawer").get_by_role("table")
    expect(table).to_be_visible()
    text = table.inner_text()
    assert [name for name in names if name not in text] == []
