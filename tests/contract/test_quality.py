"""Data quality and the series of a build: what a client may rely on."""

import csv
import io

import httpx
import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_figures import HILL, OLD_HILL, VALLEY

pytestmark = pytest.mark.anyio


async def found(read: Reader, check: str) -> dict:
    quality = await read("/quality")
    return next(one for one in quality["checks"] if one["check"] == check)


async def test_every_check_says_what_it_looks_for_and_what_to_do(read: Reader) -> None:
    quality = await read("/quality")
    assert len({one["check"] for one in quality["checks"]}) == len(quality["checks"]) >= 12
    for one in quality["checks"]:
        assert one["title"]
        assert one["says"].endswith(".")
        assert one["what_to_do"].endswith(".")
        assert one["count"] >= len(one["worst"])


async def test_a_school_with_five_times_as_many_pupils_as_places_is_found(read: Reader) -> None:
    far = await found(read, "places_far_from_pupils")
    assert far["worst"][0] == {
        "subject": "Valley College",
        "urn": VALLEY,
        "in_atlas": True,
        "says": "1,005 pupils for 210 places (479%)",
    }


async def test_schools_that_the_survey_puts_into_no_planning_area_are_found(read: Reader) -> None:
    without = await found(read, "no_planning_area")
    urns = {one["urn"] for one in without["worst"]}
    assert VALLEY in urns
    assert HILL not in urns


async def test_counts_of_the_same_school_are_kept_apart_and_compared(read: Reader) -> None:
    apart = await found(read, "counts_differ")
    assert apart["worst"][0]["says"] == (
        "200 pupils in The register (2025-01-16); 60 pupils in The authority's own files (2024/25)"
    )
    compared = (await read("/quality"))["compared"]
    primary = {one["source"]: one for one in compared if one["phase"] == "primary"}
    assert primary["School capacity survey"]["pupils"] == 190
    assert primary["School capacity survey"]["schools"] == 1
    assert primary["The register"]["schools"] == 6


async def test_year_groups_that_do_not_make_the_total_are_found_and_sexes_that_do_are_not(
    read: Reader,
) -> None:
    added = await found(read, "parts_and_totals")
    assert added["looked_at"] == 2
    assert [one["says"] for one in added["worst"]] == [
        "year groups make 58, the total is 60 (The authority's own files, 2024/25)"
    ]


async def test_figures_under_an_old_number_are_named_with_the_school_they_are_shown_with(
    read: Reader,
) -> None:
    old = await found(read, "old_numbers")
    assert [(one["urn"], one["says"]) for one in old["worst"]] == [
        (OLD_HILL, "2 figures, 2017/18 to 2018/19: shown with Hill Primary School")
    ]


async def test_series_that_the_build_was_made_without_are_found(read: Reader) -> None:
    missing = await found(read, "missing_series")
    sources = (await read("/sources"))["items"]
    assert missing["count"] == sum(not one["is_held"] for one in sources)
    register = next(one for one in sources if one["source_id"] == "gias")
    assert register["releases"] == ["2025-05-24"]
    assert (register["every"], register["next_due"]) == ("every day", "2025-05-25")


async def test_the_issue_log_is_counted_by_series_and_rule(read: Reader) -> None:
    issues = (await read("/quality"))["issues"]
    assert [(one["title"], one["severity"], one["count"]) for one in issues] == [
        ("Schools", "note", 6),
        ("Schools", "warning", 1),
    ]


async def test_all_cases_can_be_kept_as_csv(client: httpx.AsyncClient, read: Reader) -> None:
    text = (await client.get("/api/v1/quality.csv")).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == sum(one["count"] for one in (await read("/quality"))["checks"])
    assert set(rows[0]) == {"check", "title", "subject", "urn", "says", "what_to_do"}
