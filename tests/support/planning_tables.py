"""Small tables to read forecasts' inputs from, made in sight of the test."""

import pandas as pd

from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.planning.reading import Read, read_inputs

AUTHORITY = "E06000017"
YEARS = ("2021/22", "2022/23", "2023/24", "2024/25")
PRIMARY = ("R", "1", "2", "3", "4", "5", "6")


def school(urn, **other):
    return {
        "urn": urn,
        "name": f"School {urn}",
        "status": "open",
        "phase": "primary",
        "sector": "state",
        "la_code": AUTHORITY,
        "open_date": None,
        "close_date": None,
    } | other


def roll(urn, years=YEARS, groups=PRIMARY, pupils=30, source="rolls", sex="all"):
    """Rows of a roll with as many pupils in every year group."""
    return [
        {
            "source_id": source,
            "urn": urn,
            "academic_year": year,
            "year_group": group,
            "sex": sex,
            "pupils": pupils,
        }
        for year in years
        for group in groups
    ]


def changed(rows, urn, year, group, pupils):
    """Return the rows with another number of pupils in one place; ``None`` leaves the row out."""
    is_it = [
        (row["urn"], row["academic_year"], row["year_group"]) == (urn, year, group) for row in rows
    ]
    assert sum(is_it) == 1
    return [
        row | {"pupils": pupils} if is_one else row
        for row, is_one in zip(rows, is_it, strict=True)
        if not (is_one and pupils is None)
    ]


def frames(*, schools, rolls, **tables):
    """Make the tables of a region with one authority; of the others, the rows given."""
    authorities = pd.DataFrame([{"la_code": AUTHORITY, "la_code_dfe": "857", "name": "Rutland"}])
    told = {"school": schools, "roll": rolls, **tables}
    return Frames(authorities, {name: pd.DataFrame(rows) for name, rows in told.items() if rows})


def read(**tables) -> tuple[Read, list[str]]:
    """Read tables; return what was read and every issue as one line."""
    issues = IssueLog()
    found = read_inputs(frames(**tables), issues)
    return found, [f"{each.rule} | {each.subject} | {each.says}" for each in issues.issues]


def pupils(found: Read, urn, year, group):
    rolls = found.inputs.rolls
    place = list(rolls.urns).index(urn), rolls.years.index(year)
    return rolls.pupils[place][["R", *map(str, range(1, 15))].index(group)]
