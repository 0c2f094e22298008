"""Children whom schools tell apart: girls and boys, of a faith, with an older sibling, tested."""

from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from config.assumptions import assumptions
from config.tables import assumption_table
from ingest.planning.admission_rules import has_faith
from ingest.planning.choice_reading import ChoiceInputs
from planning.arrays import Bools, Floats, Ints
from planning.choice.criteria import Need
from planning.choice.market import Kind
from planning.choice.ordering import Admitting

MOST_FAITHS: Final = 3
"""Faiths told apart, those of most schools; families of others are like those of none."""


def kinds_of(
    inputs: ChoiceInputs,
    rows: pd.DataFrame,
    admitting: Admitting,
    is_rationed: Bools,
    columns: Ints,
) -> tuple[list[Kind], Ints, Bools]:
    """Return girls and boys, by faith, siblings and test where a school asks.

    Those whom all schools treat alike are put together.

    Args:
        inputs: the schools of the phase.
        rows: their rows of ``school``, in the same order.
        admitting: whom they admit.
        is_rationed: schools that were full in some year, shape (schools,).
        columns: schools that are chosen among.

    Returns:
        The kinds, the number of each's faith, and which of the columns are of that faith, shape
        (kinds, columns).
    """
    families = assumption_table("families").rows
    siblings = families["sibling"][inputs.phase] / 100
    passes = assumptions("admissions")["passes_test"].value / 100
    schools, number = inputs.schools, faith_numbers(rows)
    by_faith = _goes_first(admitting, Need.FAITH) & is_rationed
    by_sibling = _goes_first(admitting, Need.SIBLING) & is_rationed
    faiths = range(int(number.max(initial=0)) + 1)
    shares = faith_shares(inputs.phase, len(faiths) - 1)
    alike: dict[tuple[int, bytes, bytes], Kind] = {}
    for sex, faith, sibling, passed in product((0, 1), faiths, (False, True), (False, True)):
        can = schools.admits[sex] & (~schools.is_selective | passed)
        first = (by_faith & (number == faith) & (faith > 0)) | (by_sibling & sibling)
        first |= schools.is_selective & passed
        share = 0.5 * shares[faith]
        share *= siblings if sibling else 1 - siblings
        share *= passes if passed else 1 - passes
        key = (faith, can[columns].tobytes(), (can & first)[columns].tobytes())
        so_far = alike[key].share if key in alike else 0.0
        alike[key] = Kind(so_far + share, can[columns], (can & first)[columns])
    of_kind = np.array([faith for faith, _, _ in alike])
    own = (of_kind[:, np.newaxis] > 0) & (of_kind[:, np.newaxis] == number[columns])
    return list(alike.values()), of_kind, own


def faith_shares(phase: str, faiths: int) -> Floats:
    """Return the share of families of no faith that matters here, and of each of the faiths."""
    each = assumption_table("families").rows["faith"][phase] / 100
    each = min(each, 1 / max(faiths, 1))
    return np.array([1 - each * faiths, *[each] * faiths])


def faith_numbers(rows: pd.DataFrame) -> Ints:
    """Number the faiths of most schools from one; zero for those of none and of others."""
    faith = rows["religious_character"].fillna("").astype(str)
    most = faith[faith.map(has_faith)].value_counts().index[:MOST_FAITHS]
    number = {name: at for at, name in enumerate(most, start=1)}
    return faith.map(number).fillna(0).to_numpy(np.int64)


def _goes_first(admitting: Admitting, need: Need) -> Bools:
    """Say which schools take children of some sort before all who go by distance."""
    plain = np.argmax(admitting.needs == 0, axis=1)[:, None]
    before = np.arange(admitting.needs.shape[1]) < plain
    return np.asarray((before & (admitting.needs == int(need))).any(axis=1))
