"""What the atlas says, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.narrative.modes import TRIPS
from api.narrative.postcode import quality_words
from api.narrative.reach import Reached, reach_sentence
from api.narrative.school import SchoolFacts, location_note, school_detail, school_lede
from api.narrative.words import SCHOOL_NOUNS, minutes_words, school_nouns
from config.terms import Phase, SchoolStatus, Sector, Status

HILL, DALE = Reached("Hill School", 62.0), Reached("Dale School", 700.0)
PAGE_EXAMPLES = (
    Path(__file__).parents[3] / "frontend" / "src" / "words" / "reachsentence.examples.json"
)
"""Sentences that the page must say too; its own tests read the same file."""
PRIMARY = ("primary school", "primary schools")


def test_the_sentence_of_all_kinds_counts_state_schools_and_names_the_nearest_of_each() -> None:
    reached = [
        Reached("Ash", 170, Phase.SPECIAL, Sector.INDEPENDENT),
        Reached("Birch", 400, Phase.PRIMARY),
        Reached("Cedar", 500, Phase.PRIMARY, Sector.INDEPENDENT),
        Reached("Elm", 640, Phase.PRIMARY),
        Reached("Fir", 1000, Phase.SECONDARY),
    ]
    said = reach_sentence("LE15 6HP", reached, minutes=20, nouns=("school", "schools"))
    assert said == (
        "From LE15 6HP, 5 schools are within a 20-minute walk: 2 state primary schools, "
        "1 state secondary school and 2 others. The nearest state primary school, Birch, is "
        "7 minutes away; the nearest state secondary school, Fir, is 17 minutes away."
    )


@pytest.mark.parametrize(
    ("reached", "not_covered", "sentence"),
    [
        ([], 0, "From LE15 6HP, no primary school is within a 20-minute walk."),
        (
            [HILL],
            0,
            "From LE15 6HP, 1 primary school is within a 20-minute walk: "
            "Hill School, 1 minute away.",
        ),
        (
            [Reached("Hill School", 59.9)],
            0,
            "From LE15 6HP, 1 primary school is within a 20-minute walk: "
            "Hill School, under a minute away.",
        ),
        (
            [HILL, DALE],
            0,
            "From LE15 6HP, 2 primary schools are within a 20-minute walk. "
            "The nearest, Hill School, is 1 minute away.",
        ),
        (
            [HILL, DALE],
            3,
            "From LE15 6HP, 2 primary schools are within a 20-minute walk. "
            "The nearest, Hill School, is 1 minute away. 3 more primary schools may be: "
            "they lie beyond the streets loaded, so no time can be given.",
        ),
        (
            [],
            1,
            "From LE15 6HP, no primary school is known to be within a 20-minute walk. "
            "1 primary school may be: it lies beyond the streets loaded, so no time can be given.",
        ),
    ],
)
def test_the_sentence_of_reach(reached: list[Reached], not_covered: int, sentence: str) -> None:
    said = reach_sentence("LE15 6HP", reached, minutes=20, nouns=PRIMARY, not_covered=not_covered)
    assert said == sentence


def _school(**more: object) -> SchoolFacts:
    facts = {
        "name": "Hill School",
        "status": SchoolStatus.OPEN,
        "phase": Phase.PRIMARY,
        "sector": Sector.STATE,
        "place": "Oakham",
    }
    return SchoolFacts(**(facts | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Hill School is a primary school in Oakham."),
        (
            {"sector": Sector.INDEPENDENT, "phase": Phase.NOT_STATED, "place": None},
            "Hill School is an independent school.",
        ),
        (
            {"phase": Phase.ALL_THROUGH, "age_low": 3, "age_high": 18},
            "Hill School is an all-through school for ages 3 to 18 in Oakham.",
        ),
        (
            {"pupils": 1, "census_date": "2025-01-16"},
            "Hill School is a primary school in Oakham. "
            "At the census of 16 January 2025 it had 1 pupil.",
        ),
        (
            {"pupils": 1203, "capacity_pupils": 1250},
            "Hill School is a primary school in Oakham. "
            "At the latest census in the register it had 1,203 pupils; it has places for 1,250.",
        ),
        (
            {"capacity_pupils": 210},
            "Hill School is a primary school in Oakham. It has places for 210.",
        ),
        (
            {"pupils": 0},
            "Hill School is a primary school in Oakham. "
            "At the latest census in the register it had no pupils.",
        ),
        (
            {"status": SchoolStatus.CLOSED, "close_date": "2019-08-31", "pupils": 3},
            "Hill School was a primary school in Oakham. It closed on 31 August 2019.",
        ),
        (
            {"status": SchoolStatus.CLOSED},
            "Hill School was a primary school in Oakham. It has closed.",
        ),
        (
            {"status": SchoolStatus.PROPOSED, "open_date": "2027-09-01"},
            "Hill School is proposed: a primary school in Oakham, due to open on 1 September 2027.",
        ),
        (
            {"status": SchoolStatus.CLOSING, "close_date": "2026-08-31"},
            "Hill School is a primary school in Oakham. "
            "It is open and is proposed to close on 31 August 2026.",
        ),
    ],
)
def test_the_lede_of_a_school(more: dict[str, object], sentence: str) -> None:
    assert school_lede(_school(**more)) == sentence


def test_no_school_is_called_failing_or_ranked() -> None:
    said = " ".join(
        school_lede(_school(phase=phase, sector=sector, status=status, pupils=3))
        for phase in Phase
        for sector in Sector
        for status in SchoolStatus
    )
    for word in ("failing", "deprived", "best", "worst", "rank"):
        assert word not in said


def test_every_phase_has_its_nouns() -> None:
    assert set(SCHOOL_NOUNS) == set(Phase)


def test_schools_are_called_what_the_filter_keeps() -> None:
    assert school_nouns() == ("school", "schools")
    assert school_nouns([Phase.PRIMARY, Phase.SECONDARY]) == (
        "primary or secondary school",
        "primary or secondary schools",
    )
    assert school_nouns([Phase.PRIMARY, Phase.SIXTEEN_PLUS])[1] == "schools of the kinds chosen"
    assert school_nouns([Phase.PRIMARY], [Sector.STATE]) == (
        "state primary school",
        "state primary schools",
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under a minute"),
        (59.9, "under a minute"),
        (60, "1 minute"),
        (89, "1 minute"),
        (119, "2 minutes"),
        (3600, "60 minutes"),
    ],
)
def test_minutes_are_said_as_people_do(seconds: float, words: str) -> None:
    assert minutes_words(seconds) == words


def test_a_closed_school_is_told_apart_in_the_list() -> None:
    said = school_detail(Phase.PRIMARY, Sector.STATE, SchoolStatus.CLOSED, "Oakham")
    assert said == "Primary school in Oakham (closed)"


def test_a_school_beyond_the_streets_says_so() -> None:
    said = location_note(Status.MEASURED, is_outside=True, is_covered=False)
    assert said == (
        "Beyond the street map that was loaded, so no travel time can be given. "
        "Outside the authorities this atlas is about."
    )


def test_every_known_quality_has_words() -> None:
    said = [quality_words(quality) for quality in (10, 20, 30, 40, 50, 60, 90, None, 7)]
    assert said[-1] == said[-2] == "Position: how well it is known is not stated."
    assert len(set(said)) == 8


@pytest.mark.parametrize(
    "example", json.loads(PAGE_EXAMPLES.read_text()), ids=lambda one: one["says"]
)
def test_the_page_says_the_same_of_reach_as_the_api(example: dict[str, Any]) -> None:
    given = example["given"]
    said = reach_sentence(
        given["origin"],
        [
            Reached(one["name"], one["seconds"], Phase(one["phase"]), Sector(one["sector"]))
            for one in given["reached"]
        ],
        minutes=given["minutes"],
        nouns=school_nouns(
            [Phase(phase) for phase in given["phases"]],
            [Sector(sector) for sector in given["sectors"]],
        ),
        not_covered=given["notCovered"],
        trip=TRIPS[given["mode"]],
        is_goal=given["isGoal"],
    )
    assert said == example["says"]
