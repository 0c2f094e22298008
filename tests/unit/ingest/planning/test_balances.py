"""Places by year group from what is told of schools, and need and spare from a forecast."""

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from config.authority import authorities
from config.planning import Planning
from ingest.planning.balances import balance_rows, places_ahead, unfilled_rows
from ingest.planning.place_costs import cost_rows
from ingest.planning.places_by_group import PLANNED, places_now
from ingest.schema.choices import PLACE_BALANCE, PLACE_COST, SCHOOL_UNFILLED

PRIMARY, SECONDARY = PLANNED[:7], PLANNED[7:]
NOBODY_BEFORE = pd.DataFrame({"urn": [], "successor_urn": []}, dtype="int64")
NO_NUMBERS = pd.DataFrame(columns=["urn", "academic_year", "year_group", "places"])
ONE, TWO, THREE = 100_001, 100_002, 100_003
WHY = {"set_by": "School organisation team", "set_on": "2026-01-12", "why": "A new estate."}


def _school(urn: int, ages: tuple[int, int] = (4, 11), **other: object) -> dict[str, object]:
    return {
        "urn": urn,
        "status": "open",
        "age_low": ages[0],
        "age_high": ages[1],
        "capacity_pupils": pd.NA,
        "capacity_pupils_status": "unavailable",
        "close_date": pd.NA,
    } | other


def _surveyed(*rows: tuple[int, str, float], year: str = "2024/25") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["urn", "phase", "places"])
    return frame.assign(source_id="school_capacity", academic_year=year)


NOTHING_SURVEYED = _surveyed()


def _admitted(*rows: tuple[int, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["urn", "year_group", "places"])
    return frame.assign(academic_year="2024/25")


def _now(school: dict[str, object], surveyed=NOTHING_SURVEYED, admitted=NO_NUMBERS, after=None):
    before = NOBODY_BEFORE if after is None else after
    return places_now(pd.DataFrame([school]), surveyed, admitted, before)


def test_capacity_of_the_survey_goes_before_admission_number_and_register():
    school = _school(1, capacity_pupils=420, capacity_pupils_status="measured")
    surveyed, admitted = _surveyed((1, "primary", 210)), _admitted((1, "R", 45))
    for told, places, basis in (
        ((surveyed, admitted), 30.0, "capacity"),
        ((NOTHING_SURVEYED, admitted), 45.0, "admission_number"),
        ((NOTHING_SURVEYED, NO_NUMBERS), 60.0, "register"),
    ):
        now = _now(school, *told)
        assert now.places.tolist() == [[places] * 7 + [0.0] * 5]
        assert now.basis == (basis,)


def test_the_places_of_a_sixth_form_are_no_others():
    """1,330 places with 280 for the sixth form leave 1,050: 210 for each of years 7 to 11."""
    surveyed = _surveyed((1, "secondary", 1_330), (1, "sixth_form", 280))
    now = _now(_school(1, (11, 18)), surveyed)
    assert now.places.tolist() == [[0.0] * 7 + [210.0] * 5]


def test_the_few_who_join_a_sixth_form_do_not_make_it_small():
    """1,470 places, 210 admitted to year 7 and 20 more from elsewhere to year 12: 210 in each."""
    admitted = _admitted((1, "7", 210), (1, "12", 20))
    now = _now(_school(1, (11, 18)), _surveyed((1, "secondary", 1_470)), admitted)
    assert now.places.tolist() == [[0.0] * 7 + [210.0] * 5]


def test_a_school_that_takes_in_more_at_year_3_has_room_for_both():
    """30 admitted to reception, and 15 from elsewhere to year 3."""
    now = _now(_school(1), admitted=_admitted((1, "R", 30), (1, "3", 15)))
    assert now.places.tolist() == [[30.0] * 3 + [45.0] * 4 + [0.0] * 5]


def test_a_middle_school_has_its_places_in_years_5_to_8():
    now = _now(_school(1, (9, 13)), _surveyed((1, "secondary", 480)))
    assert now.places.tolist() == [[0.0] * 5 + [120.0] * 4 + [0.0] * 3]


def test_a_school_of_two_phases_has_what_is_told_of_each():
    now = _now(_school(1, (4, 16)), _surveyed((1, "primary", 420), (1, "secondary", 1_350)))
    assert now.places.tolist() == [[60.0] * 7 + [270.0] * 5]


def test_a_school_that_the_survey_does_not_have_yet_has_those_of_the_ones_it_followed():
    after = pd.DataFrame({"urn": [8, 9], "successor_urn": [1, 1]})
    surveyed = _surveyed((8, "primary", 90), (9, "primary", 120))
    assert _now(_school(1), surveyed, after=after).places[0, 0] == 30.0


def test_places_that_nobody_tells_are_not_none():
    now = _now(_school(1))
    assert np.isnan(now.places).all()
    assert now.basis == ("unknown",)


NOW = places_now(
    pd.DataFrame(
        [_school(ONE), _school(TWO), _school(THREE, status="closing", close_date="2026-08-31")]
    ),
    _surveyed((ONE, "primary", 210), (TWO, "primary", 210), (THREE, "primary", 105)),
    NO_NUMBERS,
    NOBODY_BEFORE,
)
MEMBERS = pd.DataFrame(
    {"planning_area": ["A", "B", "B"], "phase": "primary", "urn": [ONE, TWO, THREE]}
)
LA = {"A": "E06000017", "B": "E06000017"}


def _places(*planned: dict[str, object]):
    planning = Planning.model_validate({"places": [each | WHY for each in planned]})
    return places_ahead(NOW, ["2025/26", "2026/27"], planning.places)


def _reception(places) -> dict[tuple[int, str], float]:
    rows = places.by_school[places.by_school["year_group"] == "R"]
    return rows.set_index(["urn", "academic_year"])["places"].to_dict()


def test_a_school_that_closes_has_no_places_after_it():
    reception = _reception(_places())
    assert reception[THREE, "2025/26"] == 15.0
    assert reception[THREE, "2026/27"] == 0.0


def test_planned_places_come_and_go_in_their_year_and_never_below_none():
    reception = _reception(
        _places(
            {"urn": ONE, "phase": "primary", "from_year": "2026/27", "places": 210},
            {"urn": TWO, "phase": "primary", "from_year": "2025/26", "places": -700},
        )
    )
    assert reception[ONE, "2025/26"] == 30.0
    assert reception[ONE, "2026/27"] == 60.0
    assert reception[TWO, "2025/26"] == 0.0


def test_a_proposed_school_has_the_places_that_are_planned_for_it():
    proposed = _school(
        ONE, status="proposed", capacity_pupils=420, capacity_pupils_status="measured"
    )
    now = _now(proposed)
    change = {"urn": ONE, "phase": "primary", "from_year": "2026/27", "places": 420} | WHY
    planned = Planning.model_validate({"places": [change]}).places
    assert set(now.places[0]) == {0.0}
    reception = _reception(places_ahead(now, ["2025/26", "2026/27"], planned))
    assert reception == {(ONE, "2025/26"): 0.0, (ONE, "2026/27"): 60.0}


def test_places_of_sixth_forms_are_refused_since_no_need_is_told_of_them():
    change = {"urn": ONE, "phase": "sixth_form", "from_year": "2026/27", "places": 60} | WHY
    with pytest.raises(ValidationError, match="primary' or 'secondary"):
        Planning.model_validate({"places": [change]})


def _expected(**reception: float) -> pd.DataFrame:
    """Expect so many in reception of each area, and 30 in every other year group."""
    rows = [
        (area, year, group, pupils if group == "R" else 30.0)
        for area, pupils in reception.items()
        for year in ("2025/26", "2026/27")
        for group in PRIMARY
    ]
    columns = ["planning_area", "academic_year", "year_group", "pupils_expected"]
    return pd.DataFrame(rows, columns=columns)


def _balances(expected: pd.DataFrame, *planned: dict[str, object], **settings: object):
    planning = Planning.model_validate(WHY | {"margin_pct": 0} | settings)
    rows = balance_rows(expected, MEMBERS, _places(*planned), planning, LA)
    typed = PLACE_BALANCE.typed(rows)
    assert PLACE_BALANCE.broken_rules(typed) == []
    return typed


def _cell(rows, area: str, year: str, group: str = "R"):
    found = rows[
        (rows["planning_area"] == area)
        & (rows["academic_year"] == year)
        & (rows["year_group"] == group)
    ]
    return found.iloc[0]


def test_need_and_spare_stand_side_by_side_in_every_year_group():
    rows = _balances(_expected(A=42.0, B=40.0))
    assert _cell(rows, "A", "2025/26")[["need", "spare"]].tolist() == [12.0, 0.0]
    assert _cell(rows, "B", "2025/26")[["need", "spare"]].tolist() == [0.0, 5.0]
    assert _cell(rows, "B", "2026/27")[["need", "spare"]].tolist() == [10.0, 0.0]
    assert _cell(rows, "B", "2025/26", "1")[["need", "spare"]].tolist() == [0.0, 15.0]
    assert set(rows["basis"]) == {"capacity"}


def test_a_margin_of_an_area_holds_there_alone():
    own = WHY | {"id": "planning.margin_pct", "value": 10, "holds_for": "planning_area:B"}
    rows = _balances(_expected(A=30.0, B=30.0), assumptions=[own])
    assert _cell(rows, "A", "2026/27")["need"] == 0.0
    assert _cell(rows, "B", "2026/27")["need"] == pytest.approx(3.0)


def test_places_planned_for_an_area_count_before_a_school_is_chosen():
    change = {"planning_area": "A", "phase": "primary", "from_year": "2026/27", "places": 70}
    rows = _balances(_expected(A=42.0), change)
    assert _cell(rows, "A", "2025/26")["need"] == 12.0
    assert _cell(rows, "A", "2026/27")["need"] == 2.0


def test_an_area_without_a_forecast_has_no_figures_and_says_so():
    rows = _balances(_expected(A=42.0))
    assert pd.isna(_cell(rows, "B", "2025/26")["need"])
    assert _cell(rows, "B", "2025/26")["status"] == "unavailable"


def test_beyond_the_years_that_a_phase_is_forecast_for_there_is_nothing():
    """Places without a forecast are not spare: nobody has said how many pupils there will be."""
    expected = _expected(A=42.0)
    first = expected[expected["academic_year"] == "2025/26"]
    assert set(_balances(first)["academic_year"]) == {"2025/26"}


def test_unfilled_places_are_counted_school_by_school():
    expected = pd.DataFrame(
        {
            "urn": [ONE, TWO],
            "phase": "primary",
            "academic_year": "2025/26",
            "pupils_expected": [230.0, 190.0],
        }
    )
    rows = SCHOOL_UNFILLED.typed(unfilled_rows(expected, _places(), MEMBERS))
    assert SCHOOL_UNFILLED.broken_rules(rows) == []
    told = rows[rows["academic_year"] == "2025/26"].set_index("urn")
    assert told.loc[[ONE, TWO], "unfilled"].tolist() == [0.0, 20.0]
    assert told.loc[THREE, "status"] == "unavailable"


def _costs(values: list[tuple[str, str, float]], la_code: str = "E06000017"):
    frame = pd.DataFrame(values, columns=["area_code", "period", "value"])
    frame = frame.assign(measure="scorecard_cost_expansion_primary")
    balances = _balances(_expected(A=42.0, B=15.0))
    rows = cost_rows(balances, frame, {"A": la_code}, authorities())
    if len(rows):
        assert PLACE_COST.broken_rules(PLACE_COST.typed(rows)) == []
    return rows


def test_need_is_priced_at_the_authoritys_own_published_cost():
    """12 places short are shown as 10, at the 20,770 pounds that the scorecards print: 207,700."""
    (row,) = _costs(
        [("E92000001", "2024/25", 20_000.0), ("E06000017", "2024/25", 20_770.0)]
    ).itertuples()
    assert (row.need_rounded, row.pounds, row.basis) == (10, 207_700.0, "authority")
    assert row.regional_factor == pytest.approx(1.0385)


def test_where_no_cost_of_its_own_is_printed_the_factor_of_its_region_is_used():
    """Rutland lies in the East Midlands: 1.03."""
    (row,) = _costs([("E92000001", "2024/25", 20_000.0)]).itertuples()
    assert (row.pounds_per_place, row.basis) == (20_600.0, "region")


def test_an_authority_in_no_region_has_englands_price_and_says_so():
    (row,) = _costs([("E92000001", "2024/25", 20_000.0)], "E06900001").itertuples()
    assert (row.pounds_per_place, row.regional_factor, row.basis) == (20_000.0, 1.0, "england")


def test_without_a_published_cost_there_is_none():
    assert _costs([]).empty
