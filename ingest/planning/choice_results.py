"""What was found of who goes where, as rows of the atlas's tables."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.terms import Status
from ingest.planning.choice_fit import Fitted
from ingest.planning.choice_habit import LINKED
from ingest.planning.choice_words import says_of
from ingest.planning.market import Entry
from planning.arrays import Bools, Floats, Ints
from planning.choice.features import straight_km
from planning.choice.regional import DEFAULT
from planning.choice.years import Drawn

RATIONED: Final = "rationed"
"""What weights rest on that were fitted to counts, offers and last distances together."""

LEAST_SHARE_PCT: Final = 0.5
"""Smaller shares are kept only where pupils were counted."""


def weight_rows(fitted: Fitted, holds_for: Sequence[str] | None = None) -> pd.DataFrame:
    """Return rows of ``choice_weight``: of what families prefer, where that is known.

    Args:
        fitted: the choice.
        holds_for: GSS codes of authorities; left out: all that homes are in.
    """
    choice, preferred = fitted.choice, fitted.preferred
    rows = _weights(choice.design.names, choice.weights.attributes, choice.error, fitted.basis)
    if preferred is not None:
        found = preferred.fit
        liked = _weights(preferred.names, found.weights.attributes, found.error, RATIONED)
        # Habit is weighed as where children are tells it, in either case.
        rows = pd.concat([liked, rows[rows["attribute"] == LINKED]], ignore_index=True)
    return rows.assign(phase=fitted.inputs.phase, holds_for=_held(fitted, holds_for))


def _weights(names: Sequence[str], values: Floats, errors: Floats, basis: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "attribute": list(names),
            "value": values,
            "standard_error": errors,
            "says": [says_of(name, is_rationed=basis == RATIONED) for name in names],
            "basis": basis,
        }
    )


def accuracy_rows(
    fitted: Fitted,
    offers: Sequence[tuple[str, str, float]],
    holds_for: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return rows of ``choice_accuracy``.

    Args:
        fitted: with how well it and simpler methods tell areas left out of the fit.
        offers: how well drawn years and simpler methods tell offers: method, by what, value.
        holds_for: GSS codes of authorities; left out: all that homes are in.
    """
    rows = [
        (each.method, by, value, each.pupils)
        for each in fitted.accuracy
        for by, value in (("share_right_pct", each.share_right_pct), ("srmse", each.srmse))
    ]
    rows += [(*each, np.nan) for each in offers]
    table = pd.DataFrame(rows, columns=["choice_method", "judged_by", "value", "cohort"])
    return table.assign(
        phase=fitted.inputs.phase, holds_for=_held(fitted, holds_for), basis=fitted.basis
    )


def _held(fitted: Fitted, holds_for: Sequence[str] | None) -> str:
    return " ".join(fitted.inputs.authorities if holds_for is None else holds_for)


def modelled_shares(fitted: Fitted, entry: Entry, drawn: Drawn | None) -> Floats:
    """Return how many of each small area's children go to each school.

    Where the choice was fitted to counts, it knows by itself who was refused. Where it was not,
    the mean of the drawn years knows: there schools admit up to their admission number.

    Returns:
        Shape (areas, schools).
    """
    choice = fitted.choice
    if choice.basis != DEFAULT or drawn is None or entry.market is None or entry.applicants is None:
        return choice.everywhere(choice.shares)
    options = entry.market.options
    pupils = np.zeros((len(fitted.inputs.codes), options.schools))
    home = np.broadcast_to(entry.applicants.home_area[:, None], options.school.shape)
    np.add.at(pupils, (home, options.school), np.where(options.is_option, drawn.pupils, 0.0))
    total = pupils.sum(axis=1, keepdims=True)
    plain = choice.everywhere(choice.shares)
    return np.asarray(np.divide(pupils, total, out=plain, where=total > 0), np.float64)


def catchment_rows(fitted: Fitted, share: Floats, pupils: Floats) -> pd.DataFrame:
    """Return rows of ``catchment``.

    Args:
        fitted: the choice.
        share: of each small area's children, by school, shape (areas, schools).
        pupils: of the phase in each small area, ``NaN`` where not known, shape (areas,).
    """
    inputs = fitted.inputs
    counted, status = _counted(fitted)
    kept = (share * 100 >= LEAST_SHARE_PCT) | (np.nan_to_num(counted) > 0)
    area, school = np.nonzero(kept)
    minutes, is_straight = _journeys(fitted)
    return pd.DataFrame(
        {
            "phase": inputs.phase,
            "home_code": np.array(inputs.codes, dtype=object)[area],
            "urn": inputs.urns[school],
            "share_pct": np.round(100 * share[kept], 2),
            "pupils_expected": np.round((pupils[:, None] * share)[kept], 1),
            "pupils_counted": counted[kept],
            "pupils_counted_status": status[kept],
            "minutes": np.round(minutes[kept], 1),
            "journey_basis": np.where(is_straight[kept], "straight_line", "network"),
            "basis": fitted.basis,
        }
    )


def _counted(fitted: Fitted) -> tuple[Floats, "np.ndarray[Any, np.dtype[Any]]"]:
    """Return pupils counted by area and school, and why they are missing."""
    inputs, seen = fitted.inputs, fitted.inputs.seen
    shape = (len(inputs.codes), len(inputs.urns))
    if seen is None:
        return np.full(shape, np.nan), np.full(shape, str(Status.UNAVAILABLE), dtype=object)
    has_some = (seen.pupils > 0) | seen.is_suppressed
    # A table that leaves small counts out has the schools of which it tells a larger one.
    of_school = seen.pupils > 0 if seen.at_least == 0 else has_some
    is_told = has_some.any(axis=1, keepdims=True) & of_school.any(axis=0)
    status = np.where(seen.is_suppressed, str(Status.SUPPRESSED), str(Status.MEASURED))
    status = np.where(is_told, status, str(Status.UNAVAILABLE)).astype(object)
    return np.where(seen.is_suppressed | ~is_told, np.nan, seen.pupils), status


def _journeys(fitted: Fitted) -> tuple[Floats, Bools]:
    """Return the minutes that the model took, and whether a straight line stood in for them."""
    choice, inputs = fitted.choice, fitted.inputs
    pace_m_s = assumptions("walking")["pace"].value / 3.6
    minutes = straight_km(inputs.homes, inputs.schools) * 1000 / pace_m_s / 60
    is_straight = np.ones(minutes.shape, np.bool_)
    if "minute" in choice.design.names:
        row = choice.design.options.school
        np.put_along_axis(minutes, row, choice.design.far, axis=1)
        np.put_along_axis(is_straight, row, choice.design.is_straight, axis=1)
    return minutes, is_straight


def of_region(urns: Ints, school: pd.DataFrame) -> Bools:
    """Say which of the schools lie in the region itself, not in the border around it."""
    inside = school.loc[~school["is_outside"].fillna(value=False).astype(bool), "urn"]
    return np.isin(urns, inside.to_numpy(np.int64))
