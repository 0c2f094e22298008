"""Who goes where in one piece of a region, worked out and kept as rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from ingest.issues import IssueLog
from ingest.planning.choice_fit import Fitted, fit_region
from ingest.planning.choice_flows import observed
from ingest.planning.choice_pieces import Part
from ingest.planning.choice_results import (
    accuracy_rows,
    catchment_rows,
    modelled_shares,
    of_region,
    weight_rows,
)
from ingest.planning.market import Entry, read_entry
from ingest.planning.offer_accuracy import offer_accuracy
from ingest.planning.offer_left_out import LeftOut, draw_left_out
from ingest.planning.offer_results import offer_rows
from planning.choice.years import Drawn, draw_years
from travel.matrix import Matrix

Tell = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What was found of a piece's own areas and schools.

    Attributes:
        basis: ``fitted`` or ``default``.
        weights: rows of ``choice_weight``.
        accuracy: rows of ``choice_accuracy``.
        catchments: rows of ``catchment``.
        offers: rows of ``offer_chance``.
    """

    basis: str
    weights: pd.DataFrame
    accuracy: pd.DataFrame
    catchments: pd.DataFrame
    offers: pd.DataFrame


def work_out(part: Part, phase: str, matrices: Mapping[str, Matrix], tell: Tell) -> Worked:
    """Work out who goes where in a piece, and how far schools' places go.

    Args:
        part: the piece.
        phase: ``primary`` or ``secondary``.
        matrices: times from homes to schools, by mode.
        tell: is told how far it is.
    """
    tell(0.0, f"what families of {phase} pupils weigh")
    fitted = _fitted(part, phase, matrices)
    tables = part.tables
    entry = read_entry(
        fitted,
        part.admissions,
        school=tables.school,
        succession=tables.succession,
        postcode=tables.postcode,
        matrices=matrices,
        issues=part.issues,
    )
    drawn = _drawn(entry, part.seed, tell)
    share = modelled_shares(fitted, entry, drawn)
    catchments = catchment_rows(fitted, share, entry.pupils)
    is_own = np.isin(fitted.inputs.urns, list(part.own_urns))
    is_shown = of_region(fitted.inputs.urns, tables.school) & is_own
    of_own = _of_own_schools(entry, part)
    left_out = _left_out(fitted, of_own, part.seed, tell)
    judged = offer_accuracy(fitted, of_own, drawn, left_out)
    return Worked(
        fitted.basis,
        weight_rows(fitted, part.holds_for),
        accuracy_rows(fitted, judged, part.holds_for),
        catchments[catchments["home_code"].isin(part.own_areas)],
        offer_rows(fitted, entry, drawn, is_shown),
    )


def held_together(weights: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of ``choice_weight`` of several pieces with the same weights once."""
    names = sorted({each for rows in weights for each in " ".join(rows["holds_for"]).split()})
    return weights[0].assign(holds_for=" ".join(names))


def add_issues(part: Part, issues: IssueLog) -> None:
    """Add what was odd in a piece to what was in others; what is the same is told once."""
    first, more = part.holds_for[0], len(part.holds_for) - 1
    around = f"around {first}" + (f" and {more} more" if more else "")
    known = set(issues.issues)
    for issue in part.issues.issues:
        is_of_school = issue.subject.startswith("URN")
        subject = issue.subject if is_of_school else f"{issue.subject}, {around}"
        told = replace(issue, subject=subject)
        if told not in known:
            issues.issues.append(told)
            known.add(told)


def _fitted(part: Part, phase: str, matrices: Mapping[str, Matrix]) -> Fitted:
    """Fit the choice where the piece's authorities are counted; else take the default.

    Of children who go to a neighbour's schools, whom the neighbour counted, the counts are kept
    beside it.
    """
    if part.is_counted:
        return fit_region(
            part.tables,
            phase,
            matrices=matrices,
            issues=part.issues,
            admissions=part.admissions,
        )
    tables = replace(part.tables, flow=part.tables.flow.iloc[:0])
    fitted = fit_region(tables, phase, matrices=matrices, issues=part.issues)
    inputs = fitted.inputs
    found = observed(
        part.tables.flow,
        codes=inputs.codes,
        urns=inputs.urns,
        school=tables.school,
        succession=tables.succession,
        issues=part.issues,
    )
    if found is None:
        return fitted
    told = replace(inputs, seen=found.seen, academic_year=found.academic_year)
    return replace(fitted, inputs=told)


def _drawn(entry: Entry, seed: int, tell: Tell) -> Drawn | None:
    if entry.market is None:
        return None
    years = round(assumptions("admissions")["drawn_years"].value)

    def told(done: int) -> None:
        says = f"{done} of {years} years of entry into {entry.year_group} drawn"
        tell((1 + done / years) / 3, says)

    return draw_years(entry.market, years, seed=seed, told=told)


def _left_out(fitted: Fitted, entry: Entry, seed: int, tell: Tell) -> LeftOut | None:
    years = round(assumptions("admissions")["left_out_years"].value)
    doing = f"years of entry into {entry.year_group} drawn with block after block left out"

    def told(share: float) -> None:
        tell((2 + share) / 3, doing)

    return draw_left_out(fitted, entry, years=years, seed=seed, told=told)


def _of_own_schools(entry: Entry, part: Part) -> Entry:
    """Leave the history of the margin's schools out."""
    years = entry.history.years
    own = years[years["urn"].isin(part.own_urns)]
    return replace(entry, history=replace(entry.history, years=own))
