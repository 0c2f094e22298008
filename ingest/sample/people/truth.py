"""What is known of the made-up people and nobody else: the answers for tests and benchmarks."""

from dataclasses import asdict
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.sample.people.births import BIRTHS_PER_1000_PEOPLE, WAVES
from ingest.sample.people.homes import Homes
from ingest.sample.people.lives import Lives
from ingest.sample.people.market import Market
from ingest.sample.people.needs import Floats
from ingest.sample.people.parameters import PARTS
from ingest.sample.people.register import Register
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.years import (
    COHORTS,
    FIRST_LIFE_YEAR,
    FIRST_STAGE,
    FIRST_YEAR,
    LAST_STAGE,
    LAST_YEAR,
    RECEPTION,
)

WAVE: Final = ("level", "height", "peak_year", "width_years")
RULES: Final = {
    "choice": "Utility of a school for a child is the sum of weight times attribute and a standard "
    "Gumbel variable; a family names the schools of highest utility, as many as drawn from "
    "`preferences`. Weights `primary` hold to year 6, `secondary` to year 11, `sixth_form` after.",
    "minutes": "From the postcode to the school's gate: on foot by the shortest way along the "
    "streets, or by bus (wait + straight distance x detour / speed) where that is quicker.",
    "admission": "Deferred acceptance, pupils proposing. Pupils of a linked school go first, then "
    "by the school's criterion, then by lot. Who gets no school named goes to the nearest with a "
    "place, and where none in the county has one, to the nearest, beyond its places.",
    "survival": "Residents of a cohort in one January over those of the January before, by part of "
    "the county lived in; on the new estate children come with new homes besides.",
    "next_five": "Pupils in January after the academic year starts, by URN, academic year and year "
    "group, of the same lives that the census counts.",
    "cohort": "Academic year in which children enter reception; born from September five years "
    "before.",
    "mid_year": "Residents of a mid-year are those of the January before; who is in reception "
    "in January is five in June, but four if born in July or August.",
}
"""How the figures are meant."""


def truth_of(
    schools: pd.DataFrame,
    register: Register,
    lives: Lives,
    homes: Homes,
    future: Rolls,
) -> dict[str, Any]:
    """Gather the truth, but for the schools' story.

    Args:
        schools: the register's rows.
        register: what they were written from.
        lives: the children's lives.
        homes: where they live.
        future: pupils of the years to come, by row of the register.

    Returns:
        Numbers, words, lists and dicts of these.
    """
    urns = schools["urn"].tolist()
    market = register.market
    return {
        "rules": RULES,
        "parameters": asdict(market.parameters),
        "births": {
            "per_1000_people": dict(BIRTHS_PER_1000_PEOPLE),
            "waves": {part: dict(zip(WAVE, WAVES[part], strict=True)) for part in PARTS},
            "by_part": _births(lives, homes),
        },
        "survival_drawn": _ratios(lives.ratios),
        "new_estate": _estate(homes, register.land.areas["area_code"].tolist()),
        "criteria": _by_urn(schools, schools["criterion"]),
        "popularity": _popularity(schools, market),
        "next_five": next_five(future, urns),
    }


def next_five(future: Rolls, urns: list[int]) -> dict[str, dict[str, dict[str, int]]]:
    """Count the pupils to come, by URN, academic year and year group (R, 1 to 13)."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    taught = future.take(future.year_group >= RECEPTION)
    cells = np.stack([taught.school, taught.academic_year, taught.year_group])
    unique, which = np.unique(cells, axis=1, return_inverse=True)
    pupils = np.bincount(which.ravel(), taught.pupils).astype(int).tolist()
    for (school, year, group), count in zip(unique.T.tolist(), pupils, strict=True):
        years = found.setdefault(str(urns[school]), {})
        years.setdefault(str(year), {})[str(group or "R")] = count
    return found


def _births(lives: Lives, homes: Homes) -> dict[str, dict[str, int]]:
    """Count births by part and academic year of birth."""
    part = homes.part[lives.born.area]
    found = {}
    for row, name in enumerate(PARTS):
        counts = np.bincount(lives.born.cohort[part == row], minlength=COHORTS).tolist()
        found[name] = {str(FIRST_LIFE_YEAR + at): count for at, count in enumerate(counts)}
    return found


def _ratios(drawn: Floats) -> dict[str, dict[str, list[float]]]:
    """Return the ratios drawn, by part and year group moved into, from the first census on.

    Year groups before reception are negative: -4 is the year after birth.
    """
    years = slice(FIRST_YEAR - FIRST_LIFE_YEAR, LAST_YEAR - FIRST_LIFE_YEAR + 1)
    stages = range(FIRST_STAGE + 1, LAST_STAGE + 1)
    return {
        part: {
            str(stage): drawn[row, at, years].round(5).tolist() for at, stage in enumerate(stages)
        }
        for row, part in enumerate(PARTS)
    }


def _estate(homes: Homes, codes: list[str]) -> dict[str, Any]:
    """Return the homes built on the new estate: by code of the small area and academic year."""
    built = homes.built()
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return {
        "homes_built": {
            codes[area]: {
                str(year): round(float(built[area, year - FIRST_LIFE_YEAR]), 1) for year in years
            }
            for area in np.flatnonzero(built.any(axis=1)).tolist()
        }
    }


def _popularity(schools: pd.DataFrame, market: Market) -> dict[str, dict[str, float]]:
    """Return the popularity of each school that families rank, under its last URN, by year."""
    last = schools.drop_duplicates("provision", keep="last")
    chosen = last[market.is_chosen[last["provision"]]]
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return {
        str(urn): {
            str(year): round(float(market.popularity[row, year - FIRST_LIFE_YEAR]), 4)
            for year in years
        }
        for urn, row in zip(chosen["urn"], chosen["provision"], strict=True)
    }


def _by_urn(schools: pd.DataFrame, values: pd.Series) -> dict[str, Any]:
    return {str(urn): value for urn, value in zip(schools["urn"], values, strict=True) if value}
