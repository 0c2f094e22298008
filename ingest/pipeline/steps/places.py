"""Need and spare places of planning areas, unfilled places of schools, and what need costs."""

from typing import Final

import pandas as pd

from ingest.pipeline.steps.planning_settings import known_units
from ingest.pipeline.work import Step, Work
from ingest.planning.balances import balance_rows, places_ahead, unfilled_rows
from ingest.planning.counted_schools import counted, tell_planned_nowhere
from ingest.planning.place_costs import cost_rows
from ingest.planning.places_by_group import PHASE_GROUPS, PLANNED, places_now
from ingest.planning.settings import usable
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.choices import (
    PLACE_BALANCE,
    PLACE_COST,
    PLANNING_AREA_SCHOOL,
    SCHOOL_UNFILLED,
)
from ingest.schema.fields import ALL
from ingest.schema.forecasts import FORECAST
from ingest.schema.provision import ADMISSION_NUMBER, PLANNING_AREA, SCHOOL_PLACES
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION
from ingest.scorecard_measures import ID as SCORECARDS
from ingest.sources import SOURCES

SERIES: Final = tuple(
    source.id
    for source in SOURCES
    if source.read_rows and {SCHOOL_PLACES, ADMISSION_NUMBER, PLANNING_AREA} & set(source.tables)
)
"""Series that tell of places; each has a step of the same id."""

CHOSEN: Final = (("is_chosen", "==", True), ("sex", "==", ALL))
"""Of all rows of a forecast these are a part: those of every method need not be in memory."""


def run(work: Work) -> None:
    """Write ``place_balance``, ``place_cost`` and ``school_unfilled``; none without a forecast."""
    members = work.rows_before(PLANNING_AREA_SCHOOL)
    forecast = work.rows_before(FORECAST, where=CHOSEN)
    if members.empty or forecast.empty:
        return
    schools = work.read("schools", SCHOOL)
    now = places_now(
        schools,
        work.rows_before(SCHOOL_PLACES),
        work.rows_before(ADMISSION_NUMBER),
        work.read("schools", SCHOOL_SUCCESSION),
    )
    _name_unknown(work, schools, now.urns, now.basis)
    planning = usable(work.region.planning, known_units(work), work.issues)
    years = sorted(forecast["academic_year"].unique())
    places = places_ahead(now, years, planning.places)
    owners = members.merge(schools[["urn", "la_code"]], on="urn")
    authorities = dict(zip(owners["planning_area"], owners["la_code"], strict=True))
    of_schools = _of_schools(forecast)
    made_in = forecast["made_in"].iloc[0]
    inside = counted(members, schools, of_schools, made_in, work.issues)
    tell_planned_nowhere(planning.places, members, work.issues)
    balances = balance_rows(_of_areas(forecast), inside, places, planning, authorities)
    work.write(PLACE_BALANCE, balances)
    work.write(SCHOOL_UNFILLED, unfilled_rows(of_schools, places, members))
    values = work.rows_before(AUTHORITY_VALUE)
    costs = cost_rows(balances, values, authorities, work.region.register())
    if len(costs):
        work.write(PLACE_COST, costs)


def _of_areas(forecast: pd.DataFrame) -> pd.DataFrame:
    rows = forecast[forecast["level"] == "planning_area"]
    rows = rows[rows["year_group"].isin(PLANNED)].rename(columns={"unit_code": "planning_area"})
    return rows[["planning_area", "academic_year", "year_group", "pupils_expected"]]


def _of_schools(forecast: pd.DataFrame) -> pd.DataFrame:
    rows = forecast[forecast["level"] == "school"]
    rows = rows[rows["year_group"].isin(list(PHASE_GROUPS))]
    rows = rows.assign(urn=rows["unit_code"].astype("int64"), phase=rows["year_group"])
    return rows[["urn", "phase", "academic_year", "pupils_expected"]]


def _name_unknown(
    work: Work, schools: pd.DataFrame, urns: tuple[int, ...], basis: tuple[str, ...]
) -> None:
    names = schools.set_index("urn")["name"]
    planned_for = set(work.rows_before(PLANNING_AREA_SCHOOL)["urn"])
    for urn, known in zip(urns, basis, strict=True):
        if known == "unknown" and urn in planned_for:
            says = f"{names[urn]} has none that are known; need and spare of its area are missing"
            work.issues.warn("school has places", f"URN {urn}", says)


STEP = Step(
    id="places",
    title="Need and spare places",
    run=run,
    needs=("schools", "school_areas", "forecast", *SERIES, SCORECARDS),
    heeds_planning=True,
)
