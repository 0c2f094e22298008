"""Who goes where: modelled catchments, and how likely an offer is."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from config.assumptions import assumptions
from ingest.pipeline.work import Step, Work
from ingest.planning.choice_fit import Fitted, fit_region
from ingest.planning.choice_minutes import matrices_in
from ingest.planning.choice_reading import PHASES, ChoiceTables, schools_of
from ingest.planning.choice_results import (
    accuracy_rows,
    catchment_rows,
    modelled_shares,
    of_region,
    weight_rows,
)
from ingest.planning.market import AdmissionTables, Entry, read_entry
from ingest.planning.offer_accuracy import offer_accuracy
from ingest.planning.offer_results import offer_rows
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.choices import CATCHMENT, CHOICE_ACCURACY, CHOICE_WEIGHT, OFFER_CHANCE
from ingest.schema.people import POPULATION
from ingest.schema.places import POSTCODE
from ingest.schema.provision import (
    ADMISSION_AREA,
    ADMISSION_CRITERION,
    ADMISSION_NUMBER,
    OFFER_DISTANCE,
)
from ingest.schema.pupils import FLOW, SCHOOL_VALUE
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION
from planning.choice.regional import DEFAULT
from planning.choice.years import Drawn, draw_years

SEED: Final = 2024
"""Of the drawn years: the same tables give the same years."""

MOST_PAIRS: Final = 60_000_000
"""Small areas times schools that a choice is worked out for in one piece."""

FOUND: Final = "who goes where is modelled"


def run(work: Work) -> None:
    """Write ``choice_weight``, ``choice_accuracy``, ``catchment`` and ``offer_chance``."""
    tables = ChoiceTables(
        work.rows_before(FLOW),
        work.read("schools", SCHOOL),
        work.read("schools", SCHOOL_SUCCESSION),
        work.read("postcodes", POSTCODE),
    )
    admissions = _admissions(work)
    for position, phase in enumerate(PHASES):
        if _can_be(work, tables, phase):
            _of_phase(work, tables, admissions, phase, begun=position / len(PHASES))


def _can_be(work: Work, tables: ChoiceTables, phase: str) -> bool:
    """Say whether there are homes and schools to choose between, and not too many."""
    areas = tables.postcode["lsoa21"].dropna().nunique()
    schools = len(schools_of(tables.school, phase))
    if not areas or not schools:
        lacking = "small areas with postcodes" if not areas else "open state schools with a place"
        work.issues.warn(FOUND, phase, f"there are no {lacking}: nothing is modelled")
        return False
    if areas * schools > MOST_PAIRS:
        says = (
            f"{areas:,} small areas and {schools:,} schools are too many to be worked out in one "
            "piece; build the authorities' own regions for it"
        )
        work.issues.warn(FOUND, phase, says)
        return False
    return True


def _of_phase(
    work: Work, tables: ChoiceTables, admissions: AdmissionTables, phase: str, *, begun: float
) -> None:
    matrices = matrices_in(work.before["matrix"])
    work.progress(begun, f"what families of {phase} pupils weigh")
    fitted = fit_region(tables, phase, matrices=matrices, issues=work.issues)
    entry = read_entry(
        fitted,
        admissions,
        school=tables.school,
        succession=tables.succession,
        postcode=tables.postcode,
        matrices=matrices,
        issues=work.issues,
    )
    drawn = _drawn(entry, lambda done, doing: work.progress(begun + done / 4, doing))
    _tell_what_stands_in(work, fitted, has_streets=bool(matrices))
    work.write(CHOICE_WEIGHT, weight_rows(fitted))
    work.write(CHOICE_ACCURACY, accuracy_rows(fitted, offer_accuracy(fitted, entry, drawn)))
    share = modelled_shares(fitted, entry, drawn)
    work.write(CATCHMENT, catchment_rows(fitted, share, entry.pupils))
    is_shown = of_region(fitted.inputs.urns, tables.school)
    work.write(OFFER_CHANCE, offer_rows(fitted, entry, drawn, is_shown))


def _drawn(entry: Entry, tell: Callable[[float, str], None]) -> Drawn | None:
    if entry.market is None:
        return None
    years = round(assumptions("admissions")["drawn_years"].value)

    def told(done: int) -> None:
        tell(1 + done / years, f"{done} of {years} years of entry into {entry.year_group} drawn")

    return draw_years(entry.market, years, seed=SEED, told=told)


def _tell_what_stands_in(work: Work, fitted: Fitted, *, has_streets: bool) -> None:
    phase = fitted.inputs.phase
    if fitted.basis == DEFAULT:
        work.issues.note(
            FOUND,
            phase,
            "nobody counted which schools pupils of each small area go to, or too few: the choice "
            "is the published default, fitted elsewhere",
        )
    if not has_streets:
        work.issues.note(
            FOUND, phase, "no street network is loaded: straight lines stand in for journeys"
        )


def _admissions(work: Work) -> AdmissionTables:
    values = work.rows_before(SCHOOL_VALUE)
    applications = work.rows_before(AUTHORITY_VALUE)
    own = {authority.la_code for authority in work.region.authorities()}
    return AdmissionTables(
        population=work.rows_before(POPULATION),
        numbers=work.rows_before(ADMISSION_NUMBER),
        distances=work.rows_before(OFFER_DISTANCE),
        criterion=work.rows_before(ADMISSION_CRITERION),
        areas=work.rows_before(ADMISSION_AREA),
        school_values=_named(values, "admissions_"),
        authority_values=_named(applications[applications["area_code"].isin(own)], "offers_"),
    )


def _named(rows: pd.DataFrame, begins: str) -> pd.DataFrame:
    """Keep the measures whose names begin so."""
    return rows[rows["measure"].astype(str).str.startswith(begins)]


STEP = Step(
    id="choice",
    title="Who goes where",
    run=run,
    needs=(
        *("postcodes", "schools", "matrix", "own_counts", "london_flows"),
        *("population_lsoa21", "population_lsoa11", "admissions", "admission_criteria"),
        *("admission_areas", "surrey_admissions", "brighton_admission_areas"),
        *("school_offers", "offers"),
    ),
)
