"""School places scorecards in the latest layout, of three years."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.sample.files.authorities import WHOLE, about, known, with_country
from ingest.sample.files.capacity import surveyed
from ingest.sample.files.forecasts import (
    PRIMARY_GROUPS,
    SECONDARY_GROUPS,
    Past,
    forecasts_of,
    past_of,
)
from ingest.sample.files.planning_codes import area_of_schools
from ingest.sample.files.scorecard_columns import SCORECARD
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import printed
from ingest.sample.people.needs import Bools, Floats
from ingest.sample.people.years import FIRST_YEAR, LAST_CENSUS, YEAR_7

YEARS: Final = tuple(range(LAST_CENSUS - 1, LAST_CENSUS - 4, -1))
"""School years of the capacity survey; the pupils are those of the January a year later."""
PHASES: Final = {"P": ("primary", PRIMARY_GROUPS), "S": ("secondary", SECONDARY_GROUPS)}
AHEAD: Final = 3
MARGIN: Final = 1.02
"""Places that are needed for every pupil expected."""
COST: Final = {
    "CPP_P_NS": 24_000,
    "CPP_P_EP": 20_000,
    "CPP_P_ET": 9_500,
    "CPP_S_NS": 29_000,
    "CPP_S_EP": 27_500,
    "CPP_S_ET": 10_700,
}
"""Pounds for a place in a new school, a permanent and a temporary expansion; everywhere."""
NEAREST: Final = 10
NO_MARK, NOT_APPLICABLE = "NA", "z"
OFFERED: Final = ("first_offers", "second_offers", "third_offers")


def _figures(county: County) -> pd.DataFrame:
    """Return counts by authority and year of the survey; all of them can be added up."""
    past = past_of(county)
    rows = [_of_year(county, past, year) for year in YEARS]
    return pd.concat(rows, ignore_index=True)


def _of_year(county: County, past: Past, year: int) -> pd.DataFrame:
    found = {"authority": sorted(set(past.areas["authority"]))}
    table = pd.DataFrame(found).assign(year=year).set_index("authority", drop=False)
    authority = past.areas["authority"].to_numpy()
    own = surveyed(county, year)
    own["authority"] = county.people.schools["authority"].to_numpy()[own["school"]]
    asked = county.people.applications
    made = {back: forecasts_of(past, year - back) for back in (0, AHEAD - 1)}
    for letter, (phase, groups) in PHASES.items():
        of_phase = (past.areas["phase"] == phase).to_numpy()
        group = list(groups)

        def counted(values: Floats, here: Bools = of_phase, group: list[int] = group) -> pd.Series:
            cells = values[here][:, group].sum(axis=1)
            return pd.Series(cells).groupby(authority[here]).sum()

        pupils = past.pupils[:, year + 1 - FIRST_YEAR]
        table[f"nor_{letter}"] = counted(pupils)
        table[f"nor15_{letter}"] = counted(past.pupils[:, 2015 - FIRST_YEAR])
        table[f"nor19_{letter}"] = counted(past.pupils[:, 2019 - FIRST_YEAR])
        table[f"one_{letter}"] = counted(made[0][:, 0])
        table[f"three_{letter}"] = counted(made[AHEAD - 1][:, AHEAD - 1])
        table[f"coming_{letter}"] = counted(made[0][:, AHEAD - 1])
        capacity = _capacity(county, own, phase)
        table[f"capacity_{letter}"] = capacity.groupby(own["authority"]).sum()
        unfilled = (capacity - own[phase]).clip(lower=0)
        table[f"unfilled_{letter}"] = unfilled.groupby(own["authority"]).sum()
        table[f"need_{letter}"], table[f"spare_{letter}"] = _need(
            county, past, own.assign(capacity=capacity), made[0][:, AHEAD - 1], phase
        )
        entry = 0 if letter == "P" else YEAR_7
        offers = asked[(asked["academic_year"] == year + 1) & (asked["year_group"] == entry)]
        offers = offers.set_index("authority")
        for name in ("applications", *OFFERED):
            table[f"{name}_{letter}"] = offers[name]
    return table.fillna(0).reset_index(drop=True)


def _capacity(county: County, own: pd.DataFrame, phase: str) -> pd.Series:
    """Return each school's places of a phase: in proportion to its year groups of the phase."""
    schools = county.people.schools.iloc[own["school"].to_numpy()]
    first, last = (schools[f"{end}_year_group"].to_numpy() for end in ("first", "last"))
    groups = np.clip(np.minimum(last, 11) - first + 1, 1, None)
    low, high = (0, 6) if phase == "primary" else (7, 11)
    of_phase = np.clip(np.minimum(last, high) - np.maximum(first, low) + 1, 0, None)
    places: pd.Series = (own["places"] - own["sixth_form_places"]) * of_phase / groups
    return places


def _need(
    county: County,
    past: Past,
    own: pd.DataFrame,
    coming: Floats,
    phase: str,
) -> tuple[pd.Series, pd.Series]:
    """Return places needed and places to spare, planning area by planning area."""
    codes = np.array(area_of_schools(county)[phase])[own["school"]]
    places = own["capacity"].groupby(codes).sum()
    areas = past.areas
    here = (areas["phase"] == phase).to_numpy()
    group = list(PRIMARY_GROUPS if phase == "primary" else SECONDARY_GROUPS)
    wanted = MARGIN * coming[here][:, group].sum(axis=1)
    there = places.reindex(areas["code"][here]).fillna(0).to_numpy()
    whose = areas["authority"].to_numpy()[here]
    need = pd.Series(np.maximum(wanted - there, 0)).groupby(whose).sum()
    spare = pd.Series(np.maximum(there - wanted, 0)).groupby(whose).sum()
    return need, spare


def _below(total: pd.DataFrame, country: Country) -> Iterable[Cells]:
    rows = with_country(total, ("year",)).sort_values(
        ["year", "authority"], ascending=[False, True]
    )
    authorities = known(country)
    for row in rows.to_dict("records"):
        found = _row({str(name): float(value) for name, value in row.items()})
        whose = about(int(row["authority"]), authorities)
        found |= {
            **{name: whose[name] for name in ("geographic_level", "country_code", "country_name")},
            "LANumber": whose["old_la_code"] if row["authority"] != WHOLE else "0",
            "new_la_code": whose["new_la_code"],
            "LA_name": whose.get("la_name", "England"),
        }
        yield [found.get(name, NO_MARK) for name in SCORECARD]


def _row(row: dict[str, float]) -> dict[str, Any]:
    """Work out what a scorecard tells of one authority, or of the country."""
    found: dict[str, Any] = {"Year": printed(int(row["year"])), "region_code": "", "Region": ""}
    found |= COST
    for letter, long in (("P", "Pri"), ("S", "Sec")):
        pupils, places = row[f"nor_{letter}"], row[f"capacity_{letter}"]
        coming = row[f"coming_{letter}"]
        short = "PRI" if letter == "P" else "SEC"
        found |= {
            f"{long}NOR": round(pupils),
            f"For_1_{letter}": _ratio(row[f"one_{letter}"], pupils),
            f"For_3_{letter}": _ratio(row[f"three_{letter}"], pupils),
            f"An_{letter}_gro": _ratio(coming, pupils),
            f"{short}_NoR15": round(row[f"nor15_{letter}"]),
            f"{short}_NoR19": round(row[f"nor19_{letter}"]),
            f"NoR_15_to_current_{letter}_percent": _ratio(pupils, row[f"nor15_{letter}"]),
            f"NoR_19_to_current_{letter}_percent": _ratio(pupils, row[f"nor19_{letter}"]),
            f"{long}Cap": round(places),
            f"Quan_{letter}_UP": 100 * row[f"unfilled_{letter}"] / max(places, 1.0),
            f"Quan_{letter}_Su": row[f"spare_{letter}"] / max(places, 1.0),
            f"Quan_{letter}_RP": NEAREST * round(row[f"need_{letter}"] / NEAREST),
            f"Quan_{letter}_PP": 0,
            f"Quan_{letter}_In": NOT_APPLICABLE,
            f"Ban_{letter}_gro": NOT_APPLICABLE,
        }
        asked = max(row[f"applications_{letter}"], 1.0)
        shares = [100 * row[f"{name}_{letter}"] / asked for name in OFFERED]
        names = [f"Pref_{letter}_{rank}_CY" for rank in (1, 2, 3)]
        found |= dict(zip(names, shares, strict=True))
        found[f"Pref_{letter}_T3_CY"] = sum(shares)
    return found


def _ratio(value: float, of: float) -> float | str:
    """Return the error or change relative to what it is of, as the publisher writes it."""
    return round(round(value) / of - 1, 9) if of >= 1 else NOT_APPLICABLE


SERIES: Final[Series] = sheet(
    source="scorecards",
    file="scorecards/scorecard_data_2025_2023.csv",
    header=SCORECARD,
    figures=_figures,
    keys=("authority", "year"),
    below=_below,
    encoding="utf-8",
)
