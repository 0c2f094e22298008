"""Who goes where: modelled catchments, and how likely an offer is."""

from typing import Final

import pandas as pd

from ingest.pipeline.work import Step, Work
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_habit import BEFORE
from ingest.planning.choice_minutes import matrices_in
from ingest.planning.choice_pieces import part_region
from ingest.planning.choice_reading import PHASES, ChoiceTables, schools_of
from ingest.planning.choice_working import add_issues, held_together, work_out
from ingest.planning.cohorts import AGES_READ
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.choices import CATCHMENT, CHOICE_ACCURACY, CHOICE_WEIGHT, OFFER_CHANCE
from ingest.schema.people import POPULATION
from ingest.schema.places import POSTCODE
from ingest.schema.provision import (
    ADMISSION_AREA,
    ADMISSION_CRITERION,
    ADMISSION_NUMBER,
    OFFER_DISTANCE,
    SCHOOL_LEAD,
)
from ingest.schema.pupils import FLOW, SCHOOL_VALUE
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION
from planning.choice.regional import DEFAULT

FOUND: Final = "who goes where is modelled"
OF_AGES: Final = (("age", ">=", min(AGES_READ)), ("age", "<=", max(AGES_READ)))
"""Of a whole country, the others are too many to be in memory with the rest."""


def run(work: Work) -> None:
    """Write ``choice_weight``, ``choice_accuracy``, ``catchment`` and ``offer_chance``."""
    flow = work.rows_before(FLOW)
    tables = ChoiceTables(
        flow,
        work.read("schools", SCHOOL),
        work.read("schools", SCHOOL_SUCCESSION),
        work.read("postcodes", POSTCODE),
        leads=work.rows_before(SCHOOL_LEAD),
        earlier=flow[flow["phase"] == BEFORE["secondary"]],
    )
    admissions = _admissions(work)
    for position, phase in enumerate(PHASES):
        if _can_be(work, tables, phase):
            _of_phase(work, tables, admissions, phase, begun=position / len(PHASES))


def _can_be(work: Work, tables: ChoiceTables, phase: str) -> bool:
    """Say whether there are homes and schools to choose between."""
    areas = tables.postcode["lsoa21"].dropna().nunique()
    schools = len(schools_of(tables.school, phase))
    if areas and schools:
        return True
    lacking = "small areas with postcodes" if not areas else "open state schools with a place"
    work.issues.warn(FOUND, phase, f"there are no {lacking}: nothing is modelled")
    return False


def _of_phase(
    work: Work, tables: ChoiceTables, admissions: AdmissionTables, phase: str, *, begun: float
) -> None:
    """Work a phase out piece by piece; each piece's rows are written before the next begins."""
    matrices = matrices_in(work.before["matrix"])
    own = [authority.la_code for authority in work.region.authorities()]
    parted = part_region(tables, admissions, phase, own=own, issues=work.issues)
    on_default: list[pd.DataFrame] = []
    for number, part in enumerate(parted.parts()):

        def tell(share: float, doing: str, number: int = number) -> None:
            of = f", piece {number + 1} of {len(parted)}" if len(parted) > 1 else ""
            done = begun + (number + share) / len(parted) / len(PHASES)
            work.progress(done, f"{doing}{of}")

        worked = work_out(part, phase, matrices, tell)
        work.write(CHOICE_ACCURACY, worked.accuracy)
        work.write(CATCHMENT, worked.catchments)
        work.write(OFFER_CHANCE, worked.offers)
        if worked.basis == DEFAULT:
            on_default.append(worked.weights)
        else:
            work.write(CHOICE_WEIGHT, worked.weights)
        if part.issues is not work.issues:
            add_issues(part, work.issues)
    if on_default:
        work.write(CHOICE_WEIGHT, held_together(on_default))
    _tell_what_stands_in(work, phase, len(on_default), len(parted), has_streets=bool(matrices))


def _tell_what_stands_in(
    work: Work, phase: str, on_default: int, pieces: int, *, has_streets: bool
) -> None:
    if on_default:
        where = "" if on_default == pieces else f" in {on_default} of {pieces} pieces of the region"
        work.issues.note(
            FOUND,
            phase,
            f"nobody counted which schools pupils of each small area go to, or too few{where}: the "
            "choice is the published default, fitted elsewhere",
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
        population=work.rows_before(POPULATION, where=OF_AGES),
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
        *("school_offers", "offers", "school_leads"),
    ),
)
