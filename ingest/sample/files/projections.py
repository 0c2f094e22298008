"""National pupil projections, two vintages of them, of the made-up country."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from config.english_regions import ENGLAND
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.people.needs import Floats
from ingest.sample.people.provision import PRIMARY_KINDS
from ingest.sample.people.years import FIRST_YEAR, LAST_CENSUS

VINTAGES: Final = (LAST_CENSUS - 1, LAST_CENSUS + 1)
"""Calendar years whose January is the last that is counted."""
AHEAD: Final = 10
TYPES: Final = (
    "State nursery",
    "State primary",
    "State secondary",
    "State special",
    "All schools",
)
AGES: Final = {"Under 5": (-1, 0), **{str(4 + group): (group, group) for group in range(1, 12)}}
"""Ages as the publisher writes them, and the first and last year group of each."""
ALL, UNDER_5 = "All", "Under 5"
HALF: Final = 0.6
"""A child of a nursery class, in full-time equivalents."""
STEADY: Final = 0.985
"""Births that are not known yet, over those of the year before."""
BORN_BEFORE_RECEPTION: Final = 5


def _type_of(kind: str) -> str:
    if kind == "nursery":
        return "State nursery"
    if kind in PRIMARY_KINDS:
        return "State primary"
    return "State special" if kind in ("special", "ap") else "State secondary"


def _figures(county: County) -> pd.DataFrame:
    """Count pupils by kind of school, year and year group; and births by the year of reception."""
    rolls, schools = county.people.rolls, county.people.schools
    types = np.array([_type_of(kind) for kind in schools["kind"]])
    paid = ~schools["kind"].isin(("independent", "independent_prep", "sixth_form")).to_numpy()
    kept = rolls.take(paid[rolls.school])
    pupils = pd.DataFrame(
        {
            "type": types[kept.school],
            "academic_year": kept.academic_year,
            "year_group": kept.year_group,
            "pupils": kept.pupils,
        }
    )
    born = county.people.births
    births = pd.DataFrame(
        {
            "type": "births",
            "academic_year": born["academic_year"] + BORN_BEFORE_RECEPTION,
            "year_group": 0,
            "pupils": born["births"],
        }
    )
    keys = ["type", "academic_year", "year_group"]
    return pd.concat([pupils, births]).groupby(keys, as_index=False).sum()


def _file_of(vintage: int) -> Series:
    last = vintage - 1
    years = range(FIRST_YEAR, last + AHEAD + 1)
    columns = [f"{year + 1}_{'actual' if year <= last else 'projection'}" for year in years]

    def below(total: pd.DataFrame, _: Country) -> Iterable[Cells]:
        projected = _by_type(total, years, last)
        for kind in TYPES:
            for status in ("Headcount", "FTE"):  # heads are told of the youngest alone
                weight = np.ones(projected[kind].shape[1])
                weight[0] = HALF if status == "FTE" else 1.0
                for age, (first, after) in {**AGES, ALL: (-1, 11)}.items():
                    if status == "Headcount" and age != UNDER_5:
                        continue
                    rows = projected[kind][:, first + 1 : after + 2] * weight[first + 1 : after + 2]
                    cells = [f"{round(value):,}" for value in rows.sum(axis=1).tolist()]
                    about = (vintage, "Reporting year", "National", ENGLAND, "England")
                    yield (*about, "Principal", kind, status, age, *cells)

    return sheet(
        source="pupil_projections",
        file=f"pupil_projections/pupilprojprincipal_{vintage}.csv",
        header=(
            *("time_period", "time_identifier", "geographic_level", "country_code"),
            *("country_name", "projection_type", "school_type", "pupil_status", "pupil_age"),
            *columns,
        ),
        figures=_figures,
        keys=("type", "academic_year", "year_group"),
        below=below,
    )


def _counted(total: pd.DataFrame, kind: str, last: int) -> Floats:
    """Return pupils by school year (rows, to the last counted) and year group from nursery on."""
    found = np.zeros((last - FIRST_YEAR + 1, 15))
    own = total[(total["type"] == kind) & (total["academic_year"] <= last)]
    np.add.at(found, (own["academic_year"] - FIRST_YEAR, own["year_group"] + 1), own["pupils"])
    return found


def _births(total: pd.DataFrame, years: range) -> Floats:
    """Return births by the year in which the born reach reception; steady after the last known."""
    own = total[total["type"] == "births"].set_index("academic_year")["pupils"]
    found: list[float] = []
    for year in (*years, years[-1] + 1):
        found.append(float(own.get(year, STEADY * found[-1] if found else 0.0)))
    return np.array(found)


def _by_type(total: pd.DataFrame, years: range, last: int) -> dict[str, Floats]:
    """Return pupils by kind of school: of every year group the share that each kind had last."""
    counts = {kind: _counted(total, kind, last) for kind in TYPES[:-1]}
    everybody = np.sum(list(counts.values()), axis=0)
    expected = _projected(everybody, _births(total, years))
    of = np.maximum(everybody[-1], 1.0)
    found = {kind: np.concatenate([own, expected * (own[-1] / of)]) for kind, own in counts.items()}
    return {**found, TYPES[-1]: np.concatenate([everybody, expected])}


def _projected(counted: Floats, births: Floats) -> Floats:
    """Move year groups up by the ratios of the last three years; the first follow births."""
    recent = counted[-4:]
    ratio = recent[1:, 1:].sum(axis=0) / np.maximum(recent[:-1, :-1].sum(axis=0), 1.0)
    entered = recent[:, :2].sum(axis=0) / max(births[len(counted) - 4 : len(counted)].sum(), 1.0)
    before, rows = counted[-1], list[Floats]()
    for ahead in range(AHEAD):
        year = len(counted) + ahead
        after = np.concatenate([[0.0], before[:-1] * ratio])
        after[0], after[1] = entered * (births[year + 1], births[year])
        rows.append(after)
        before = after
    return np.array(rows)


SERIES: Final = tuple(_file_of(vintage) for vintage in VINTAGES)
