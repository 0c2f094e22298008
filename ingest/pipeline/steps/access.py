"""How long a walk the nearest school is, from every postcode and so for every small area."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from config.terms import AreaKind, Phase, SchoolStatus, Sector, Status
from ingest.measures import Measure, measure_table, values
from ingest.pipeline.steps.streets import has_streets, network_of
from ingest.pipeline.work import Step, Work
from ingest.schema.areas import AREA, AREA_VALUE, MEASURE
from ingest.schema.places import POSTCODE
from ingest.schema.schools import SCHOOL
from travel import Network, Snapped, seconds_from, snap, times_to

Floats = npt.NDArray[np.float64]

LIMIT_MINUTES: Final = 90
LEAST_COVERED: Final = 0.5
"""A small area has a value where at least this share of its postcodes has one."""


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
            "than this, half are farther. An area is left blank where the streets are not loaded "
            f"or no such school is within {LIMIT_MINUTES} minutes."
        ),
        unit="minutes",
        period="Schools and streets as loaded",
        source_id="streets",
        release="as loaded",
        method=(
            "Median over the area's postcodes of the walking time along streets and paths to the "
            f"nearest open state-funded {kind.words}, in the region or across its border. A "
            "postcode has no value where such a school beyond the streets loaded is nearer in a "
            "straight line than that walk, for it may be the nearest; the area has none where less "
            f"than {LEAST_COVERED:.0%} of its postcodes have one."
        ),
    )
    for kind in KINDS
)


def run(work: Work) -> None:
    """Write the walking part of the ``measure`` and ``area_value`` tables; none without streets."""
    if not has_streets(work):
        return
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
    medians = values(frame, MEASURES, present=Status.ESTIMATED, missing=Status.UNAVAILABLE)
    work.write(AREA_VALUE, medians.assign(receipt=None))


def _of_kind(schools: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return the open, state-funded schools of a kind that have a place."""
    return schools[
        schools["phase"].isin([str(phase) for phase in kind.phases])
        & (schools["sector"] == str(Sector.STATE))
        & schools["status"].isin([str(SchoolStatus.OPEN), str(SchoolStatus.CLOSING)])
        & schools["x"].notna()
    ]


def _minutes(network: Network, postcodes: pd.DataFrame, schools: pd.DataFrame) -> pd.Series:
    """Return minutes between each postcode and its nearest school.

    One search starts from all schools at once: each postcode is met by its nearest first. On
    foot the way there takes as long as the way back.

    Returns:
        Null where no school is reached, or where one that streets do not reach is nearer as the
        crow flies than the one found: it may be the nearest, and its walk is not known.
    """
    snapped = _snapped(network, schools)
    is_reached = snapped.is_on_street & schools["is_covered"].to_numpy(np.bool_)
    reach = seconds_from(network, _chosen(snapped, is_reached), limit_s=LIMIT_MINUTES * 60)
    seconds = times_to(reach, _snapped(network, postcodes)).seconds
    straight_m = _straight_m(postcodes, schools[~is_reached])
    is_sure = straight_m / network.off_street_m_s >= seconds
    return pd.Series(seconds / 60, postcodes.index).where(postcodes["is_covered"] & is_sure)


def _straight_m(postcodes: pd.DataFrame, schools: pd.DataFrame) -> Floats:
    """Return metres as the crow flies to the nearest of the schools; infinite where none is."""
    if schools.empty:
        return np.full(len(postcodes), np.inf)
    metres, _ = cKDTree(_points(schools)).query(_points(postcodes))
    return np.asarray(metres, np.float64)


def _snapped(network: Network, rows: pd.DataFrame) -> Snapped:
    return snap(network, *_points(rows).T)


def _chosen(snapped: Snapped, which: npt.NDArray[np.bool_]) -> Snapped:
    return Snapped(*(getattr(snapped, each.name)[which] for each in fields(snapped)))


def _points(rows: pd.DataFrame) -> Floats:
    return rows[["x", "y"]].to_numpy(np.float64)


def _medians(postcodes: pd.DataFrame, minutes: pd.Series) -> pd.Series:
    """Return the median by small area, null where too few of its postcodes have a value."""
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
