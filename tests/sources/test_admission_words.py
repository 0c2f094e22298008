"""Criteria of admission as a real authority words them are understood."""

import csv

import pytest

from config.tables import assumption_table
from planning.choice.criteria import Criterion, Need, read_criteria, read_criterion


@pytest.fixture(scope="module")
def printed(publishers):
    """Every row of the criteria of Waverley's primary schools: words, and places offered."""
    rows = []
    for path in sorted((publishers / "authority" / "surrey").glob("*_crit.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += [
                (row["school_name"], row["criterion_description"], row["criterion_offers"])
                for row in csv.DictReader(file)
            ]
    return rows


def test_no_words_of_an_authority_are_left_over(printed):
    assert len(printed) > 1000
    assert [words for _, words, _ in printed if read_criteria([words]).unknown] == []


def test_as_many_families_are_drawn_with_a_sibling_at_the_school_as_were_offered_places(printed):
    offers = {}
    for _, words, places in printed:
        if places.strip().isdecimal():
            read = read_criterion(words)
            has_sibling = read is not None and bool(read.needs & Need.SIBLING)
            offers[has_sibling] = offers.get(has_sibling, 0) + int(places)
    drawn_pct = assumption_table("families").rows["sibling"]["primary"]
    assert 100 * offers[True] / sum(offers.values()) == pytest.approx(drawn_pct, abs=0.5)


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("Exceptional social/medical need", Need.MEDICAL),
        ("Children of staff", Need.STAFF),
        ("Children living within the parish boundary of Chiddingfold", Need.AREA),
        (
            "Children who live within the parish boundary of St Peter’s Church, Wrecclesham",
            Need.AREA,
        ),
        (
            "Catholic looked after and previously looked after children",
            Need.LOOKED_AFTER | Need.FAITH,
        ),
        (
            "Children for whom the school is the nearest to their home address as measured by "
            "straight line",
            Need.NEAREST,
        ),
        (
            "Children who live outside the ecclesiastical parish boundary of All Saints, Grayswood "
            "and whose parents worship at another Christian church",
            Need.FAITH,
        ),
        (
            "Catholic children without a brother or sister at the school, who are not resident in "
            "the Cranleigh and Bramley parish",
            Need.FAITH,
        ),
        (
            "Any other child whose parents want them to attend this Church of England school",
            Need(0),
        ),
    ],
)
def test_what_is_asked_of_a_child_is_understood(words, needs):
    assert read_criterion(words) == Criterion(needs)
