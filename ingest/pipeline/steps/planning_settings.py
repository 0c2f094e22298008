"""What planners set and what is assumed otherwise, as the log of assumptions."""

from ingest.pipeline.work import Step, Work
from ingest.planning.assumption_log import assumption_rows
from ingest.planning.settings import Known, usable
from ingest.schema.choices import PLANNING_AREA_SCHOOL
from ingest.schema.forecasts import ASSUMPTION
from ingest.schema.provision import PLANNING_AREA, SCHOOL_PLACES
from ingest.schema.schools import SCHOOL


def run(work: Work) -> None:
    """Write the ``assumption`` table; settings about nothing the atlas has are named."""
    planning = work.region.planning
    used = usable(planning, known_units(work), work.issues)
    work.write(ASSUMPTION, assumption_rows(planning, used=used))


def known_units(work: Work) -> Known:
    """Return the schools, planning areas and authorities that a setting may be about."""
    areas = [
        work.rows_before(table)["planning_area"]
        for table in (PLANNING_AREA, PLANNING_AREA_SCHOOL, SCHOOL_PLACES)
    ]
    return Known(
        frozenset(map(int, work.rows_before(SCHOOL)["urn"])),
        frozenset(str(code) for each in areas for code in each.dropna().unique()),
        frozenset(work.region.la_codes),
    )


STEP = Step(
    id="planning_settings",
    title="Settings of place planners",
    run=run,
    needs=("schools", "planning_areas", "planning_area_schools", "school_capacity", "school_areas"),
    heeds_planning=True,
)
