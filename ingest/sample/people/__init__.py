"""The people of a made-up county: who lives where, which schools there are, who goes to which."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ingest.sample.people.ages import ages_table
from ingest.sample.people.applications import Whose, admissions_table, applications_table
from ingest.sample.people.births import births_table, expected_births
from ingest.sample.people.deprivation import affluence_of, deprivation_of
from ingest.sample.people.establishments import Entries, entries, rows_of
from ingest.sample.people.ground import ground_of
from ingest.sample.people.headcounts import headcounts
from ingest.sample.people.homes import Homes, homes_of
from ingest.sample.people.journeys import ways
from ingest.sample.people.links import links_table
from ingest.sample.people.lives import Lives, live
from ingest.sample.people.market import market_of
from ingest.sample.people.naming import named, sex_in_name
from ingest.sample.people.needs import Floats, Land, SchoolNames
from ingest.sample.people.outcomes import Outcomes, outcomes_of
from ingest.sample.people.parameters import Parameters
from ingest.sample.people.places import Whereabouts, whereabouts
from ingest.sample.people.plan import Schools
from ingest.sample.people.planning_areas import planning_areas
from ingest.sample.people.register import Register, register_table
from ingest.sample.people.rolls import Rolls
from ingest.sample.people.schools import planned
from ingest.sample.people.story import story_of
from ingest.sample.people.traits import traits_table
from ingest.sample.people.truth import truth_of
from ingest.sample.people.years import FIRST_YEAR, LAST_CENSUS, LAST_YEAR

__all__ = ["Parameters", "People", "Rolls", "make_people"]


@dataclass(frozen=True, slots=True)
class People:
    """The people of one county.

    Attributes:
        schools: one row per establishment of the register, closed ones too; its columns, and
            those of ``register_table``.
        links: which followed which, in the register's words.
        ages: residents by mid-year, small area, sex and single year of age.
        births: by small area and academic year.
        deprivation: by small area, the scores behind the Indices.
        admissions: preferences and offers by school, year and year group.
        applications: the same by authority of residence.
        rolls: pupils by school, census year, year group, sex and home.
        traits: pupils by school and census year: free meals, other languages, special needs.
        outcomes: results of tests and examinations, absence, where pupils went.
        truth: what made them, and the next five years.
    """

    schools: pd.DataFrame
    links: pd.DataFrame
    ages: pd.DataFrame
    births: pd.DataFrame
    deprivation: pd.DataFrame
    admissions: pd.DataFrame
    applications: pd.DataFrame
    rolls: Rolls
    traits: pd.DataFrame
    outcomes: Outcomes
    truth: dict[str, Any]


def make_people(land: Land, names: SchoolNames, parameters: Parameters | None = None) -> People:
    """Make the people of a county.

    Args:
        land: where they live.
        names: who names their schools.
        parameters: what they go by, if not by the usual.
    """
    homes = homes_of(land)
    births = expected_births(homes, land.tile.rng("people births"))
    register = supply(land, homes, births, names, parameters or Parameters())
    lives = live(homes, births, register.market, land.tile.rng("people lives"))
    return _people(register, homes, lives)


def supply(
    land: Land, homes: Homes, births: Floats, names: SchoolNames, parameters: Parameters
) -> Register:
    """Decide which schools a county has, what happens to them, and what they are called.

    Args:
        land: where they stand.
        homes: of families.
        births: expected, by small area and cohort.
        names: who names them.
        parameters: what families weigh.
    """
    rng = land.tile.rng
    affluence = affluence_of(land, rng("people affluence"))
    ground = ground_of(land, homes, births, affluence, parameters)
    schools = planned(ground, rng("people schools"))
    where = whereabouts(land)
    schools, listed = _listed(schools, land, where, names)
    found = ways(land, schools, parameters.journeys)
    market = market_of(schools, found, affluence, parameters, rng("people popularity"))
    return Register(land, where, market, listed, planning_areas(schools, land, where))


def _listed(
    schools: Schools, land: Land, where: Whereabouts, names: SchoolNames
) -> tuple[Schools, Entries]:
    """Name the schools, and list the register's entries."""
    places = [where.place[each.site] for each in schools]
    streets = [
        "" if where.is_rural[each.site] else str(land.sites["street"].iloc[each.site])
        for each in schools
    ]
    called = named(schools, places, streets, names)
    schools = tuple(
        replace(each, sex=sex_in_name(name, each))
        for each, name in zip(schools, called, strict=True)
    )
    rng = land.tile.rng("people register")
    return schools, entries(schools, called, places, names, land.tile.share, rng)


def _people(register: Register, homes: Homes, lives: Lives) -> People:
    """Put what was made into tables."""
    land, market = register.land, register.market
    entry_of = rows_of(register.listed, market.schools)
    rolls = lives.rolls.of_entries(entry_of)
    past = rolls.between(FIRST_YEAR, LAST_CENSUS)
    rng = land.tile.rng("people deprivation")
    deprivation = deprivation_of(market.affluence, homes.kind, rng)
    schools = register_table(register)
    income = deprivation["income"].to_numpy(float)
    schools = schools.join(headcounts(schools, past, income))
    traits = traits_table(schools, past, income, homes.kind, land.tile.rng("people traits"))
    outcomes = outcomes_of(schools, past, traits, income, land.tile.rng("people outcomes"))
    future = rolls.between(LAST_CENSUS + 1, LAST_YEAR)
    authority = land.areas["authority"].to_numpy(np.int32)
    sites = land.sites["area"].to_numpy()[[each.site for each in market.schools]]
    whose = Whose(authority, authority[sites])
    return People(
        schools=schools,
        links=links_table(register.listed, market.schools, schools["urn"].tolist()),
        ages=ages_table(lives.residents, homes, land.tile.share, land.tile.rng("people ages")),
        births=births_table(lives.born, homes.areas),
        deprivation=deprivation,
        admissions=admissions_table(lives.enrolments, market, entry_of, whose),
        applications=applications_table(lives.enrolments, market, authority),
        rolls=past,
        traits=traits,
        outcomes=outcomes,
        truth=truth_of(schools, register, lives, homes, future)
        | {"history": story_of(schools, market.schools, land)}
        | {"outcomes": outcomes.truth(schools)},
    )
