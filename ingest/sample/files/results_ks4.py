"""Key stage 4: examinations at the end of year 11."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.marks import (
    FEWEST,
    NOT_AVAILABLE,
    Texts,
    decimals,
    marked,
    percents,
    texts,
    wholes,
)
from ingest.sample.files.result_columns import KS4
from ingest.sample.files.results import Figures, Table, not_published, of_year
from ingest.sample.files.series import County

LAST_WITH_PROGRESS: Final = 2023
"""The pupils of the two years after this one sat no tests at the end of year 6."""

OF_INDEPENDENTS: Final = (
    "ATT8",
    "P8",
    "TP8",
    "PTL2",
    "PTFSM6CLA1AB",
    "PTNOTFSM6CLA1AB",
    "EBACC",
    "PTEBACC",
)
"""How columns begin that have no figure for schools that charge fees."""
COVERED: Final = 0.96


def _results(county: County, academic_year: int) -> pd.DataFrame:
    return of_year(county, county.people.outcomes.ks4, academic_year)


def _written(rows: Figures, academic_year: int) -> dict[str, Texts]:
    pupils, boys, poor = rows["pupils"], rows["boys"], rows["disadvantaged"]
    others = pupils - poor
    columns = {
        "TPUP": wholes(pupils),
        "BPUP": wholes(boys),
        "PBPUP": percents(boys, pupils),
        "GPUP": wholes(pupils - boys),
        "PGPUP": percents(pupils - boys, pupils),
        "TFSM6CLA1A": wholes(poor),
        "PTFSM6CLA1A": percents(poor, pupils),
        "TNOTFSM6CLA1A": wholes(others),
        "PTNOTFSM6CLA1A": percents(others, pupils),
        "ATT8SCR": decimals(rows["attainment8"]),
        "ATT8SCR_FSM6CLA1A": marked(decimals(rows["attainment8_disadvantaged"]), poor < FEWEST),
        "ATT8SCR_NFSM6CLA1A": marked(decimals(rows["attainment8_others"]), others < FEWEST),
        "PTL2BASICS_94": percents(rows["basics_4"], pupils),
        "PTL2BASICS_95": percents(rows["basics_5"], pupils),
        "PTFSM6CLA1ABASICS_95": marked(
            percents(rows["basics_5_disadvantaged"], poor), poor < FEWEST
        ),
        "PTNOTFSM6CLA1ABASICS_95": marked(
            percents(rows["basics_5"] - rows["basics_5_disadvantaged"], others), others < FEWEST
        ),
        "TEBACC_E_PTQ_EE": wholes(rows["ebacc_entered"]),
        "PTEBACC_E_PTQ_EE": percents(rows["ebacc_entered"], pupils),
        "EBACCAPS": decimals(rows["ebacc_points"], 2),
    }
    columns |= _progress(rows, academic_year)
    fees = rows.get("kind", np.full(len(pupils), "")) == "independent"
    if fees.any():
        for name in [name for name in columns if name.startswith(OF_INDEPENDENTS)]:
            columns[name] = marked(columns[name], fees, NOT_AVAILABLE)
    return columns


def _progress(rows: Figures, academic_year: int) -> dict[str, Texts]:
    """Return progress 8 with its intervals, where it could be calculated."""
    pupils, poor = rows["pupils"], rows["disadvantaged"]
    half = rows.get("progress8_half", np.full(len(pupils), 0.02))
    columns = {
        "TP8ADJ": texts(["0"] * len(pupils)),
        "P8MEACOV": texts([f"{COVERED:.0%}"] * len(pupils)),
    }
    for mark, of, some in (
        ("", "", pupils),
        ("_FSM6CLA1A", "_disadvantaged", poor),
        ("_NFSM6CLA1A", "_others", pupils - poor),
    ):
        columns[f"P8PUP{mark}"] = marked(wholes(COVERED * some), some < FEWEST)
        score = rows[f"progress8{of}"]
        wider = half * (pupils / np.maximum(some, 1)) ** 0.5
        for name, value in (("MEA", score), ("CILOW", score - wider), ("CIUPP", score + wider)):
            columns[f"P8{name}{mark}"] = marked(decimals(value, 2), some < FEWEST)
    if academic_year <= LAST_WITH_PROGRESS:
        return columns
    return dict.fromkeys(columns, not_published(pupils))


SERIES: Final = Table(
    source="ks4",
    name="england_ks4final.csv",
    header=KS4,
    results=_results,
    written=_written,
    counts=(
        *("pupils", "boys", "disadvantaged", "basics_4", "basics_4_disadvantaged"),
        *("basics_5", "basics_5_disadvantaged", "ebacc_entered", "ebacc_entered_disadvantaged"),
    ),
    means=(
        *("attainment8", "attainment8_disadvantaged", "attainment8_others", "ebacc_points"),
        *("progress8", "progress8_disadvantaged", "progress8_others"),
    ),
    authority="4",
    country=("5", "7"),
).series()
