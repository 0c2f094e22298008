"""Tables of a build to the inputs of a forecast; what is odd is named, nothing saved half."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ingest.issues import IssueLog
from ingest.planning.born import read_births
from ingest.planning.counts import read_counts
from ingest.planning.frames import Frames, read_frames
from ingest.planning.homes import read_homes
from ingest.planning.homes_to_school import read_flows
from ingest.planning.residents import read_residents
from ingest.planning.rolls import NoForecast, read_rolls
from ingest.planning.schools import read_schools
from ingest.planning.units import read_units
from ingest.schema.provision import ADMISSION_NUMBER
from ingest.schema.pupils import FLOW, ROLL
from planning.arrays import Floats
from planning.forecast.inputs import GROUPS, Inputs, Rolls

__all__ = ["Frames", "NoForecast", "Read", "read_frames", "read_inputs"]


@dataclass(frozen=True, slots=True)
class Read:
    """What a forecast is made from, and what it is made without.

    Attributes:
        inputs: for ``planning``.
        names: of the schools, by URN.
        left_out: why a school has no forecast by year group, by its URN.
        admission_numbers: newest published one by school and year group entered, shape (schools,
            groups); ``NaN`` where none is.
    """

    inputs: Inputs
    names: Mapping[int, str]
    left_out: Mapping[int, str]
    admission_numbers: Floats


def read_inputs(frames: Frames, issues: IssueLog) -> Read:
    """Read what a forecast is made from.

    State-funded mainstream schools of the authorities shown, reception to year 14. Special
    schools, alternative provision, nurseries and colleges stand apart. An authority's own files
    win over published ones; rolls of closed schools count under those that took their place.

    Args:
        frames: the tables.
        issues: is told of every odd row by name.

    Raises:
        NoForecast: the rolls allow none; the message says what to supply.
    """
    schools = read_schools(frames, issues)
    read = read_rolls(read_counts(frames.of(ROLL), schools, issues), schools, issues)
    births, of_authorities = read_births(frames)
    residents, projected = read_residents(frames)
    units = read_units(frames, read.rolls, schools, issues)
    homes = read_homes(frames, units, set(frames.of(FLOW)["home_code"].dropna().map(str)))
    inputs = Inputs(
        rolls=read.rolls,
        units=units,
        homes=homes,
        births=births,
        births_of_authorities=of_authorities,
        residents=residents,
        projected=projected,
        flows=read_flows(frames, read.rolls, homes, schools, issues),
        totals=read.totals if np.isfinite(read.totals).any() else None,
    )
    names = dict(zip(map(int, schools.rows.index), map(str, schools.rows["name"]), strict=True))
    return Read(inputs, names, read.left_out, _admission_numbers(frames, read.rolls, schools.today))


def _admission_numbers(frames: Frames, rolls: Rolls, today: Mapping[int, int]) -> Floats:
    numbers = np.full((len(rolls.urns), len(GROUPS)), np.nan)
    rows = frames.of(ADMISSION_NUMBER)
    rows = rows[rows["urn"].isin(list(today)) & rows["year_group"].isin(GROUPS)]
    rows = rows[rows["places"].notna()].sort_values("academic_year")
    place = {int(urn): row for row, urn in enumerate(rolls.urns)}
    for urn, group, places in rows[["urn", "year_group", "places"]].itertuples(index=False):
        if today[int(urn)] in place:
            numbers[place[today[int(urn)]], GROUPS.index(group)] = float(places)
    return numbers
