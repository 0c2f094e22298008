"""How long it takes from every home to every school, by every mode."""

import numpy as np
import pandas as pd
from pyproj import Transformer

from config.assumptions import assumptions
from config.tables import assumption_table
from config.terms import BRITISH_GRID, WGS84, AreaKind, SchoolStatus
from ingest.layout import MATRIX, TRANSIT
from ingest.pipeline.steps.streets import modes_of, network_of
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA
from ingest.schema.places import POSTCODE
from ingest.schema.schools import SCHOOL
from travel import Mode
from travel.matrix import Matrix, Points, Progress, Way, make_matrix
from travel.matrix.by_timetable import MODE, Morning, make_transit_matrix
from travel.transit import Transit


def run(work: Work) -> None:
    """Write a matrix for every mode.

    Parts that were found before a run was killed are kept beside the step's results, and taken
    by the next run if they answer the same question.
    """
    homes = homes_of(work.read("postcodes", POSTCODE), work.read("boundaries", AREA))
    schools = schools_of(work.read("schools", SCHOOL))
    modes = modes_of(work)
    for position, mode in enumerate(modes):

        def tell(progress: Progress, mode: Mode = mode, position: int = position) -> None:
            share = (position + progress.done / progress.parts) / len(modes)
            work.progress(share, f"{mode}: {progress.pairs:,} ways to school")

        matrix = make_matrix(
            network_of(work, mode),
            homes,
            schools,
            limit_s=limit_minutes(mode) * 60,
            out=work.out / MATRIX / mode,
            way=Way(checkpoint=work.out.parent / "parts" / mode),
            progress=tell,
        )
        _tell(work, mode, matrix)
    if (work.before["transit"] / TRANSIT).is_dir():
        _by_timetable(work, homes, schools)


def _by_timetable(work: Work, homes: Points, schools: Points) -> None:
    """Write the matrix of public transport, to be at school in time."""
    transit = Transit.load(work.before["transit"] / TRANSIT, network_of(work))
    arrive_s = round(assumptions("transit")["arrive_by"].value * 60)
    matrix = make_transit_matrix(
        transit,
        homes,
        schools,
        when=Morning(arrive_s, round(limit_minutes(MODE) * 60)),
        out=work.out / MATRIX / MODE,
        way=Way(checkpoint=work.out.parent / "parts" / MODE),
        progress=lambda progress: work.progress(
            progress.done / progress.parts, f"{MODE}: {progress.pairs:,} ways to school"
        ),
    )
    _tell(work, MODE, matrix)


def limit_minutes(mode: str) -> float:
    """Return how long a way by a mode is at most for it to stand in a build's matrix."""
    return assumption_table("matrix_limits").rows[mode]["limit"]


def homes_of(postcodes: pd.DataFrame, areas: pd.DataFrame) -> Points:
    """Return the postcodes of the region, and the middle of each of its small areas.

    The middle is the mean of the area's postcodes, as people live where those are; an area
    without any has a point inside its outline.
    """
    own = postcodes[~postcodes["is_outside"]].dropna(subset=["x", "y"])
    is_small = (areas["kind"] == str(AreaKind.LSOA21)) & ~areas["is_outside"]
    codes = areas.loc[is_small].set_index("area_code")
    x, y = Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True).transform(
        codes["lon"].to_numpy(np.float64), codes["lat"].to_numpy(np.float64)
    )
    inside = pd.DataFrame({"x": x, "y": y}, index=codes.index.astype(str))
    lived_in = own.groupby("lsoa21")[["x", "y"]].mean()
    middle = lived_in.reindex(inside.index).fillna(inside)
    return Points(
        np.concatenate((own["postcode"].to_numpy(str), middle.index.to_numpy(str))),
        np.concatenate((own["x"].to_numpy(np.float64), middle["x"].to_numpy(np.float64))),
        np.concatenate((own["y"].to_numpy(np.float64), middle["y"].to_numpy(np.float64))),
    )


def schools_of(schools: pd.DataFrame) -> Points:
    """Return the schools that are not closed and have a point, the border's included."""
    kept = schools[schools["x"].notna() & (schools["status"] != str(SchoolStatus.CLOSED))]
    return Points(
        kept["urn"].to_numpy(np.int64),
        kept["x"].to_numpy(np.float64),
        kept["y"].to_numpy(np.float64),
    )


def _tell(work: Work, mode: str, matrix: Matrix) -> None:
    about = matrix.about
    work.rows += about.pairs
    for count, what in ((about.homes_off_street, "homes"), (about.places_off_street, "schools")):
        if count:
            work.issues.note(
                f"matrix is whole: {mode}",
                f"{count:,} {what}",
                "have no street of the network near enough, or lie beyond it; they have no times",
            )


STEP = Step(
    id="matrix",
    title="From every home to every school",
    run=run,
    needs=("boundaries", "streets", "transit", "postcodes", "schools"),
)
