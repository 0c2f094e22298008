"""A parent looks at journeys: how to travel, how far, the way to a school."""

import re
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import NARROWEST, PHONE, on_map, wait_for_map

MODES = ("wheels", "cycle", "cycle_quiet", "drive", "school_run")
LIST = re.compile("^Schools by minutes")


def rows(page):
    """Rows of the list of schools within reach."""
    return page.get_by_role("list", name=LIST).get_by_role("listitem")


def urns(page):
    """URNs of the schools that the list shows."""
    links = rows(page).get_by_role("link").all()
    return {int(link.get_attribute("data-urn")) for link in links}


def mapped(page):
    """URNs of the schools that the map shows as reached."""
    return set(
        page.evaluate(
            "async () => (await window.__atlas.map.getSource('page-reached').getData())"
            ".features.map((feature) => feature.properties.urn)"
        )
    )


def choose(page, group, manner=None):
    """Choose how to travel, as a reader does."""
    page.get_by_text(group, exact=True).click()
    if manner:
        page.get_by_text(manner, exact=True).click()


def colour_at(page, lon, lat):
    """The colour of the map where a place is seen."""
    x, y = on_map(page, lon, lat)
    return np.array(
        page.evaluate(
            """([x, y]) => {
                const map = window.__atlas.map.getCanvas()
                const { left, top } = map.getBoundingClientRect()
                const copy = document.createElement('canvas')
                copy.width = copy.height = 1
                const ctx = copy.getContext('2d')
                const ratio = map.width / map.clientWidth
                ctx.drawImage(map, (x - left) * ratio, (y - top) * ratio, 1, 1, 0, 0, 1, 1)
                return [...ctx.getImageData(0, 0, 1, 1).data.slice(0, 3)]
            }""",
            [x, y],
        )
    )


def test_every_way_of_travelling_is_offered_and_stays_in_the_address(desk, get, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(rows(page).first).to_be_visible()
    picker = page.get_by_role("group", name="How to travel")
    offered = {one["mode"] for one in get("/release")["modes"]}
    assert {"walk", *MODES} <= offered
    expect(picker.get_by_role("radio")).to_have_count(5 if "transit" in offered else 4)
    expect(picker.get_by_role("radio", name="On foot")).to_be_checked()
    choose(page, "Cycle", "Quiet streets")
    expect(page).to_have_url(re.compile("mode=cycle_quiet"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Cycling from {places.postcode}")
    expect(page.get_by_test_id("sentence")).to_contain_text("along quiet streets")
    page.go_back()
    expect(page).to_have_url(re.compile("mode=cycle(&|$)"))
    page.go_back()
    expect(picker.get_by_role("radio", name="On foot")).to_be_checked()
    expect(page.get_by_test_id("sentence")).to_contain_text("30-minute walk")


@pytest.mark.parametrize("mode", MODES)
def test_a_shared_link_opens_the_same_way_of_travelling(desk, get, places, mode):
    page = desk.open(f"/?from={places.postcode}&mode={mode}&minutes=5,10")
    expect(rows(page).first).to_be_visible()
    found = get(f"/postcodes/{places.postcode}/reachable-schools?mode={mode}&minutes=10")
    expect(page.get_by_test_id("sentence")).to_have_text(found["sentence"])
    assert urns(page) == {item["urn"] for item in found["items"]}
    assert mapped(page) == urns(page)


def test_the_keyboard_chooses_how_to_travel(desk, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(rows(page).first).to_be_visible()
    page.get_by_role("radio", name="On foot").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("mode=wheels"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Cycle")).to_be_focused()
    expect(page.get_by_role("group", name="Which streets to cycle along")).to_be_visible()


def test_the_slider_moves_map_list_and_sentence_without_asking(desk, get, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(rows(page).first).to_be_visible()
    told = {
        item["urn"]: item["seconds"]
        for item in get(f"/postcodes/{places.postcode}/reachable-schools?minutes=60")["items"]
    }
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    slider = page.get_by_role("slider", name=re.compile("Walk for up to"))
    slider.focus()
    for key, minutes in (("End", 60), ("Home", 5), *[("PageUp", None)] * 2, ("ArrowRight", None)):
        slider.press(key)
        now = int(slider.input_value())
        assert minutes in (None, now)
        expect(page.get_by_test_id("sentence")).to_contain_text(f"{now}-minute walk")
        assert urns(page) == {urn for urn, seconds in told.items() if seconds <= 60 * now}
    expect(page).to_have_url(re.compile(rf"minutes=[\d,]*{slider.input_value()}(&|$)"))
    assert mapped(page) == urns(page)
    wait_for_map(page)
    assert [address.path for address in asked if address.path.startswith("/api/")] == []


def test_the_map_is_coloured_as_far_as_the_minutes_allowed(desk, get, places):
    page = desk.open(f"/?from={places.postcode}&minutes=10,20,30")
    expect(rows(page).first).to_be_visible()
    reached = get(f"/postcodes/{places.postcode}/reachable-schools?minutes=28")["items"]
    school = max(reached, key=lambda item: item["seconds"])
    # Beside the school's symbol, still within its band.
    spot = (school["lon"] + 0.0006, school["lat"])
    page.evaluate("([lon, lat]) => window.__atlas.map.jumpTo({center: [lon, lat], zoom: 15})", spot)
    wait_for_map(page)
    within = colour_at(page, *spot)
    slider = page.get_by_role("slider", name=re.compile("Walk for up to"))
    slider.press("Home")
    wait_for_map(page)
    page.wait_for_timeout(300)
    assert np.abs(colour_at(page, *spot) - within).max() > 8


def test_around_a_school_the_way_is_to_it(desk, get, places):
    urn = places.school["urn"]
    page = desk.open(f"/?from=school:{urn}&mode=drive&minutes=5,10")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Driving to {places.school['name']}")
    expect(rows(page).first).to_be_visible()
    assert urn not in urns(page)
    found = get(f"/schools/{urn}/reachable-schools?mode=drive&minutes=10")
    expect(page.get_by_test_id("sentence")).to_have_text(found["sentence"])


def test_what_a_mode_rests_on_is_said(desk, places):
    page = desk.open(f"/?from={places.postcode}&mode=school_run")
    expect(rows(page).first).to_be_visible()
    page.get_by_text("How we know", exact=True).click()
    how = page.get_by_test_id("how-we-know")
    expect(how).to_contain_text("an assumption of this atlas, not a measurement")
    page.get_by_text("What the times rest on").click()
    expect(how).to_contain_text("Convention")


@pytest.mark.parametrize("size", [PHONE, NARROWEST])
def test_a_phone_offers_every_way_without_sideways_scrolling(desk, places, size):
    page = desk.open(f"/?from={places.postcode}&mode=drive", size=size)
    expect(page.get_by_test_id("sentence")).to_contain_text("minute drive")
    page.get_by_role("group", name="When to drive").scroll_into_view_if_needed()
    choose(page, "School morning")
    expect(page).to_have_url(re.compile("mode=school_run"))
    wide, room = page.evaluate("() => [document.body.scrollWidth, innerWidth]")
    assert wide <= room
    for label in page.get_by_test_id("modes").locator("label").all():
        assert label.bounding_box()["height"] >= 34


def test_the_way_to_a_school_is_drawn_and_told_for_every_mode(desk, get, places):
    reached = get(f"/postcodes/{places.postcode}/reachable-schools?minutes=30")["items"]
    school = reached[-1]["urn"]
    page = desk.open(f"/?from={places.postcode}&school={school}")
    ways = page.get_by_test_id("ways").get_by_role("listitem")
    walked, ridden = (
        get(f"/postcodes/{places.postcode}/route-to/{school}?mode={mode}")
        for mode in ("walk", "cycle")
    )
    expect(ways.first).to_contain_text(f"{round(walked['properties']['minutes'])} min")
    drawn = "async () => (await window.__atlas.map.getSource('page-way').getData()).geometry"
    assert page.evaluate(drawn) == walked["geometry"]
    page.get_by_test_id("ways").get_by_role("link", name="by cycle").first.click()
    expect(page).to_have_url(re.compile("mode=cycle"))
    assert page.evaluate(drawn) == ridden["geometry"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Cycling from {places.postcode}")


def test_the_way_by_bus_is_told_with_its_lines_and_times(desk, get, places):
    assert "transit" in {one["mode"] for one in get("/release")["modes"]}
    reached = get(f"/postcodes/{places.postcode}/reachable-schools?mode=transit&minutes=60")[
        "items"
    ]
    school = reached[-1]["urn"]
    ridden = get(f"/postcodes/{places.postcode}/transit-route-to/{school}")
    page = desk.open(f"/?from={places.postcode}&school={school}")
    by_bus = page.get_by_test_id("ways").get_by_role("listitem").filter(has_text="by bus")
    expect(by_bus).to_contain_text(f"{round(ridden['minutes'])} min")
    told = [ridden["depart"], ridden["arrive"], *(leg["line"] or "" for leg in ridden["legs"])]
    for each in told if ridden["rides"] else ["no bus is quicker than walking"]:
        expect(by_bus).to_contain_text(each)
