"""How much is read of a series is compared with what was read before."""

import pytest

from ingest.issues import IssueLog
from ingest.pipeline.loaded import Loaded
from ingest.pipeline.sizes import changes, lost, warn_of


def read(**rows):
    return {name: Loaded(count, 0) for name, count in rows.items()}


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (80, None),
        (79, "79 rows instead of 100 (21 % fewer)"),
        (120, None),
        (121, "121 rows instead of 100 (21 % more)"),
        (0, "0 rows instead of 100 (100 % fewer)"),
    ],
)
def test_a_change_of_more_than_a_fifth_either_way_is_told(now, says):
    found = tuple(changes(read(gias=100), read(gias=now)))
    assert [each.says for each in found] == ([says] if says else [])
    issues = IssueLog()
    warn_of(found, issues)
    assert [issue.severity for issue in issues.issues] == ["warning"] * len(found)


@pytest.mark.parametrize(("now", "is_lost"), [(50, False), (49, True), (300, False)])
def test_a_series_of_which_more_than_half_is_gone_is_lost(now, is_lost):
    found = tuple(changes(read(gias=100), read(gias=now)))
    assert bool(lost(found)) is is_lost


def test_a_series_that_is_gone_altogether_is_lost_unless_a_person_left_it_out():
    assert lost(tuple(changes(read(gias=3), {}))) == ["gias: 0 rows instead of 3 (100 % fewer)"]
    assert tuple(changes(read(gias=3), {}, without=["gias"])) == ()


def test_a_new_series_and_one_that_had_no_rows_are_no_change():
    assert tuple(changes(read(old=0), read(old=5, new=1_000))) == ()
