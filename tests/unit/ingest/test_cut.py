"""A cut knows which schools it keeps, also by their establishment numbers."""

from datetime import date

import pandas as pd

from ingest.pipeline.work import numbered
from ingest.source import Cut

DAY = date(2015, 5, 14)
SCHOOLS = pd.DataFrame(
    [
        (100001, "2020-09-01", None, "857", 2001),  # an academy since
        (100002, None, "2020-08-31", "857", 2001),  # the school it was
        (100003, "2014-09-01", None, "857", 4001),
        (100004, "2014-09-01", "2015-01-01", "857", 4002),
        (100005, "2016-09-01", None, "857", 4003),
        (100006, "2018-09-01", None, "857", 4003),
        (100007, None, None, "857", None),
    ],
    columns=["urn", "open_date", "close_date", "la_code_dfe", "establishment_number"],
).astype({"establishment_number": "Int64"})
CUT = Cut(frozenset({"857"}), frozenset(), register=numbered(SCHOOLS))


def urn_of(laestab):
    return CUT.urns_of(pd.Series([laestab], dtype="Int64"), on=DAY).tolist()


def test_the_school_that_was_open_on_the_day_had_the_number():
    assert urn_of(8572001) == [100002]
    assert urn_of(8574001) == [100003]


def test_otherwise_it_is_the_first_one_opened_after_it():
    assert urn_of(8574003) == [100005]


def test_otherwise_it_is_the_last_one_closed():
    assert urn_of(8574002) == [100004]


def test_a_number_of_no_school_here_has_none():
    assert urn_of(8584001) == [pd.NA]
    assert urn_of(None) == [pd.NA]
