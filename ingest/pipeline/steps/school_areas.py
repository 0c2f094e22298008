"""Planning areas: which schools are in which, and the outlines of those that nobody published."""

import numpy as np
import pandas as pd
import shapely

from config.terms import AreaKind
from ingest.capacity import places as capacity
from ingest.layout import MATRIX
from ingest.pipeline.steps.matrix import homes_of
from ingest.pipeline.work import Step, Work
from ingest.planning.planning_areas import Homes, area_rows, placed, with_schools_across
from ingest.planning.stated_areas import PHASES, schools_across, schools_of_phase, stated
from ingest.planning.walks import walking_matrix
from ingest.schema.areas import AREA
from ingest.schema.choices import PLANNING_AREA_SCHOOL
from ingest.schema.places import POSTCODE
from ingest.schema.provision import PLANNING_AREA, SCHOOL_PLACES
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION
from ingest.sources import planning_area_schools, planning_areas


def run(work: Work) -> None:
    """Write ``planning_area_school``, and the reconstructed rows of ``planning_area``."""
    schools = work.read("schools", SCHOOL)
    told = stated(
        work.rows_before(SCHOOL_PLACES),
        work.read("schools", SCHOOL_SUCCESSION),
        schools,
        work.issues,
    )
    published = work.rows_before(PLANNING_AREA)
    own_schools = dict(list(schools.groupby("la_code")))
    drawn = published[published["geometry"].notna()]
    homes = _homes(work)
    matrix = walking_matrix(work.before["matrix"] / MATRIX)
    members, areas = [], []
    for phase in PHASES:
        of_phase = told[told["phase"] == phase].set_index("urn")["planning_area"]
        for la_code, group in _known_to(schools, phase, of_phase).groupby("la_code"):
            own = group.sort_values("urn").reset_index(drop=True)
            found = placed(
                own,
                phase,
                own["urn"].map(of_phase),
                homes[str(la_code)],
                drawn=drawn[drawn["phase"] == phase],
                matrix=matrix,
                issues=work.issues,
            )
            across = schools_across(own_schools[la_code], phase)
            whole = with_schools_across(found.members, own, across)
            version = np.where(whole["basis"] == "stated", "", found.version)
            members.append(whole.assign(phase=phase, version=version))
            areas.append(area_rows(found, str(own["la_code_dfe"].iloc[0]), phase, published))
    if members:
        work.write(PLANNING_AREA_SCHOOL, pd.concat(members, ignore_index=True))
        work.write(PLANNING_AREA, pd.concat(areas, ignore_index=True))


def _known_to(schools: pd.DataFrame, phase: str, codes: pd.Series) -> pd.DataFrame:
    """Return the schools of a phase, and those that their authorities say are."""
    own = schools[schools["urn"].isin(codes.index) & ~schools["is_outside"].astype(bool)]
    both = pd.concat([schools_of_phase(schools, phase), own])
    return both.drop_duplicates("urn")


def _homes(work: Work) -> dict[str, Homes]:
    """Return the small areas of each authority, by its GSS code."""
    areas = work.read("boundaries", AREA)
    middles = homes_of(work.read("postcodes", POSTCODE), areas)
    at = {str(code): number for number, code in enumerate(middles.id)}
    own = areas[(areas["kind"] == str(AreaKind.LSOA21)) & ~areas["is_outside"].astype(bool)]
    found = {}
    for la_code, parts in own.groupby("parent_code"):
        codes = tuple(parts["area_code"].astype(str))
        rows = [at[code] for code in codes]
        points = np.column_stack([middles.x[rows], middles.y[rows]])
        outlines = shapely.from_wkb(parts["geometry"].to_numpy())
        found[str(la_code)] = Homes(codes, points, outlines)
    return found


STEP = Step(
    id="school_areas",
    title="Planning areas and their schools",
    run=run,
    needs=(
        "boundaries",
        "postcodes",
        "schools",
        "matrix",
        planning_areas.ID,
        planning_area_schools.ID,
        capacity.ID,
    ),
)
"""The ids of the series that say which areas there are stand for the steps that read them."""
