"""What may be relied on: earlier forecasts are listed, and what has changed since is told why."""

import csv
import io

import httpx
import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_vintages import LAST

pytestmark = pytest.mark.anyio


async def test_forecasts_that_were_in_use_are_listed(read: Reader) -> None:
    (vintage,) = (await read("/vintages"))["items"]
    assert (vintage["vintage"], vintage["made_in"]) == (LAST, "2023/24")
    assert vintage["says"] == "First forecast kept, from rolls up to 2023/24."


async def test_the_causes_of_a_figure_add_up_to_its_change(read: Reader) -> None:
    page = await read("/forecast-changes", level="authority", phase="primary")
    assert page["total"] == len(page["items"]) == 6
    changes = {one["cause"]: one["pupils_change"] for one in page["items"]}
    assert changes["migration"] == -40
    for one in page["items"]:
        assert sum(changes.values()) == one["pupils_after"] - one["pupils_before"]
        assert one["compared_with"] == LAST


async def test_causes_are_paged_and_kept_by_unit(read: Reader) -> None:
    page = await read("/forecast-changes", limit=7)
    rest = await read("/forecast-changes", limit=7, cursor=page["next"])
    assert [one["level"] for one in page["items"] + rest["items"]] == [
        *["authority"] * 6,
        *["school"] * 6,
    ]
    assert (await read("/forecast-changes", unit_code="E06000017"))["total"] == 6
    assert (await read("/forecast-changes", phase="secondary"))["total"] == 0
    await read("/forecast-changes", level="ward", answers=422)


async def test_the_causes_are_had_as_a_file(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/forecast-changes.csv", params={"level": "school"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 6
    assert sum(float(row["pupils_change"]) for row in rows) == -43
