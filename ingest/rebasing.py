"""Shows estimates of children from before a census as they would be, had they met it."""

from typing import Final

import pandas as pd

from config.terms import Status

CENSUS_BEFORE: Final = 2011
LAST_ESTIMATE: Final = 2020
"""Mid-year of the last estimates that do not know the census of 2021."""

AGES: Final = range(16)
"""Ages of children that both the estimates and the census by small area tell."""


def census_ratios(estimated: pd.Series, counted: pd.Series) -> pd.Series:
    """Say how many children the census counted for each that was estimated, district by district.

    The census was nine months after the estimates: a district that grew by one per cent in that
    time has a ratio of 1.01 without any error.

    Args:
        estimated: children aged 0 to 15 in the middle of 2020, by district.
        counted: the same of the census of March 2021.

    Returns:
        A ratio for every district with estimated children.
    """
    known = estimated[estimated > 0]
    return (counted.reindex(known.index) / known).dropna()


def rebased(people: pd.Series, years: pd.Series, ratios: pd.Series) -> pd.Series:
    """Change estimates so that the last of them meets the census.

    The gap is taken to have grown evenly since the census before: of the estimates of 2011
    nothing is changed, of those of 2020 all. This moves every age alike, as the census by small
    area does not tell single years.

    Args:
        people: as estimated.
        years: mid-year of each.
        ratios: of the district of each, from `census_ratios`.
    """
    grown = (years - CENSUS_BEFORE).clip(0) / (LAST_ESTIMATE - CENSUS_BEFORE)
    return people * (1 + (ratios - 1) * grown)


def rebased_rows(rows: pd.DataFrame, ratios: pd.Series) -> pd.DataFrame:
    """Return the children among rows of ``population``, rebased; the rows themselves stay.

    Args:
        rows: ``area_code``, ``year``, ``age``, ``people`` and ``status`` as published.
        ratios: of the district that an area lies in, by ``area_code``.
    """
    own = rows[rows["age"].isin(list(AGES)) & rows["area_code"].isin(ratios.index)]
    people = rebased(own["people"], own["year"], own["area_code"].map(ratios))
    return own.assign(people=people, basis="rebased", status=str(Status.ESTIMATED))
