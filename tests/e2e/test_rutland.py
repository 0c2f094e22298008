"""The real Rutland: figures that can be looked up, on the page and behind it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import on_map
from tests.e2e.serving import built_once, run_atlas, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def site(publishers, homes) -> Iterator[str]:
    """Build Rutland from the publishers' files and serve it."""
    home = built_once(
        homes / "atlas of rutland",
        lambda home: run_atlas("build", "rutland", "--mirror", publishers, home=home),
    )
    with served("rutland", home=home) as address:
        yield address


def test_the_page_shows_every_school_postcode_and_area_of_rutland(desk, get):
    page = desk.open("/?page=about")
    expect(page).to_have_title(re.compile("Rutland"))
    expect(page.get_by_test_id("panel")).to_contain_text("1,279 postcodes and 26 neighbourhoods")
    counts = get("/release")["counts"]
    assert (counts["postcodes"], counts["lsoa21"]) == (1279, 26)
    mainstream = "phase=primary,middle,secondary,all_through&sector=state&status=open"
    assert get(f"/schools?{mainstream}&outside=false&limit=1")["total"] == 20


def test_a_schools_panel_gives_its_facts_and_official_pages(desk, get):
    school = get("/schools?phase=secondary&q=Catmose")["items"][0]
    page = desk.open(f"/?map=15.00/{school['lat']}/{school['lon']}")
    page.mouse.click(*on_map(page, school["lon"], school["lat"]))
    expect(page.get_by_test_id("school-name")).to_have_text("Catmose College")
    expect(page.get_by_test_id("pupils")).to_have_text(f"{school['pupils']:,}")
    expect(page.get_by_test_id("facts")).to_contain_text("Rutland")
    links = page.get_by_role("heading", name="Official pages").locator("..").get_by_role("link")
    assert any(str(school["urn"]) in (link.get_attribute("href") or "") for link in links.all())


def test_from_oakham_its_schools_are_a_short_walk(desk):
    page = desk.open("/?from=LE15 6HP")
    expect(page.get_by_test_id("sentence")).to_have_text(re.compile(r"^From LE15 6HP, \d+"))
    rows = page.get_by_role("list", name="Schools by minutes on foot").get_by_role("listitem")
    expect(rows.first).to_contain_text("Oakham")
    expect(page.get_by_text("Contains OS data").first).to_be_attached()


def test_nothing_says_that_real_data_are_made_up(desk, get):
    page = desk.open("/")
    expect(page.get_by_text("Contains OS and ONS data")).to_be_visible()
    expect(page.get_by_text("made-up")).to_have_count(0)
    assert get("/release")["made_up"] is False
