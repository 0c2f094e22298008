"""How far off forecasts were: what a client may rely on."""

import csv
import io

import httpx
import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_balances import OTHERS
from tests.support.tiny_rows import INSIDE

pytestmark = pytest.mark.anyio


async def test_rows_of_rolls_and_of_scorecards_stand_apart(read: Reader) -> None:
    answer = await read("/accuracy", made_by="authority")
    told = {row["source_id"]: row for row in answer["items"]}
    assert (told["rolls"]["pupils_expected"], told["rolls"]["pupils_came"]) == (2828, 2800)
    assert told["scorecards"]["error_ratio"] == pytest.approx(0.012)
    assert told["scorecards"]["is_hindcast"] is False
    assert {row["unit_code"] for row in answer["items"]} == {INSIDE}


async def test_an_authoritys_error_is_set_among_all_of_england(read: Reader) -> None:
    """1.2 % off; the others 1.0, 2.0, … 7.0 %: quarters end at 1.8 and 5.25 % of the eight.

    Sorted, the sizes are 1.0, 1.2, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0: the lower quarter ends at three
    quarters of the way from 1.2 to 2.0.
    """
    (one,) = (await read("/accuracy", la_code=INSIDE))["verdicts"]
    assert one["verdict"] == "most_accurate"
    assert one["authorities"] == 8
    assert one["error_ratio"] == pytest.approx(0.012)
    assert one["same_error_ratio"] == pytest.approx(0.016)


async def test_sentences_say_so_also_where_the_simplest_method_or_the_authority_was_nearer(
    read: Reader,
) -> None:
    answer = await read("/accuracy")
    assert answer["sentences"] == [
        "Rutland's own forecast of primary pupils in 2024/25, made a year before, was 1.2 % too "
        "high: among the most accurate quarter of 8 authorities.",
        "The same as last year would have been off by 1.6 % and last year's change once more by "
        "0.2 %; last year's change once more would have been nearer.",
        "In one forecast of primary pupils in Rutland the authority's own and the atlas were about "
        "the same, 1.0 % off.",
    ]


async def test_another_authority_of_england_can_be_asked_for(read: Reader) -> None:
    answer = await read("/accuracy", la_code=OTHERS[-1])
    assert [row["unit_code"] for row in answer["items"]] == [OTHERS[-1]]
    assert answer["verdicts"][0]["verdict"] == "least_accurate"


async def test_filters_keep_what_is_asked_for(read: Reader) -> None:
    assert (await read("/accuracy", years_ahead=2))["items"] == []
    assert (await read("/accuracy", phase="secondary"))["items"] == []
    assert (await read("/accuracy", level="school"))["verdicts"] == []
    assert {row["made_by"] for row in (await read("/accuracy", made_by="drift"))["items"]} == {
        "drift"
    }


async def test_the_record_is_paged(read: Reader) -> None:
    page = await read("/accuracy", limit=4)
    rest = await read("/accuracy", limit=4, cursor=page["next"])
    assert page["total"] == 6
    assert len(page["items"]) + len(rest["items"]) == 6


async def test_an_unknown_authority_is_a_problem(read: Reader) -> None:
    problem = await read("/accuracy", la_code="E06000001", answers=404)
    assert problem["suggestions"] == [INSIDE]


async def test_the_file_holds_the_same_rows(client: httpx.AsyncClient, read: Reader) -> None:
    answer = await client.get("/api/v1/accuracy.csv", params={"la_code": INSIDE})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    items = (await read("/accuracy", la_code=INSIDE))["items"]
    assert [row["made_by"] for row in rows] == [item["made_by"] for item in items]


async def test_one_school_or_area_can_be_asked_for_by_its_code(read: Reader) -> None:
    assert (await read("/accuracy", unit_code=INSIDE))["total"] == 6
    assert (await read("/accuracy", level="school", unit_code="100001"))["items"] == []
