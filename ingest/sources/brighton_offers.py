"""Brighton and Hove: preferences and offers, secondary school by secondary school."""

from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.region import Region
from config.terms import AcademicYear, Phase, Status
from ingest.errors import SourceChanged
from ingest.marks import MARKS, Mark, marked
from ingest.measures import Measure
from ingest.named_schools import urns_by_name
from ingest.rhythm import yearly
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.schema.schools import SCHOOL
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import read_table

ID: Final = "brighton_offers"
LA_CODE: Final = "E06000043"
LA_CODE_DFE: Final = "846"
RANKS: Final = {"1": "first", "2": "second", "3": "third", "_total": "all"}
KINDS: Final = {"pref": "preferences", "off": "offers"}
COLUMNS: Final = {
    f"{column}{mark}": f"{kind}_{rank}_named"
    for column, kind in KINDS.items()
    for mark, rank in RANKS.items()
}
"""Column of the file to the measure it holds."""

_MARKS: Final = {**MARKS, "na": Mark(Status.UNAVAILABLE)}
"""NA stands here where the authority gave no figure."""


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the table of the authority: a row per September of entry and school.

    Returns:
        Rows of ``school_value``; a school is found by its name in the register.
    """
    names = {"year": "year", "name": "name", **{column: column for column in COLUMNS}}
    rows = read_table(path, names, source=ID, issues=reading.issues, key=("year", "name"))
    schools = reading.rows_of(SCHOOL)
    own = schools[
        (schools["la_code_dfe"] == LA_CODE_DFE)
        & schools["phase"].isin([str(Phase.SECONDARY), str(Phase.ALL_THROUGH)])
    ]
    urns = urns_by_name(rows["name"], own, of=path.name, issues=reading.issues)
    known = rows[rows["name"].isin(list(urns))]
    periods = _periods(known["year"], path)
    parts = [
        pd.DataFrame(
            {
                "measure": measure,
                "urn": known["name"].map(urns),
                "period": periods,
                **marked(
                    known[column],
                    issues=reading.issues,
                    of=f"{path.name}, {column}",
                    marks=_MARKS,
                ),
            }
        )
        for column, measure in COLUMNS.items()
    ]
    values = pd.concat(parts, ignore_index=True)
    return {SCHOOL_VALUE: values.assign(low=np.nan, high=np.nan, cohort=np.nan)}


def _periods(years: pd.Series, path: Path) -> list[str]:
    if not years.str.fullmatch(r"\d{4}").all():
        raise SourceChanged(
            f"{ID}: {path.name}: year holds something else than years such as 2026",
            hint="compare it with the last file that loaded.",
        )
    return [str(AcademicYear(int(year))) for year in years]


def releases(region: Region, _: date) -> tuple[Release, ...]:
    """Name the file for a region with Brighton and Hove; other regions have none."""
    if LA_CODE not in region.la_codes:
        return ()
    return (
        Release(
            name="2026", file_name="secondary_preferences_and_offers_2010_2026.csv", addresses=()
        ),
    )


def _measure(kind: str, rank: str) -> Measure:
    which = "all preferences" if rank == "all" else f"{rank} preferences"
    told = f"{which} for the school" if kind == "preferences" else f"offers to {which}"
    return Measure(
        id=f"{kind}_{rank}_named",
        topic="Applications and offers",
        title=told[0].upper() + told[1:],
        says=f"For entry in September to year 7: {told}, on the day of offers.",
        unit=kind,
        source_id=ID,
        level="school",
    )


SOURCE: Final = Source(
    id=ID,
    title="Preferences and offers by secondary school, Brighton and Hove",
    publisher="Brighton & Hove City Council",
    landing_page="https://www.brighton-hove.gov.uk/schools-and-learning/apply-school",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=yearly(3),
    mirror_folder="authority/brighton_and_hove",
    mirror_files=("secondary_preferences_and_offers_*.csv",),
    read_rows=read_rows,
    tables=(SCHOOL_VALUE,),
    measures=tuple(_measure(kind, rank) for kind in KINDS.values() for rank in RANKS.values()),
    caveats=(
        "Schools are named without their number and found by name in today's register.",
        "All offers hold those to children who had not named the school.",
    ),
)
