"""What may be relied on: what changed since the build before is told, a sentence each."""

import pytest

from tests.contract.conftest import Reader

pytestmark = pytest.mark.anyio


async def test_the_release_counts_what_changed_and_since_when(read: Reader) -> None:
    told = (await read("/release"))["changes"]
    assert told == {
        "since": "20250523T120000-tiny0000",
        "counts": {"school_opened": 1, "values": 1, "source_release": 1},
    }


async def test_changes_are_listed_in_reading_order_with_their_sources(read: Reader) -> None:
    page = await read("/changes")
    assert [item["change_id"] for item in page["items"]] == [1, 2, 3]
    assert page["items"][1]["largest"] == -40
    assert page["items"][1]["largest_of"] == "E01000001"
    assert page["sources"] == ["gias"]


async def test_changes_are_paged(read: Reader) -> None:
    page = await read("/changes", limit=2)
    rest = await read("/changes", limit=2, cursor=page["next"])
    assert [item["change_id"] for item in page["items"] + rest["items"]] == [1, 2, 3]
    assert page["total"] == 3


async def test_changes_are_kept_by_kind_and_by_school(read: Reader) -> None:
    opened = (await read("/changes", change="school_opened"))["items"]
    assert [item["says"] for item in opened] == ["Oakham Primary opened."]
    assert (await read("/changes", urn=120001))["total"] == 1
    assert (await read("/changes", urn=120002))["total"] == 0
    problem = await read("/changes", change="school_openned", answers=422)
    assert "one of school_opened" in problem["hint"]
