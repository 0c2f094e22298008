"""The real Leeds: what is published of its schools, on their pages and on the data-quality page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsing import NARROWEST, PHONE
from tests.e2e.serving import built_once, run_atlas, served
from tests.e2e.test_every_reader import is_scrolling_sideways, resize, violations

pytestmark = [pytest.mark.browser, pytest.mark.long]

ALLERTON = 108057
"""A secondary school that kept its number, so that its figures of 2019 are its own."""

SHOWN = {
    "census_pupils": ("2018/19", "1,400"),
    "ks4_attainment8": ("2018/19", "57.3"),
    "ks4_progress8": ("2018/19", "0.66"),
    "absence_overall_pct": ("2018/19", "5.5%"),
    "after16_sustained_pct": ("2016/17", "94%"),
}
"""As the performance tables of 2018/19 print them."""


@pytest.fixture(scope="session")
def site(publishers, homes) -> Iterator[str]:
    """Build Leeds from the publishers' files and serve it."""
    home = built_once(
        homes / "atlas of leeds",
        lambda home: run_atlas("build", "leeds", "--mirror", publishers, home=home),
    )
    with served("leeds", home=home) as address:
        yield address


def figure(page: Page, measure: str):
    return page.locator(f"[data-testid=figure][data-measure={measure}]")


def test_a_schools_page_shows_census_capacity_results_absence_and_destinations(desk):
    page = desk.open(f"/?school={ALLERTON}")
    for measure, (period, words) in SHOWN.items():
        expect(figure(page, measure)).to_contain_text(period)
        expect(figure(page, measure)).to_contain_text(words)
    expect(page.get_by_test_id("capacity")).to_have_text("1,505")
    results = page.get_by_test_id("topic-ks4")
    expect(results).to_contain_text("Attainment 8")
    expect(results).to_contain_text("higher than in Leeds and England.")
    expect(figure(page, "ks4_progress8")).to_contain_text("Not calculated for 2024/25 and 2025/26")
    expect(results).to_contain_text("Source: Key stage 4 performance tables, 2018/19 provisional.")


def test_a_page_says_why_a_school_has_no_figures_of_a_kind(desk):
    page = desk.open(f"/?school={ALLERTON}")
    expect(page.get_by_test_id("topic-inspections")).to_contain_text("No inspection of this school")


def test_the_contents_of_a_school_page_lead_to_its_parts_without_moving_the_bar(desk):
    page = desk.open(f"/?school={ALLERTON}")
    page.get_by_test_id("contents").get_by_role("link", name="Attendance").click()
    heading = page.get_by_role("heading", name="Attendance")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page.get_by_role("banner")).to_be_in_viewport(ratio=1)
    assert "#" not in page.url


def test_axe_finds_nothing_on_a_school_page_with_everything_unfolded(desk):
    page = desk.open(f"/?school={ALLERTON}")
    expect(figure(page, "ks4_attainment8")).to_be_visible()
    for folded in page.get_by_test_id("panel").locator("details > summary").all():
        folded.click()
    assert violations(page) == []
    for size in (PHONE, NARROWEST):
        resize(page, size)
        assert not is_scrolling_sideways(page)
    assert violations(page) == []


def test_the_data_quality_page_names_schools_and_what_to_do(desk, get):
    page = desk.open("/?page=quality")
    check = page.locator("[data-testid=check][data-check=places_far_from_pupils]")
    check.locator("summary").click()
    expect(check).to_contain_text("What to do:")
    quality = get("/quality")
    worst = next(one for one in quality["checks"] if one["check"] == "places_far_from_pupils")
    expect(check).to_contain_text(worst["worst"][0]["says"])
    expect(page.get_by_test_id("compared")).to_contain_text("School capacity survey")
    assert violations(page) == []
    check.get_by_role("link").first.click()
    expect(page.get_by_test_id("school-name")).to_have_text(worst["worst"][0]["subject"])


def test_the_issue_log_can_be_searched(desk):
    page = desk.open("/?page=quality")
    log = page.get_by_test_id("issue-log")
    log.get_by_role("searchbox").fill("parkside")
    log.get_by_role("button", name="Search").click()
    expect(log.get_by_role("status")).to_have_text(re.compile(r"\d+ entr(y|ies)"))


def test_the_sources_page_lists_what_is_held_and_what_is_not(desk):
    page = desk.open("/?page=sources")
    census = page.locator("[data-testid=series][data-series=school_census]")
    expect(census).to_contain_text("2018/19 (1 file")
    expect(census).to_contain_text("once a year")
    expect(page.get_by_role("heading", name="Not in this build")).to_be_visible()
    assert violations(page) == []
