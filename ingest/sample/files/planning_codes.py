"""Codes of planning areas, and which of them each school is in."""

from typing import Final

import pandas as pd

from ingest.sample.codes import la_code_dfe
from ingest.sample.files.series import County

PHASES: Final = {"Primary": "primary", "Secondary": "secondary"}
"""The last word of a planning area's name, and the phase that it is planned for."""
_DIGIT: Final = {"Primary": 1, "Secondary": 2}
_OF_THE_FRINGE: Final = 50
"""Where the numbers begin in land of an authority whose other land the next county numbers."""


def planning_areas_of(county: County) -> pd.DataFrame:
    """List a county's planning areas.

    Returns:
        One row per area: ``name``, ``code`` (seven digits, the authority's first), ``phase`` and
        ``authority``.
    """
    schools = county.people.schools[["planning_areas", "authority"]].explode("planning_areas")
    named = schools.dropna().drop_duplicates().sort_values(["authority", "planning_areas"])
    rows = []
    numbers: dict[tuple[int, str], int] = {}
    for name, authority in named.itertuples(index=False, name=None):
        kind = str(name).rpartition(" ")[2]
        start = _OF_THE_FRINGE if authority == county.tile.fringe else 0
        number = numbers[authority, kind] = numbers.get((authority, kind), start) + 1
        code = f"{la_code_dfe(int(authority))}{_DIGIT[kind]}{number:03d}"
        rows.append((str(name), code, PHASES[kind], int(authority)))
    return pd.DataFrame(rows, columns=["name", "code", "phase", "authority"])


def area_of_schools(county: County) -> dict[str, list[str]]:
    """Return the code of each school's planning area, by phase; empty where it is in none.

    Of a school in two areas of one phase it is the first.
    """
    known = planning_areas_of(county)
    code = {
        (name, authority): (code, phase)
        for name, code, phase, authority in known.itertuples(index=False, name=None)
    }
    found: dict[str, list[str]] = {phase: [] for phase in PHASES.values()}
    schools = county.people.schools
    for names, authority in zip(schools["planning_areas"], schools["authority"], strict=True):
        of_phase: dict[str, str] = {}
        for name in names:
            own, phase = code[name, authority]
            of_phase.setdefault(phase, own)
        for phase, column in found.items():
            column.append(of_phase.get(phase, ""))
    return found
