"""Phone, paper, screen reader, and what goes wrong: the page serves every reader."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import NARROWEST, PHONE, SEARCH, wait_for_map

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = {
    "start": "/",
    "reach": "/?from={postcode}",
    "table": "/?from={postcode}&table=reach",
    "layer": "/?layer={layer}",
    "about": "/?page=about",
    "quality": "/?page=quality",
    "sources": "/?page=sources",
    "unknown postcode": "/?from={unknown}",
}


def violations(page: Page) -> list[str]:
    """What axe finds wrong: the rule, how bad, and the first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run({ runOnly: rules }).then(result => result.violations)", RULES
    )
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found]


def is_scrolling_sideways(page: Page) -> bool:
    return page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


@pytest.fixture
def address(get, places):
    """The address of a named view."""
    named = {
        "layer": get("/measures")["items"][0]["measure"],
        "postcode": places.postcode,
        "unknown": places.unknown,
    }
    return lambda view: VIEWS[view].format(**named)


def resize(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    wait_for_map(page)


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_a_desk_or_on_a_phone(desk, watch, address, view):
    watch.forgiven += [r"status of 404"] if view == "unknown postcode" else []
    page = desk.open(address(view))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    desk.shot(page, f"{view}-desktop")
    resize(page, PHONE)
    assert violations(page) == []


def test_axe_finds_nothing_in_a_schools_panel(desk, places):
    page = desk.open(f"/?school={places.school['urn']}")
    expect(page.get_by_test_id("facts")).to_be_visible()
    expect(page.get_by_test_id("figure").first).to_be_visible()
    page.get_by_text("How we know").click()
    assert violations(page) == []
    resize(page, NARROWEST)
    assert not is_scrolling_sideways(page)


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_never_scrolls_sideways(desk, watch, address, view):
    watch.forgiven += [r"status of 404"] if view == "unknown postcode" else []
    page = desk.open(address(view), size=PHONE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not is_scrolling_sideways(page)
    desk.shot(page, f"{view}-phone")
    resize(page, NARROWEST)
    assert not is_scrolling_sideways(page)
    box = page.get_by_role("combobox", name=SEARCH).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROWEST[0]


def test_on_a_phone_the_answer_is_a_sheet_that_can_be_raised(desk, places):
    page = desk.open(f"/?from={places.postcode}", size=PHONE)
    panel = page.get_by_test_id("panel")
    expect(page.get_by_test_id("sentence")).to_be_visible()
    low = panel.bounding_box()
    page.get_by_role("button", name="Make the panel taller").tap()
    expect(panel).to_have_attribute("data-sheet", "full")
    high = panel.bounding_box()
    assert low is not None
    assert high is not None
    assert high["height"] > low["height"]


def test_an_unknown_postcode_gets_words_and_near_matches(desk, watch, places):
    watch.forgiven.append(r"status of 404")
    page = desk.open(f"/?from={places.unknown}")
    panel = page.get_by_test_id("panel")
    expect(panel).to_contain_text(places.unknown)
    expect(panel.get_by_role("link", name=re.compile(places.begun)).first).to_be_visible()


def test_the_view_prints_on_paper(desk, places):
    page = desk.open(f"/?from={places.postcode}")
    expect(page.get_by_test_id("sentence")).to_be_visible()
    page.emulate_media(media="print")
    paper = desk.pictures / "printed.pdf"
    page.pdf(path=paper, format="A4", print_background=True, tagged=True)
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.stat().st_size > 20_000
    expect(page.get_by_text("Ordnance Survey", exact=False).last).to_be_visible()
    expect(page.get_by_role("combobox", name=SEARCH)).not_to_be_visible()
