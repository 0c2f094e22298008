"""Ofsted's latest inspections: report cards since November 2025, and the grades before them."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from ingest.sample.codes import la_code_dfe
from ingest.sample.files.pieces import ROWS, append
from ingest.sample.files.series import Country, County, Series
from ingest.sample.people.provision import NONE

ENCODING: Final = "cp1252"
CARD_AREAS: Final = (
    *("Inclusion", "Curriculum and teaching", "Achievement", "Attendance and behaviour"),
    *("Personal development and wellbeing", "Leadership and governance"),
)
OLD_AREAS: Final = (
    *("overall effectiveness", "quality of education", "behaviour and attitudes"),
    *("personal development", "effectiveness of leadership and management"),
)
EARLY: Final = "early years provision (where applicable)"
SIXTH: Final = "sixth form provision (where applicable)"

HEADER: Final = (
    *("Web link", "URN", "LAESTAB", "School name", "Ofsted phase", "Type of education"),
    *("Local authority", "Postcode", "URN at time of latest full inspection"),
    *("Inspection start date", "Publication date", "Safeguarding standards", *CARD_AREAS),
    *("Early years (where applicable)", "Post-16 provision (where applicable)"),
    *("Category of concern", "Inspection start date of latest OEIF graded inspection"),
    "Publication date of latest OEIF graded inspection",
    "URN at time of latest OEIF graded inspection",
    *(f"Latest OEIF {area}" for area in (*OLD_AREAS, EARLY, SIXTH)),
    *("URN at time of the ungraded inspection", "Date of latest ungraded inspection"),
    *("Ungraded inspection publication date", "Ungraded inspection overall outcome"),
)

NOT_INSPECTED: Final = ("independent", "independent_prep", "sixth_form")
"""Other inspectorates, or other files, tell of these."""
FIRST_CARD: Final = date(2025, 11, 10)
LAST_DAY: Final = date(2026, 1, 23)
NO_SINGLE_GRADE: Final = date(2024, 9, 2)
"""Inspections from this day on give no overall grade."""
OLDEST: Final = date(2019, 9, 16)
WITH_CARD: Final = 0.14
UNGRADED: Final = 0.35
PUBLISHED_AFTER_DAYS: Final = 38
YEARS_UNTIL_THE_FIRST: Final = 3
"""A new school is not inspected before."""
CARD_GRADES: Final = (
    *("Urgent improvement", "Needs attention", "Expected standard", "Strong standard"),
    "Exceptional",
)
CARD_STEPS: Final = (-2.3, -1.1, 0.45, 2.2)
"""Where the grades of a report card begin, in standard deviations of what is seen of a school."""
OLD_STEPS: Final = (1.3, -1.0, -2.1)
"""Where grades 1, 2 and 3 begin."""


def _part(county: County, folder: Path) -> None:
    rng = county.tile.rng("files inspections")
    schools = county.people.schools
    effect = county.people.outcomes.effect
    rows = []
    for row in range(len(schools)):
        school = schools.iloc[row]
        draws = rng.random(4)
        seen = float(effect[school["provision"]]) + rng.normal(0, 0.6, 14)
        is_open = str(school["status_gias"]).startswith("Open")
        if is_open and school["kind"] not in NOT_INSPECTED:
            found = _of_school(county, row, draws, seen)
            rows.append([found.get(name, "") for name in HEADER])
    with (folder / ROWS).open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file).writerows(rows)


def _of_school(county: County, row: int, draws: Any, seen: Any) -> dict[str, object]:  # noqa: ANN401 - arrays of numbers
    """Return what the file says of a school: a report card, grades, or that it is yet to come."""
    schools = county.people.schools
    school = schools.iloc[row]
    number = school["establishment_number"]
    found: dict[str, object] = {
        "URN": school["urn"],
        "LAESTAB": f"{la_code_dfe(int(school['authority']))}{number}",
        "School name": school["name"],
        "Type of education": school["type"],
        "Local authority": county.names_of(int(school["authority"])).name,
        "Postcode": school["postcode"],
    }
    if draws[0] < WITH_CARD:
        found |= _card(school, draws, seen[:7])
    began = _day(OLDEST, date(2025, 7, 4), draws[1])
    opened = _opened(schools, row)
    if began < opened + timedelta(365 * YEARS_UNTIL_THE_FIRST):
        return found
    found |= _grades(schools, row, began, seen[7:])
    if draws[2] < UNGRADED and began < date(2023, 1, 1):
        good = found["Latest OEIF overall effectiveness"] in ("1", "2")
        day = _day(date(2023, 1, 9), date(2024, 7, 12), draws[3])
        outcome = "School remains Good" if good else "Action taken to improve"
        found |= {
            "URN at time of the ungraded inspection": _urn_on(schools, row, day),
            "Date of latest ungraded inspection": _written(day),
            "Ungraded inspection publication date": _published(day),
            "Ungraded inspection overall outcome": outcome,
        }
    return found


def _card(school: Any, draws: Any, seen: Any) -> dict[str, object]:  # noqa: ANN401
    began = _day(FIRST_CARD, LAST_DAY - timedelta(PUBLISHED_AFTER_DAYS), draws[1])
    grades = [CARD_GRADES[int(np.searchsorted(CARD_STEPS, each))] for each in seen]
    has_early = school["first_year_group"] <= 0 and school["kind"] != "special"
    return {
        "URN at time of latest full inspection": school["urn"],
        "Inspection start date": _written(began),
        "Publication date": _published(began),
        "Safeguarding standards": "Met" if seen.min() > -2.6 else "Not met",  # noqa: PLR2004 - as rarely as that
        **dict(zip(CARD_AREAS, grades, strict=False)),
        "Early years (where applicable)": grades[6] if has_early else "",
        "Post-16 provision (where applicable)": grades[5] if school["sixth_form_places"] else "",
    }


def _grades(schools: Any, row: int, began: date, seen: Any) -> dict[str, object]:  # noqa: ANN401
    school = schools.iloc[row]
    grades = [str(1 + sum(each < step for step in OLD_STEPS)) for each in seen]
    overall = "Not judged" if began >= NO_SINGLE_GRADE else max(grades[1], grades[4])
    has_early = school["first_year_group"] <= 0 and school["kind"] != "special"
    return {
        "Inspection start date of latest OEIF graded inspection": _written(began),
        "Publication date of latest OEIF graded inspection": _published(began),
        "URN at time of latest OEIF graded inspection": _urn_on(schools, row, began),
        **{f"Latest OEIF {area}": grade for area, grade in zip(OLD_AREAS, grades, strict=False)},
        "Latest OEIF overall effectiveness": overall,
        f"Latest OEIF {EARLY}": grades[5] if has_early else "9",
        f"Latest OEIF {SIXTH}": grades[6] if school["sixth_form_places"] else "9",
    }


def _opened(schools: Any, row: int) -> date:  # noqa: ANN401
    """Return the day on which a school opened with its first number."""
    while schools["follows"].iloc[row] != NONE:
        row = int(schools["follows"].iloc[row])
    return _read(schools["open_date"].iloc[row])


def _urn_on(schools: Any, row: int, day: date) -> int:  # noqa: ANN401
    """Return the number that a school had on a day."""
    while schools["follows"].iloc[row] != NONE and _read(schools["open_date"].iloc[row]) > day:
        row = int(schools["follows"].iloc[row])
    return int(schools["urn"].iloc[row])


def _read(text: str) -> date:
    return date(int(text[6:]), int(text[3:5]), int(text[:2])) if text else date(1950, 9, 1)


def _day(first: date, last: date, share: float) -> date:
    """Return a Tuesday between two days."""
    day = first + timedelta(int(share * (last - first).days))
    return day + timedelta(1 - day.weekday())


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _published(began: date) -> str:
    return _written(began + timedelta(PUBLISHED_AFTER_DAYS))


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    with out.open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file).writerow(HEADER)
    with out.open("ab") as file:
        append(file, (part / ROWS for part in parts))


SERIES: Final = Series(
    source="inspections",
    file="ofsted/Management_information_-_state-funded_schools_-_"
    "latest_inspections_as_at_31_Jan_2026.csv",
    part=_part,
    join=_join,
)
