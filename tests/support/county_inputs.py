"""A made-up county as the inputs of a forecast, and what came of it."""

from typing import Any

import numpy as np
import pandas as pd

from ingest.sample.people import People, Rolls
from planning.arrays import Floats
from planning.forecast.inputs import GROUPS, NONE, Births, Flows, Homes, Inputs, Units
from planning.forecast.inputs import Rolls as Counted

FIRST, LAST = 2015, 2024
YEARS = range(FIRST, LAST + 1)
AHEAD = 5
MAINSTREAM = ("primary", "infant", "junior", "first", "middle", "secondary", "upper", "all_through")
OF_PHASE = {"primary": range(7), "secondary": range(7, 12)}
KNOWN_HOMES = {"primary": 2, "secondary": 10}
"""Years of home-to-school counts, the newest."""


def inputs_of(people: People, land: Any) -> Inputs:
    """Return what an authority would know of the county in January 2025."""
    schools = _provisions(people)
    codes = np.unique(land.areas["authority"])
    authority = np.searchsorted(codes, schools["authority"])
    homes = land.areas["area_code"].astype(str)
    by_sex = {sex: _counted(people, schools, row) for row, sex in enumerate("FM")}
    nowhere = np.full(len(schools), NONE)
    return Inputs(
        rolls=Counted(
            schools["urn"].to_numpy(np.int64), tuple(YEARS), by_sex["F"] + by_sex["M"], by_sex
        ),
        units=Units(
            tuple(f"E{code:08}" for code in codes),
            authority,
            {"primary": (), "secondary": ()},
            {"primary": nowhere, "secondary": nowhere},
        ),
        homes=Homes(tuple(homes), np.searchsorted(codes, land.areas["authority"])),
        births=_births(people.births, tuple(homes)),
        flows={phase: _flows(people, schools, phase) for phase in OF_PHASE},
    )


def came_of(people: People) -> Floats:
    """Return the pupils of the next five years: (schools, years, groups)."""
    schools = _provisions(people)
    provision = people.schools.set_index(people.schools["urn"].astype(str))["provision"]
    row = {int(each): place for place, each in enumerate(schools["provision"])}
    came = np.zeros((len(schools), AHEAD, len(GROUPS)))
    for urn, by_year in people.truth["next_five"].items():
        place = row.get(int(provision[urn]))
        if place is None:
            continue
        for year, by_group in by_year.items():
            for group, pupils in by_group.items():
                came[place, int(year) - LAST - 1, GROUPS.index(group)] += pupils
    return came


def _provisions(people: People) -> pd.DataFrame:
    """Return state-funded mainstream schools, each once, under its newest entry."""
    newest = people.schools.drop_duplicates("provision", keep="last")
    return newest[newest["kind"].isin(MAINSTREAM)].reset_index(drop=True)


def _row(people: People, schools: pd.DataFrame, rolls: Rolls) -> np.ndarray:
    row = np.full(int(people.schools["provision"].max()) + 1, NONE)
    row[schools["provision"]] = np.arange(len(schools))
    return np.asarray(row[people.schools["provision"].to_numpy()[rolls.school]])


def _counted(people: People, schools: pd.DataFrame, sex: int) -> Floats:
    rolls = people.rolls.take((people.rolls.sex == sex) & (people.rolls.year_group >= 0))
    row = _row(people, schools, rolls)
    there = row >= 0
    pupils = np.zeros((len(schools), len(YEARS), len(GROUPS)))
    cell = (row[there], rolls.academic_year[there] - FIRST, rolls.year_group[there])
    np.add.at(pupils, cell, rolls.pupils[there])
    return pupils


def _births(births: pd.DataFrame, homes: tuple[str, ...]) -> Births:
    known = births[births["academic_year"] < LAST]
    table = known.pivot_table(index="area", columns="academic_year", values="births")
    return Births(homes, tuple(int(year) for year in table.columns), table.to_numpy(np.float64))


def _flows(people: People, schools: pd.DataFrame, phase: str) -> tuple[Flows, ...]:
    found = []
    for year in YEARS[-KNOWN_HOMES[phase] :]:
        is_here = people.rolls.academic_year == year
        rolls = people.rolls.take(is_here & np.isin(people.rolls.year_group, OF_PHASE[phase]))
        row = _row(people, schools, rolls)
        cells = pd.DataFrame({"home": rolls.area, "school": row, "pupils": rolls.pupils})
        told = cells[row >= 0].groupby(["home", "school"], as_index=False).sum()
        home, school = (told[name].to_numpy(np.int64) for name in ("home", "school"))
        found.append(Flows(year, home, school, told["pupils"].to_numpy(float), np.zeros(len(told))))
    return tuple(found)
