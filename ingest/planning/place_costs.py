"""What the places that are needed would cost, at the cost of a place that is published."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import pandas as pd

from config.assumptions import assumptions
from config.authority import Authority
from config.english_regions import ENGLAND
from config.tables import assumption_table
from planning.places import rounded

PROJECTS: Final = ("expansion", "new_school", "temporary")


@dataclass(frozen=True, slots=True)
class Price:
    """Cost of a place, as ``place_cost`` has it."""

    pounds_per_place: float
    regional_factor: float | None
    period: str
    basis: str


def cost_rows(
    balances: pd.DataFrame,
    values: pd.DataFrame,
    authorities: Mapping[str, str],
    register: Sequence[Authority],
) -> pd.DataFrame:
    """Price the need of each planning area and phase in its year of most need.

    Args:
        balances: rows of ``place_balance``.
        values: rows of ``authority_value`` with the published costs of a place.
        authorities: GSS code of the authority of each planning area.
        register: every authority there is, with its region.

    Returns:
        Rows of ``place_cost``; none for an area that is short of fewer than five places, which
        rounds to none, or where no cost is published.
    """
    need = _most_needed(balances)
    values = values[values["measure"].str.startswith("scorecard_cost_")]
    regions = {each.la_code: each.region for each in register}
    prices = {
        (la_code, phase, project): _price(values, la_code, regions.get(la_code, ""), phase, project)
        for la_code in sorted(set(authorities.values()))
        for phase in sorted(need["phase"].unique())
        for project in PROJECTS
    }
    rows = []
    for area, phase, year, short in zip(
        need["planning_area"],
        need["phase"],
        need["academic_year"],
        need["need_rounded"],
        strict=True,
    ):
        for project in PROJECTS:
            price = prices.get((authorities.get(area, ""), phase, project))
            if price is not None:
                about = {
                    "planning_area": area,
                    "phase": phase,
                    "academic_year": year,
                    "project": project,
                    "need_rounded": short,
                    "pounds": short * price.pounds_per_place,
                }
                rows.append(about | asdict(price))
    return pd.DataFrame(rows)


def _most_needed(balances: pd.DataFrame) -> pd.DataFrame:
    """Return the first year in which the places short of each area and phase are most.

    A year in which the need of a year group is not known has none: part of a need has no price.
    """
    key = ["planning_area", "phase", "academic_year"]
    need = balances.groupby(key)["need"]
    short = need.sum().where(need.count() == need.size()).reset_index()
    short = short.assign(need_rounded=[rounded(need) for need in short["need"].fillna(0.0)])
    short = short[short["need_rounded"] > 0]
    worst = short.sort_values(["need_rounded", "academic_year"], ascending=[False, True])
    return worst.drop_duplicates(key[:2]).sort_values(key[:2])


def _price(
    values: pd.DataFrame, la_code: str, region: str, phase: str, project: str
) -> Price | None:
    """Return the cost of a place of an authority; ``None`` where none is published."""
    told = values[values["measure"] == f"scorecard_cost_{project}_{phase}"]
    told = told[told["value"].notna()].sort_values("period", ascending=False)
    england = told[told["area_code"] == ENGLAND]
    own = told[told["area_code"] == la_code]
    if len(own) and len(england):
        price, average = float(own["value"].iloc[0]), england.set_index("period")["value"]
        period = str(own["period"].iloc[0])
        factor = price / float(average[period]) if period in average.index else None
        return Price(price, factor, period, "authority")
    if england.empty:
        return None
    average_now, period = float(england["value"].iloc[0]), str(england["period"].iloc[0])
    published = assumption_table("location_factors").rows
    if region in published:
        factor = published[region]["factor"]
        return Price(average_now * factor, factor, period, "region")
    factor = assumptions("places")["location_factor"].value
    return Price(average_now * factor, factor, period, "england")
