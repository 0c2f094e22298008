"""Flows from homes to schools as a table of counts; what cannot be used is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.plurals import counted
from ingest.issues import IssueLog
from ingest.sources import london_flows, own_counts
from planning.arrays import Bools, Ints
from planning.choice.regional import Observed

PREFERRED: Final = (own_counts.ID, london_flows.ID)
"""Whose counts are used where several have some of a phase."""

LEFT_OUT_AT_MOST: Final[Mapping[str, int]] = {london_flows.ID: london_flows.SMALLEST - 1}
"""Sources that leave small counts out of their table, and the largest count left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of one source and year.

    Attributes:
        seen: the counts.
        source_id: whose they are.
        academic_year: of which year.
    """

    seen: Observed
    source_id: str
    academic_year: str


def observed(
    flow: pd.DataFrame,
    *,
    codes: Sequence[str],
    urns: Ints,
    school: pd.DataFrame,
    succession: pd.DataFrame,
    issues: IssueLog,
) -> Found | None:
    """Return the counts of the newest year of the preferred source; ``None`` without any.

    Args:
        flow: rows of ``flow`` of one phase.
        codes: small areas, the rows of the counts.
        urns: schools that teach the phase, the columns of the counts.
        school: rows of ``school``.
        succession: rows of ``school_succession``.
        issues: takes what is left out.
    """
    chosen = newest(flow)
    if chosen is None:
        return None
    source, year = str(chosen["source_id"].iloc[0]), str(chosen["academic_year"].iloc[0])
    of = f"{source} {year}"
    rows = _placed(chosen, codes, urns, school, succession, of=of, issues=issues)
    if rows.empty:
        issues.warn("flows can be used", of, "none of them can; the default choice is used")
        return None
    return Found(_observed(rows, len(codes), len(urns), LEFT_OUT_AT_MOST.get(source)), source, year)


def usable(
    flow: pd.DataFrame,
    *,
    codes: Sequence[str],
    urns: Ints,
    school: pd.DataFrame,
    succession: pd.DataFrame,
    issues: IssueLog,
) -> pd.DataFrame:
    """Return the counts that can be used, under the URNs of today; name the others.

    Args:
        flow: rows of ``flow`` of one phase, source and year.
        codes: small areas.
        urns: schools that teach the phase.
        school: rows of ``school``.
        succession: rows of ``school_succession``.
        issues: takes what is left out.
    """
    if flow.empty:
        return flow
    of = f"{flow['source_id'].iloc[0]} {flow['academic_year'].iloc[0]}"
    rows = _placed(flow, codes, urns, school, succession, of=of, issues=issues)
    return flow.loc[rows.index].assign(urn=urns[rows["row"].to_numpy(np.int64)])


def newest(flow: pd.DataFrame) -> pd.DataFrame | None:
    """Return the counts of the newest year of the preferred source; ``None`` without any."""
    for source in PREFERRED:
        of_source = flow[flow["source_id"] == source]
        if len(of_source):
            last = str(of_source["academic_year"].max())
            return of_source.loc[of_source["academic_year"] == last]
    return None


def _placed(
    flow: pd.DataFrame,
    codes: Sequence[str],
    urns: Ints,
    school: pd.DataFrame,
    succession: pd.DataFrame,
    *,
    of: str,
    issues: IssueLog,
) -> pd.DataFrame:
    """Return ``home``, ``row`` (of the school) and the counts; name what has no place."""
    now = today(flow["urn"].astype("int64"), set(urns.tolist()), succession)
    known = dict(zip(urns.tolist(), range(len(urns)), strict=True))
    rows = flow.assign(
        home=flow["home_code"].map(dict(zip(codes, range(len(codes)), strict=True))),
        row=now.map(known),
        counted=flow["pupils_counted"].astype("Float64"),
    )
    in_register = flow["urn"].isin(school["urn"]) | now.isin(school["urn"])
    odd: tuple[tuple[str, pd.Series, str], ...] = (
        ("flows are not below zero", rows["counted"].fillna(0) < 0, "have a count below zero"),
        ("flows go to known schools", ~in_register, "go to schools that are not in the register"),
        (
            "flows go to schools of the phase",
            in_register & rows["row"].isna(),
            "go to schools that are not open, state-funded, mainstream ones of the phase",
        ),
        ("flows come from known homes", rows["home"].isna(), "come from areas without a postcode"),
    )
    left = pd.Series(False, rows.index)
    for rule, is_odd, says in odd:
        _name(rows[is_odd & ~left], rule, says, of=of, issues=issues)
        left |= is_odd
    return rows[~left].astype({"home": "int64", "row": "int64"})


def today(urn: pd.Series, in_use: set[int], succession: pd.DataFrame) -> pd.Series:
    """Return the URN that each school has today; a school split in several keeps its own."""
    alone = succession[~succession["urn"].duplicated(keep=False)]
    after = dict(zip(alone["urn"].astype(int), alone["successor_urn"].astype(int), strict=True))
    return urn.where(urn.isin(in_use), urn.map(after).fillna(urn).astype("int64"))


def _name(rows: pd.DataFrame, rule: str, says: str, *, of: str, issues: IssueLog) -> None:
    if rows.empty:
        return
    schools = ", ".join(map(str, sorted(set(rows["urn"].astype(int)))[:5]))
    pupils = float(rows["counted"].clip(lower=0).sum())
    counts = counted(len(rows), "count", "counts")
    people = counted(round(pupils), "pupil", "pupils")
    issues.warn(
        rule,
        of,
        f"{counts} with {people} {says}, such as {schools}; left out",
    )


def _observed(rows: pd.DataFrame, homes: int, schools: int, left_out: int | None) -> Observed:
    shape = (homes, schools)
    at = (rows["home"].to_numpy(np.int64), rows["row"].to_numpy(np.int64))
    pupils, at_most = np.zeros(shape), np.zeros(shape)
    np.add.at(pupils, at, rows["counted"].fillna(0).to_numpy(np.float64))
    is_hidden = rows["counted"].isna().to_numpy(np.bool_)
    bound = rows["at_most"].astype("Float64").to_numpy(np.float64, na_value=np.inf)
    hidden = (at[0][is_hidden], at[1][is_hidden])
    np.add.at(at_most, hidden, bound[is_hidden])
    suppressed = np.zeros(shape, np.bool_)
    suppressed[hidden] = True
    if left_out is not None:
        absent = _absent(at, shape)
        suppressed |= absent
        at_most[absent] = left_out
    # A school that is the heir of two has a part that is told and a part that is not.
    suppressed &= pupils == 0
    told = bound[is_hidden & np.isfinite(bound)]
    threshold = int(told.max()) if len(told) else left_out or 0
    at_least = 1 if left_out is None else 0
    return Observed(pupils, suppressed, at_most, np.full(homes, np.nan), threshold, at_least)


def _absent(at: tuple[Ints, Ints], shape: tuple[int, int]) -> Bools:
    """Return the cells without a row, of homes that have some."""
    told = np.zeros(shape, np.bool_)
    told[at] = True
    return np.asarray(~told & told.any(axis=1, keepdims=True))
