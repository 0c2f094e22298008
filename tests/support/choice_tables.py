"""A village street with two schools, as the tables that a choice and admissions are read from."""

import pandas as pd

from ingest.issues import IssueLog
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_fit import fit_region
from ingest.planning.choice_reading import ChoiceTables
from ingest.planning.market import read_entry
from ingest.schema import TABLES

AUTHORITY = "E06000017"
ELM, OAK, OLD_OAK = 100001, 100002, 100009
WEST, EAST = "E01000001", "E01000002"
YEAR = "2024/25"


def table(name, rows):
    """Return rows as the table of a build: what is not told is missing."""
    declared = next(each for each in TABLES if each.name == name)
    frame = pd.DataFrame(rows, columns=declared.names if not rows else None)
    return declared.typed(frame.reindex(columns=declared.names))


def school(urn, x, **other):
    return {
        "urn": urn,
        "name": f"School {urn}",
        "status": "open",
        "phase": "primary",
        "sector": "state",
        "type": "Community school",
        "la_code": AUTHORITY,
        "age_low": 4,
        "age_high": 11,
        "gender": "Mixed",
        "religious_character": "None",
        "capacity_pupils": 210,
        "capacity_pupils_status": "measured",
        "x": x,
        "y": 300_000.0,
        "is_outside": False,
        "is_covered": True,
    } | other


def homes():
    """Forty postcodes, one every 100 m: twenty in either small area."""
    return [
        {
            "postcode": f"LE15 {number // 26}{chr(65 + number % 26)}A",
            "x": 480_000.0 + 100 * number,
            "y": 300_000.0,
            "lon": -0.8 + 0.0015 * number,
            "lat": 52.6,
            "lsoa21": WEST if number < 20 else EAST,
            "la_code": AUTHORITY,
            "is_outside": False,
            "is_covered": True,
        }
        for number in range(40)
    ]


def people(**ages):
    """Rows of the population of both small areas, by age."""
    return [
        {
            "source_id": "population_lsoa21",
            "area_code": area,
            "year": 2024,
            "age": int(age.removeprefix("of_")),
            "sex": "all",
            "basis": "published",
            "people": count,
            "is_projected": False,
            "status": "measured",
        }
        for area in (WEST, EAST)
        for age, count in ages.items()
    ]


def tables(**told):
    """Return the tables of the street; those told take the place of the usual ones."""
    usual = {
        "school": [school(ELM, 480_000.0), school(OAK, 484_000.0)],
        "postcode": homes(),
        "population": people(of_4=20, of_5=20),
    }
    rows = {**usual, **told}
    return {each.name: table(each.name, rows.get(each.name, [])) for each in TABLES}


def entry(**told):
    """Read the entry into reception; return the choice, the entry and the issues."""
    found, issues = tables(**told), IssueLog()
    choice = ChoiceTables(
        found["flow"], found["school"], found["school_succession"], found["postcode"]
    )
    fitted = fit_region(choice, "primary", matrices={}, issues=issues)
    read = read_entry(
        fitted,
        AdmissionTables(
            population=found["population"],
            numbers=found["admission_number"],
            distances=found["offer_distance"],
            criterion=found["admission_criterion"],
            areas=found["admission_area"],
            school_values=found["school_value"],
            authority_values=found["authority_value"],
        ),
        school=found["school"],
        succession=found["school_succession"],
        postcode=found["postcode"],
        matrices={},
        issues=issues,
    )
    return fitted, read, [f"{each.rule} | {each.subject} | {each.says}" for each in issues.issues]
