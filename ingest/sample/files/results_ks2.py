"""Key stage 2: tests at the end of year 6, and progress while it could still be measured."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.marks import FEWEST, Texts, decimals, marked, percents, texts, wholes
from ingest.sample.files.result_columns import KS2
from ingest.sample.files.results import Figures, Table, not_published, of_year
from ingest.sample.files.series import County

LAST_WITH_PROGRESS: Final = 2022
"""Progress needs tests at the end of year 2, which the pupils after this year never sat."""

PROGRESS: Final = {
    "READPROG": "reading_progress",
    "WRITPROG": "writing_progress",
    "MATPROG": "maths_progress",
}
COVERED: Final = "97%"


def _results(county: County, academic_year: int) -> pd.DataFrame:
    """Return a year's results, and those of up to three years together."""
    table = county.people.outcomes.ks2
    three = table[table["academic_year"].between(academic_year - 2, academic_year)]
    together = three.groupby("school")[["pupils", "expected"]].sum().add_suffix("_of_3")
    own = of_year(county, table, academic_year, without=("independent_prep",))
    return own.join(together, on="school")


def _written(rows: Figures, academic_year: int) -> dict[str, Texts]:
    pupils, boys, poor = rows["pupils"], rows["boys"], rows["disadvantaged"]
    others = pupils - poor
    columns = {
        "TELIG": wholes(pupils),
        "BELIG": wholes(boys),
        "GELIG": wholes(pupils - boys),
        "PBELIG": percents(boys, pupils),
        "PGELIG": percents(pupils - boys, pupils),
        "TFSM6CLA1A": wholes(poor),
        "PTFSM6CLA1A": percents(poor, pupils),
        "TNotFSM6CLA1A": wholes(others),
        "PTNotFSM6CLA1A": percents(others, pupils),
        "READ_AVERAGE": wholes(rows["reading"]),
        "MAT_AVERAGE": wholes(rows["maths"]),
        "GPS_AVERAGE": wholes(rows["grammar"]),
        "PTWRITTA_EXP": percents(rows["writing"], pupils),
        "TELIG_3YR": wholes(rows["pupils_of_3"]),
        "PTRWM_EXP_3YR": percents(rows["expected_of_3"], rows["pupils_of_3"]),
    }
    for mark, name in (("EXP", "expected"), ("HIGH", "higher")):
        reached, of_poor = rows[name], rows[f"{name}_disadvantaged"]
        columns[f"PTRWM_{mark}"] = percents(reached, pupils)
        for group, part, whole in (
            ("FSM6CLA1A", of_poor, poor),
            ("NotFSM6CLA1A", reached - of_poor, others),
        ):
            columns[f"PTRWM_{mark}_{group}"] = marked(percents(part, whole), whole < FEWEST)
    return columns | _progress(rows, academic_year)


def _progress(rows: Figures, academic_year: int) -> dict[str, Texts]:
    """Return progress scores with their intervals, where they were published."""
    columns: dict[str, Texts] = {}
    is_known = academic_year <= LAST_WITH_PROGRESS
    for mark, name in PROGRESS.items():
        score = rows[name]
        half = rows.get(f"{name}_half", np.full(len(score), 0.1))
        columns |= {
            mark: decimals(score),
            f"{mark}_LOWER": decimals(score - half),
            f"{mark}_UPPER": decimals(score + half),
            f"{mark.removesuffix('PROG')}COV": texts([COVERED] * len(score)),
        }
    return columns if is_known else dict.fromkeys(columns, not_published(rows["pupils"]))


SERIES: Final = Table(
    source="ks2",
    name="england_ks2final.csv",
    header=KS2,
    results=_results,
    written=_written,
    counts=(
        *("pupils", "boys", "disadvantaged", "expected", "expected_disadvantaged"),
        *("higher", "higher_disadvantaged", "writing", "pupils_of_3", "expected_of_3"),
    ),
    means=("reading", "maths", "grammar", *PROGRESS.values()),
    authority="3",
    country=("4", "5"),
    otherwise=" ",
).series()
