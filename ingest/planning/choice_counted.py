"""Whose counts of pupils by home and school hold for which authority."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.issues import IssueLog
from ingest.planning.choice_flows import PREFERRED, newest, today, usable
from ingest.planning.choice_reading import ChoiceInputs, ChoiceTables
from planning.arrays import Ints

ENOUGH: Final = 0.5
"""Share of an authority's schools that counts must tell of to be counts of that authority, and not
of some of its children who go to school elsewhere. A convention."""

Source = tuple[str, str]
"""A source, and the school year that was counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Who counted.

    Attributes:
        of: source and school year of each authority's counts; ``None`` where nobody counted.
        flow: the rows of ``flow`` that can be used, under the URNs of today.
    """

    of: tuple[Source | None, ...]
    flow: pd.DataFrame

    @property
    def kind(self) -> Ints:
        """A number of each authority: one for each source and year, 0 where nobody counted."""
        sources = sorted({each for each in self.of if each is not None})
        return np.array([0 if each is None else 1 + sources.index(each) for each in self.of])


def counted(
    tables: ChoiceTables, inputs: ChoiceInputs, authority: Ints, authorities: int, issues: IssueLog
) -> Counted:
    """Find whose counts hold for each authority; name rows that cannot be used.

    Args:
        tables: of the region.
        inputs: homes and schools of a phase.
        authority: number of the authority of each of these schools, shape (schools,).
        authorities: how many there are.
        issues: takes what is left out.
    """
    flow = tables.flow[tables.flow["phase"] == inputs.phase]
    found = _sources(flow, inputs.urns, authority, authorities, tables.succession)
    wanted = sorted({each for each in found if each is not None})
    rows = [_of(flow, each) for each in wanted]
    last = newest(flow)
    if not rows and last is not None:
        rows = [last]
    kept = [
        usable(
            each,
            codes=inputs.codes,
            urns=inputs.urns,
            school=tables.school,
            succession=tables.succession,
            issues=issues,
        )
        for each in rows
    ]
    return Counted(tuple(found), pd.concat(kept) if kept else flow.iloc[:0])


def _of(flow: pd.DataFrame, source: Source) -> pd.DataFrame:
    return flow[(flow["source_id"] == source[0]) & (flow["academic_year"] == source[1])]


def _sources(
    flow: pd.DataFrame, urns: Ints, authority: Ints, authorities: int, succession: pd.DataFrame
) -> list[Source | None]:
    """Return the preferred source of each authority, and its newest year that tells enough."""
    whose = dict(zip(urns.tolist(), authority.tolist(), strict=True))
    rows = flow[["source_id", "academic_year", "urn"]].drop_duplicates()
    rows = rows.assign(urn=today(rows["urn"].astype("int64"), set(whose), succession))
    rows = rows[rows["urn"].isin(list(whose))].drop_duplicates()
    keys = ["source_id", "academic_year", "number"]
    several = rows.assign(number=rows["urn"].map(whose)).groupby(keys).size().reset_index(name="n")
    schools = np.bincount(authority, minlength=authorities)
    found: list[Source | None] = [None] * authorities
    for source in reversed(PREFERRED):
        of_source = several[several["source_id"] == source]
        for year, number, count in of_source[["academic_year", "number", "n"]].itertuples(
            index=False
        ):
            if count >= ENOUGH * schools[int(number)]:
                found[int(number)] = (source, str(year))
    return found
