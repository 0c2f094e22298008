"""Which schools are forecast, and whose pupils of earlier URNs are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from config.terms import MAINSTREAM, Sector
from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION

SPLIT: Final = "school has one successor"


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools that may be forecast: state-funded mainstream ones of the authorities shown.

    Special schools, alternative provision, nurseries and colleges stand apart: their places are
    not planned by year group and area.

    Attributes:
        rows: of ``school``, by URN.
        today: URN that the pupils of each URN count under: its own, or its successor's.
    """

    rows: pd.DataFrame
    today: Mapping[int, int]

    def named(self, urn: int) -> str:
        """Name a school for a message."""
        return f"{self.rows['name'].get(urn, 'school')} ({urn})"


def read_schools(frames: Frames, issues: IssueLog) -> Schools:
    """Pick the schools that may be forecast.

    A school that was split between several keeps its rolls under its own URN, so that nobody is
    counted twice.
    """
    schools = frames.of(SCHOOL)
    own = set(frames.authorities["la_code"])
    kept = (
        schools["phase"].isin([str(phase) for phase in MAINSTREAM])
        & (schools["sector"] == str(Sector.STATE))
        & schools["la_code"].isin(list(own))
    )
    rows = schools[kept].astype({"urn": "int64"}).set_index("urn").sort_index()
    rows = rows[~rows.index.duplicated()]
    today = {int(urn): int(urn) for urn in rows.index}
    links = frames.of(SCHOOL_SUCCESSION)
    registered = set(map(int, schools["urn"]))
    for urn, after in _successors(links, today).items():
        if len(after) > 1:
            says = f"followed by {', '.join(map(str, after))}: its rolls stay under its own URN"
            issues.note(SPLIT, str(urn), says)
        elif urn in today or urn not in registered:
            today[urn] = after[0]
    return Schools(rows, today)


def _successors(links: pd.DataFrame, today: Mapping[int, int]) -> dict[int, list[int]]:
    """Return the schools that may be forecast and took the place of each URN."""
    found: dict[int, list[int]] = {}
    for urn, after in zip(links["urn"], links["successor_urn"], strict=True):
        if int(after) in today:
            found.setdefault(int(urn), []).append(int(after))
    return found
