"""An authority's own admissions: the last distance offered, school by school and year by year."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import Status
from ingest.own.admissions import METHOD, METHODS, PAGE, SCHOOL, YEAR_ENTERED, YEAR_OF_ENTRY
from ingest.own.cells import Fault, faulty, read_own
from ingest.own.declare import Column, Template
from ingest.own.schools import of_known_schools
from ingest.own.source import own_source
from ingest.schema.provision import ADMISSION_NUMBER, OFFER_DISTANCE
from ingest.source import Reading, Rows

ID: Final = "admissions"
METRES_PER: Final = {
    "last_distance_m": 1.0,
    "last_distance_km": 1000.0,
    "last_distance_miles": 1609.344,
}
"""The international mile is 1,609.344 metres exactly."""
ALL_OFFERED: Final = "all_offered"
YES: Final = dict.fromkeys(("yes", "y", "true", "1", "all"), "yes") | dict.fromkeys(
    ("no", "n", "false", "0"), "no"
)


def _distance(name: str, unit: str) -> Column:
    return Column(
        name=name,
        says=(
            f"Distance in {unit} from home to school of the last child offered a place by "
            "distance on offer day; give it in one unit."
        ),
        kind="number",
        blank="no child was offered a place by distance, or it is not known",
        also=(name.removeprefix("last_"), f"last distance offered {name.rpartition('_')[2]}"),
        example="1320" if name.endswith("_m") else "",
    )


TEMPLATE: Final = Template(
    id=ID,
    title="Last distance offered and places offered, by school",
    says=(
        "How far from each school the last child lived who was offered a place by distance, as the "
        "authority publishes it after offer day."
    ),
    columns=(
        SCHOOL,
        YEAR_OF_ENTRY,
        YEAR_ENTERED,
        _distance("last_distance_m", "metres"),
        _distance("last_distance_km", "kilometres"),
        _distance("last_distance_miles", "miles"),
        Column(
            name=ALL_OFFERED,
            says="Yes, where every child whose parents asked for the school was offered a place.",
            kind="choice",
            choices=YES,
            blank="no, or not known",
            example="no",
        ),
        METHOD,
        Column(
            name="offers",
            says="Places offered on offer day.",
            kind="count",
            blank="not known",
            example="60",
        ),
        Column(
            name="pan",
            says="Published admission number: places there are.",
            kind="count",
            also=("admission number", "published admission number"),
            blank="not known",
            example="60",
        ),
        Column(
            name="criterion",
            says="The criterion under which the last place was offered, in the authority's words.",
            kind="text",
            blank="not stated",
        ),
        PAGE,
    ),
    key=("urn", "year_of_entry", "year_group"),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one table of distances."""
    rows = read_own(path, TEMPLATE, reading.issues)
    if faults := _odd(rows):
        raise faulty(ID, path.name, faults)
    rows = of_known_schools(rows, reading, source=ID, file=path.name)
    metres = _metres(rows)
    told = pd.DataFrame(
        {
            "source_id": ID,
            "urn": rows["urn"],
            "academic_year": rows["year_of_entry"],
            "year_group": rows["year_group"],
        }
    )
    has_number = rows["pan"].notna()
    return {
        OFFER_DISTANCE: told.assign(
            metres=metres,
            method=rows["method"].fillna(METHODS["not stated"]),
            offers=rows["offers"],
            criterion=rows["criterion"],
            source_page=rows["source_page"],
            status=_status(metres, rows[ALL_OFFERED]),
        ),
        ADMISSION_NUMBER: told[has_number].assign(
            places=rows.loc[has_number, "pan"], status=str(Status.MEASURED)
        ),
    }


def _odd(rows: pd.DataFrame) -> list[Fault]:
    """Find distances given twice or below nothing, and ones of a school that offered to all."""
    given = rows[list(METRES_PER)].notna()
    faults = [
        Fault(row, "last_distance_m", "the distance stands in two columns; keep one")
        for row in rows.index[given.sum(axis="columns") > 1]
    ]
    for name in METRES_PER:
        below = (rows[name] < 0).fillna(value=False)
        faults += [
            Fault(row, name, f"{rows[name][row]:g} is less than nothing")
            for row in rows.index[below]
        ]
    to_all = (rows[ALL_OFFERED] == "yes").fillna(value=False) & given.any(axis="columns")
    return faults + [
        Fault(row, ALL_OFFERED, "is yes, and a last distance is given: one of them is wrong")
        for row in rows.index[to_all]
    ]


def _metres(rows: pd.DataFrame) -> pd.Series:
    metres = pd.Series(pd.NA, rows.index, dtype="Float64")
    for name, factor in METRES_PER.items():
        metres = metres.fillna((rows[name] * factor).round(1))
    return metres


def _status(metres: pd.Series, to_all: pd.Series) -> pd.Series:
    missing = (to_all == "yes").map({True: Status.NOT_APPLICABLE}).fillna(Status.UNAVAILABLE)
    return missing.map(str).where(metres.isna(), str(Status.MEASURED))


SOURCE: Final = own_source(
    TEMPLATE,
    read_rows,
    (OFFER_DISTANCE, ADMISSION_NUMBER),
    caveats=(
        "What was far enough one year may be too far the next; offers after offer day reach "
        "farther.",
    ),
)
