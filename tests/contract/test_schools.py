"""What may be relied on: schools."""

import base64

import pytest

from tests.contract.conftest import Reader

pytestmark = pytest.mark.anyio

HUGE = base64.urlsafe_b64encode(b'["a", 99999999999999999999999]').decode()
SURROGATE = base64.urlsafe_b64encode(b'["\\ud800", 1]').decode()
DEEP = base64.urlsafe_b64encode(b"[" * 3000).decode()
"""Cursors that a list might choke on."""


async def test_the_list_holds_schools_that_children_attend_today(read: Reader) -> None:
    page = await read("/schools")
    assert {item["status"] for item in page["items"]} == {"open", "closing"}
    assert page["total"] == len(page["items"]) == 11
    assert page["next"] is None
    assert page["sources"] == ["gias"]


async def test_the_list_is_in_the_order_of_names(read: Reader) -> None:
    names = [item["name"].lower() for item in (await read("/schools"))["items"]]
    assert names == sorted(names)


async def test_all_shows_closed_and_proposed_schools_too(read: Reader) -> None:
    page = await read("/schools", status="all")
    assert {item["status"] for item in page["items"]} == {"open", "closing", "closed", "proposed"}


@pytest.mark.parametrize(
    ("filters", "urns"),
    [
        ({"phase": "secondary"}, {120004}),
        ({"phase": "secondary,special"}, {120004, 120012}),
        ({"sector": "independent"}, {120005}),
        ({"status": "closed"}, {120006}),
        ({"outside": "true"}, {120011, 120013}),
        ({"la_code": "E10000018"}, {120011, 120013}),
        ({"type": "Independent school"}, {120005}),
        ({"q": "mary john"}, {120003}),
        ({"q": "joh st & mary"}, {120003}),
        ({"q": "saint marys and john"}, {120003}),
        ({"q": "ecole"}, {120010}),
        ({"q": "120008"}, {120008}),
        ({"q": "melton very"}, {120013}),
        ({"q": "%"}, "all"),
        ({"q": "100% hill"}, set()),
    ],
)
async def test_filters_keep_what_they_say(
    read: Reader, filters: dict[str, str], urns: set[int] | str
) -> None:
    found = {item["urn"] for item in (await read("/schools", **filters))["items"]}
    everything = {item["urn"] for item in (await read("/schools"))["items"]}
    assert found == (everything if urns == "all" else urns)


async def test_a_box_keeps_the_schools_inside_it(read: Reader) -> None:
    hill = await read("/schools/120001")
    west, south = hill["lon"] - 0.0005, hill["lat"] - 0.0005
    box = f"{west},{south},{west + 0.001},{south + 0.001}"
    assert [item["urn"] for item in (await read("/schools", bbox=box))["items"]] == [120001]


async def test_pages_together_are_the_whole_list(read: Reader) -> None:
    whole = [item["urn"] for item in (await read("/schools"))["items"]]
    walked: list[int] = []
    cursor = ""
    while cursor is not None:
        page = await read("/schools", limit=3, cursor=cursor)
        assert page["total"] == len(whole)
        walked += [item["urn"] for item in page["items"]]
        cursor = page["next"]
    assert walked == whole


@pytest.mark.parametrize(
    "cursor",
    ["x", "ré", "W10", "WzEsMl0", "eyJhIjoxfQ", "bnVsbA", "W1tdLDFd", HUGE, SURROGATE, DEEP],
)
async def test_a_made_up_cursor_is_refused(read: Reader, cursor: str) -> None:
    problem = await read("/schools", cursor=cursor, answers=422)
    assert problem["type"] == "bad-parameter"
    assert "next" in problem["hint"]


async def test_symbols_are_columns_of_every_school_with_a_position(read: Reader) -> None:
    columns = await read("/schools/symbols")
    columns.pop("sources")
    assert {len(values) for values in columns.values()} == {12}
    assert 120009 not in columns["urn"]
    assert set(columns["status"]) == {"open", "closing", "closed", "proposed"}


async def test_one_school_says_what_it_is_in_a_sentence(read: Reader) -> None:
    school = await read("/schools/120004")
    assert school["sentence"] == (
        "Valley College is a secondary school for ages 11 to 16 in Oakham. "
        "At the census of 16 January 2025 it had 1,005 pupils; it has places for 210."
    )
    assert school["ward_name"] == "Oakham South"
    assert school["lsoa21_name"] == "Rutland 001A"


async def test_the_schools_before_and_after_are_named(read: Reader) -> None:
    school = await read("/schools/120001")
    assert [(link["urn"], link["in_atlas"]) for link in school["predecessors"]] == [
        (120006, True),
        (109999, False),
    ]
    assert [link["urn"] for link in school["beside"]] == [120002]
    assert [link["urn"] for link in (await read("/schools/120006"))["successors"]] == [120001]


async def test_every_fact_has_its_source_and_a_missing_one_its_reason(read: Reader) -> None:
    facts = {fact["label"]: fact for fact in (await read("/schools/120005"))["facts"]}
    assert {fact["source_id"] for fact in facts.values()} == {"gias"}
    assert facts["Pupils"]["value"] == "not stated"
    assert facts["Pupils"]["status"] == "unavailable"
    assert facts["Eligible for free school meals"]["value"] == "not published, to protect pupils"
    assert facts["Places for pupils"]["value"] == "210"
    assert facts["Places for pupils"]["as_of"] == "2025-05-24"
    assert facts["Admissions"]["value"] == "not stated"
    assert "Trust" not in facts, "what few schools have is left out where it is empty"


async def test_a_school_links_to_its_official_pages(read: Reader) -> None:
    links = [link["url"] for link in (await read("/schools/120001"))["links"]]
    assert (
        "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/120001"
        in links
    )
    assert all(link.startswith("https://") for link in links)


async def test_an_unknown_urn_suggests_those_a_digit_away(read: Reader) -> None:
    problem = await read("/schools/130001", answers=404)
    assert problem["type"] == "not-in-atlas"
    assert "120001" in problem["suggestions"]
    assert "Hill Primary School (120001)" in problem["hint"]


async def test_the_urn_of_a_school_long_gone_leads_to_its_successor(read: Reader) -> None:
    problem = await read("/schools/109999", answers=404)
    assert problem["suggestions"] == ["120001"]


@pytest.mark.parametrize("urn", ["0", "-1", "99999999", "abc", "1e5"])
async def test_what_is_no_urn_is_refused(read: Reader, urn: str) -> None:
    problem = await read(f"/schools/{urn}", answers=422)
    assert problem["faults"][0]["parameter"] == "urn"
    assert "Unique Reference Number" in problem["hint"]


async def test_pupils_of_a_closed_school_are_not_dated_to_the_day_of_the_register(
    read: Reader,
) -> None:
    school = await read("/schools/120006")
    dates = {fact["label"]: fact["as_of"] for fact in school["facts"]}
    assert school["census_date"] is None
    assert dates["Pupils"] is None
    assert dates["Eligible for free school meals"] is None
    assert dates["Places for pupils"] == "2025-05-24"


async def test_pupils_are_dated_to_the_day_they_were_counted(read: Reader) -> None:
    dates = {fact["label"]: fact["as_of"] for fact in (await read("/schools/120001"))["facts"]}
    assert dates["Pupils"] == "2025-01-16"
    assert dates["Status"] == "2025-05-24"
