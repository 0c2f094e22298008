"""Small parts of the application: values made once, classes, files, projection."""

import threading
import time
import zipfile
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from api.classes import class_breaks
from api.exports import Column, csv_chunks, geojson_chunks, spreadsheet_safe, workbook
from api.once import Memo, Once
from api.projection import geojson, to_degrees, to_grid


def _together(work, count: int = 8) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_value_wanted_by_many_threads_is_made_once() -> None:
    made: list[int] = []

    def make() -> int:
        time.sleep(0.01)
        made.append(1)
        return 7

    value = Once(make)
    seen: list[int] = []
    _together(lambda: seen.append(value()))
    assert (made, seen) == ([1], [7] * 8)


def test_a_question_asked_by_many_threads_is_worked_once() -> None:
    memo: Memo[str, int] = Memo(4)
    made: list[int] = []

    def make() -> int:
        time.sleep(0.01)
        made.append(1)
        return 7

    _together(lambda: memo.get("same", make))
    assert made == [1]


def test_an_error_is_raised_and_not_remembered() -> None:
    memo: Memo[str, int] = Memo(4)
    with pytest.raises(ZeroDivisionError):
        memo.get("a", lambda: 1 // 0)
    assert memo.get("a", lambda: 2) == 2


def test_the_answer_used_longest_ago_is_forgotten() -> None:
    memo: Memo[str, int] = Memo(2)
    for key in ("a", "b", "a", "c"):
        memo.get(key, lambda: 1)
    assert memo.get("a", lambda: 2) == 1
    assert memo.get("b", lambda: 2) == 2


def test_answers_are_let_go_when_they_weigh_too_much_together() -> None:
    memo: Memo[str, bytes] = Memo(100, most_bytes=10, weigh=len)
    made: list[str] = []

    def ask(name: str, weight: int) -> bytes:
        return memo.get(name, lambda: made.append(name) or bytes(weight))

    ask("a", 4)
    ask("b", 4)
    ask("c", 4)  # twelve together: the oldest goes
    ask("b", 4)
    ask("a", 4)
    assert made == ["a", "b", "c", "a"]
    ask("heavy", 50)  # stays by itself
    ask("heavy", 50)
    assert made == ["a", "b", "c", "a", "heavy"]


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60),
    st.integers(min_value=0, max_value=3),
)
def test_classes_hold_every_value_and_ascend(values: list[float], decimals: int) -> None:
    breaks = class_breaks(values, decimals=decimals)
    assert breaks is not None
    assert breaks[0] <= min(values) + 1e-5
    assert breaks[-1] >= max(values) - 1e-5
    assert all(low < high for low, high in pairwise(breaks))
    assert 2 <= len(breaks) <= 6


def test_classes_of_many_values_hold_about_as_many_each() -> None:
    values = np.random.default_rng(1).normal(50, 10, 1000).tolist()
    breaks = class_breaks(values, decimals=2)
    assert breaks is not None
    counts, _ = np.histogram(values, breaks)
    assert len(counts) == 5
    assert max(counts) - min(counts) <= 5


COLUMNS = [Column("urn", "whole", "Number"), Column("name", "text", "Name")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|x"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert spreadsheet_safe(text) == f"'{text}"


def test_text_in_csv_keeps_its_commas_quotes_and_lines() -> None:
    row = {"urn": 1, "name": 'Hill, "the" school\nOakham'}
    assert b"".join(csv_chunks(COLUMNS, [row])) == (
        b'urn,name\r\n1,"Hill, ""the"" school\nOakham"\r\n'
    )


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1200])
def test_files_written_in_chunks_hold_every_row_once(count: int) -> None:
    rows = [{"urn": number, "name": "x", "lon": 0.5, "lat": 50.0} for number in range(count)]
    lines = b"".join(csv_chunks(COLUMNS, rows)).decode().splitlines()
    assert lines == ["urn,name", *(f"{number},x" for number in range(count))]
    text = b"".join(geojson_chunks(rows, key="urn", sources=["a"])).decode()
    found = shapely.from_geojson(text) if count else None
    assert (len(found.geoms) if found else 0) == count


def test_a_workbook_holds_no_formula_and_says_where_figures_come_from() -> None:
    source = dict.fromkeys(
        ("title", "publisher", "release", "licence", "attribution", "landing_page"), "=1+1"
    )
    rows = [{"urn": 1, "name": "=HYPERLINK()"}, {"urn": None, "name": "https://a.example"}]
    content = workbook(COLUMNS, rows, title="Schools", sources=[source])
    with zipfile.ZipFile(BytesIO(content)) as file:
        sheets = [file.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2, 3)]
        names = file.read("xl/workbook.xml").decode()
    assert all("<f>" not in sheet and "hyperlink" not in sheet for sheet in sheets)
    assert all(f'name="{name}"' in names for name in ("Schools", "Columns", "Sources"))


def test_a_point_comes_back_from_the_grid_where_it_was() -> None:
    x, y = to_grid(-0.7312, 52.6706)
    back = to_degrees(shapely.Point(x, y))
    assert (round(back.x, 6), round(back.y, 6)) == (-0.7312, 52.6706)


def test_rings_run_as_rfc_7946_says() -> None:
    holed = shapely.Polygon(
        [(0, 0), (0, 1), (1, 1), (1, 0)], [[(0.2, 0.2), (0.4, 0.2), (0.4, 0.4)]]
    )
    outer, inner = (shapely.LinearRing(ring) for ring in geojson(holed)["coordinates"])
    assert outer.is_ccw
    assert not inner.is_ccw


def test_rounding_leaves_a_shape_valid() -> None:
    jagged = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.0000001, 0.0000001), (0, 1)])
    assert shapely.geometry.shape(geojson(jagged)).is_valid
