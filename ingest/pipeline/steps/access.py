"""How long a walk the nearest school is, from every postcode and so for every small area."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.terms import AreaKind, Phase, SchoolStatus, Sector, Status
from ingest.measures import Measure, measure_table, values
from ingest.pipeline.steps.streets import network_of
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA, AREA_VALUE, MEASURE
from ingest.schema.places import POSTCODE
from ingest.schema.schools import SCHOOL
from travel import Network, Snapped, seconds_from, snap, times_to

LIMIT_MINUTES: Final = 90
LEAST_COVERED: Final = 0.5
"""A small area has a value where streets cover at least this share of its postcodes."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of school that a home should be near, and the phases that count as one."""

    id: str
    words: str
    phases: frozenset[Phase]


KINDS: Final = (
    Kind("primary", "primary school", frozenset({Phase.PRIMARY, Phase.ALL_THROUGH})),
    Kind(
        "secondary",
        "secondary school",
        frozenset({Phase.SECONDARY, Phase.ALL_THROUGH, Phase.MIDDLE}),
    ),
)
MEASURES: Final = tuple(
    Measure(
        id=f"walk_to_{kind.id}",
        topic="Getting to school",
        title=f"Walk to the nearest state {kind.words}",
        says=(
            f"Half of the postcodes here are nearer on foot to an open state-funded {kind.words} "
            "than this, half are farther."
        ),
        unit="minutes",
        period="Schools and streets as loaded",
        source_id="streets",
        release="as loaded",
        method=(
            "Median over the area's postcodes of the walking time along streets and paths to the "
            f"nearest open state-funded {kind.words}, in the region or across its border."
        ),
    )
    for kind in KINDS
)


def run(work: Work) -> None:
    """Write the walking part of the ``measure`` and ``area_value`` tables."""
    network = network_of(work)
    postcodes = work.read("postcodes", POSTCODE)
    schools = work.read("schools", SCHOOL)
    areas = work.read("boundaries", AREA)
    codes = areas.loc[
        (areas["kind"] == str(AreaKind.LSOA21)) & ~areas["is_outside"], "area_code"
    ].astype(object)
    frame = pd.DataFrame({"area_code": codes.to_numpy()})
    for measure, kind in zip(MEASURES, KINDS, strict=True):
        work.progress(0.5, measure.title.lower())
        minutes = _minutes(network, postcodes, _of_kind(schools, kind))
        frame[measure.id] = frame["area_code"].map(_medians(postcodes, minutes)).round(1)
    work.write(MEASURE, measure_table(MEASURES))
    work.write(
        AREA_VALUE,
        values(frame, MEASURES, present=Status.ESTIMATED, missing=Status.UNAVAILABLE),
    )


def _of_kind(schools: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return the open, state-funded schools of a kind that streets reach."""
    return schools[
        schools["phase"].isin([str(phase) for phase in kind.phases])
        & (schools["sector"] == str(Sector.STATE))
        & schools["status"].isin([str(SchoolStatus.OPEN), str(SchoolStatus.CLOSING)])
        & schools["is_covered"]
    ]


def _minutes(network: Network, postcodes: pd.DataFrame, schools: pd.DataFrame) -> pd.Series:
    """Return minutes between each postcode and its nearest school; null where none is reached.

    One search starts from all schools at once: each postcode is met by its nearest first. On
    foot the way there takes as long as the way back.
    """
    reach = seconds_from(network, _snapped(network, schools), limit_s=LIMIT_MINUTES * 60)
    times = times_to(reach, _snapped(network, postcodes))
    return pd.Series(times.seconds / 60, postcodes.index).where(postcodes["is_covered"])


def _snapped(network: Network, rows: pd.DataFrame) -> Snapped:
    return snap(network, rows["x"].to_numpy(np.float64), rows["y"].to_numpy(np.float64))


def _medians(postcodes: pd.DataFrame, minutes: pd.Series) -> pd.Series:
    """Return the median by small area, null where too few of its postcodes are covered."""
    groups = minutes.groupby(postcodes["lsoa21"])
    enough = groups.count() >= LEAST_COVERED * groups.size()
    medians: pd.Series = groups.median().where(enough)
    return medians


STEP = Step(
    id="access",
    title="Walk to the nearest school",
    run=run,
    needs=("boundaries", "streets", "postcodes", "schools"),
)
