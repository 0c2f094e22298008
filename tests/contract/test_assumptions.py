"""What may be relied on: what forecasts assume is told with who, when and why."""

import csv
import io

import httpx
import pytest

from tests.contract.conftest import Reader

pytestmark = pytest.mark.anyio


async def test_defaults_and_what_planners_set_stand_side_by_side(read: Reader) -> None:
    page = await read("/assumptions", limit=2)
    rest = await read("/assumptions", limit=2, cursor=page["next"])
    told = [(one["assumption"], one["set_on"]) for one in page["items"] + rest["items"]]
    assert told == [
        ("method.primary", "2025-02-01"),
        ("planning.margin_pct", "2022-03-31"),
        ("planning.margin_pct", "2025-01-12"),
    ]
    assert page["total"] == 3
    assert (page["items"][0]["word"], page["items"][0]["value"]) == ("same", None)


async def test_assumptions_are_kept_by_unit_and_by_use(read: Reader) -> None:
    of_school = (await read("/assumptions", holds_for="school:120001"))["items"]
    assert [one["set_by"] for one in of_school] == ["School organisation team"]
    now = (await read("/assumptions", holds_for="all", in_use="true"))["items"]
    assert [one["value"] for one in now] == [5]
    assert (await read("/assumptions", in_use="false"))["total"] == 1
    problem = await read("/assumptions", in_use="perhaps", answers=422)
    assert "true or false" in problem["hint"]


async def test_the_log_is_had_as_a_file(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/assumptions.csv", params={"in_use": "true"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["assumption"] for row in rows] == ["method.primary", "planning.margin_pct"]
    assert rows[1]["why"] == "The site has no room."
