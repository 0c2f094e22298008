"""Which schools lead to which, and how many children of each small area are at such schools."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from config.terms import IN_USE
from ingest.issues import IssueLog
from ingest.planning.choice_reading import AGES, ChoiceInputs, ChoiceTables, read_choice
from ingest.planning.offer_history import of_today
from planning.arrays import Bools, Floats, Ints
from planning.choice.blocks import left_out_shares
from planning.choice.features import Journeys, with_also
from planning.choice.linked import completed, linked_shares
from planning.choice.regional import Observed, fitted

LINKED: Final = "linked"
"""Name of the attribute: share of an area's children whose school leads to this one."""

WEIGHED: Final = "schools that lead to others are weighed"
USUAL: Final = "usual"
"""Basis of a link on which no admission goes."""

BEFORE: Final = {"secondary": "primary"}
"""The phase that most children are in before another."""

SharesOf = Callable[[ChoiceInputs], Floats]
"""Models how many of each small area's children go to each school, shape (areas, schools)."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What is known of the schools that children come from.

    Children come from a school of the phase before, as from a primary to a secondary school, or
    from one of the same phase, as from an infant to a junior or a middle to an upper school.
    There the counts that tell where they come from are part of the counts that are explained,
    so that whoever leaves areas out of a fit must forget both.

    The weight is of a share of an area's children, not of a child's own school: where all of them
    come from a linked school, or none does, the two are the same. Counts of primary pupils do not
    tell infants from juniors, so that between an infant and its junior school the weight also
    takes up that no child can choose one of the two instead of the other. It makes the counts of
    areas more likely; where nobody counted, it rests on modelled infants, and there the choice is
    a little less right than one without it.

    Attributes:
        before: share of each area's children who are at a school of the phase before that leads
            to each school, shape (areas, schools).
        first: the same of links that count in admission: all but what is only usual.
        leads: which schools of the phase lead to which others of it, shape (schools, schools).
        low: age from which each school teaches the phase, shape (schools,).
        high: age at which it, or the phase, ends, shape (schools,).
    """

    before: Floats
    first: Floats
    leads: Bools
    low: Ints
    high: Ints

    def weighed(self, inputs: ChoiceInputs, ways: Journeys, seen: Observed) -> Journeys:
        """Add the share of each area's children who come from a school that leads to each.

        Args:
            inputs: homes and schools.
            ways: between them.
            seen: counts of the phase; a model without habit fills in what they do not tell.
        """
        if not self.leads.any():
            return with_also(ways, LINKED, self.before)
        plain = fitted(inputs.homes, inputs.schools, ways, seen)
        return self._with(ways, completed(seen, plain.everywhere(plain.shares)))

    def unseen(self, inputs: ChoiceInputs, ways: Journeys, seen: Observed, fold: Ints) -> Journeys:
        """Add the same for areas whose counts of the phase a fit has not seen."""
        if not self.leads.any():
            return with_also(ways, LINKED, self.before)
        said = left_out_shares(inputs.homes, inputs.schools, ways, seen, fold=fold)
        return self._with(ways, said)

    def _with(self, ways: Journeys, came: Floats) -> Journeys:
        within = linked_shares(came, self.low, self.high, self.leads)
        return with_also(ways, LINKED, np.minimum(self.before + within, 1.0))


def read_habit(
    tables: ChoiceTables, inputs: ChoiceInputs, shares_of: SharesOf, issues: IssueLog
) -> Habit | None:
    """Read which schools lead to which; ``None`` where no link leads to a school of the phase.

    Args:
        tables: of the build.
        inputs: of the phase.
        shares_of: models where children of the phase before go.
        issues: takes links that cannot be used.
    """
    pairs = _pairs(tables, inputs, issues)
    low, high, ends = _ages(tables.school, inputs.urns, inputs.phase)
    leads = _leads(pairs, inputs.urns, inputs.urns)
    leads &= (high[:, None] >= low) & (high[:, None] < high) & (ends == high)[:, None]
    before, first = _before(tables, inputs, pairs, shares_of)
    if not leads.any() and not before.any():
        return None
    return Habit(before, first, leads, low, high)


def _pairs(tables: ChoiceTables, inputs: ChoiceInputs, issues: IssueLog) -> pd.DataFrame:
    """Return the links that held when pupils were counted, under the URNs of today."""
    open_now = tables.school["status"].isin([str(each) for each in IN_USE])
    in_use = set(tables.school.loc[open_now, "urn"].astype(int))
    found = tables.leads.assign(
        urn=of_today(tables.leads["urn"], in_use, tables.succession),
        leads_to_urn=of_today(tables.leads["leads_to_urn"], in_use, tables.succession),
    )
    found = found[found["leads_to_urn"].isin(inputs.urns)]
    is_gone = found["urn"].isna()
    is_later = found["since"].fillna("").astype(str) > (inputs.academic_year or "9")
    for is_odd, says in (
        (is_gone, "come from a school that is not open any more, and no other one took its place"),
        (is_later, f"hold only after {inputs.academic_year}, when pupils were counted"),
    ):
        if is_odd.any():
            to = ", ".join(map(str, sorted(set(found.loc[is_odd, "leads_to_urn"]))[:5]))
            issues.note(
                WEIGHED,
                inputs.phase,
                f"{int(is_odd.sum()):,} links, such as to URN {to}, {says}: they are not weighed",
            )
    kept = found[~is_gone & ~is_later & (found["urn"] != found["leads_to_urn"])]
    return kept.astype({"urn": "int64", "leads_to_urn": "int64"})


def _leads(pairs: pd.DataFrame, earlier: Ints, later: Ints) -> Bools:
    """Lay links out by school that is left and school led to."""
    of, to = (
        pd.Index(urns).get_indexer(pd.Index(pairs[name]))
        for urns, name in ((earlier, "urn"), (later, "leads_to_urn"))
    )
    found = np.zeros((len(earlier), len(later)), np.bool_)
    is_known = (of >= 0) & (to >= 0)
    found[of[is_known], to[is_known]] = True
    return found


def _ages(school: pd.DataFrame, urns: Ints, phase: str) -> tuple[Ints, Ints, Ints]:
    """Return the ages of a phase that each school teaches, and at which it ends for good."""
    first, last = AGES[phase]
    rows = school.drop_duplicates("urn").set_index("urn").reindex(urns)
    low = _whole(rows["age_low"], first)
    high = _whole(rows["age_high"], last)
    return low.clip(first, last), high.clip(first, last), high


def _whole(ages: pd.Series, usual: int) -> Ints:
    return np.asarray(ages.astype("Float64").fillna(usual).to_numpy(np.float64), np.int64)


def _before(
    tables: ChoiceTables, inputs: ChoiceInputs, pairs: pd.DataFrame, shares_of: SharesOf
) -> tuple[Floats, Floats]:
    """Return the shares of children at schools of the phase before: all, and those taken first."""
    none = np.zeros((len(inputs.codes), len(inputs.urns)))
    if inputs.phase not in BEFORE or pairs.empty:
        return none, none
    counted = replace(tables, flow=tables.earlier)
    earlier = read_choice(counted, BEFORE[inputs.phase], IssueLog())
    low, high, ends = _ages(tables.school, earlier.urns, earlier.phase)
    goes_on = (ends == high)[:, np.newaxis]
    leads = _leads(pairs, earlier.urns, inputs.urns) & goes_on
    if not leads.any():
        return none, none
    in_admission = pairs[(pairs["basis"] != USUAL).fillna(value=True)]
    first = _leads(in_admission, earlier.urns, inputs.urns) & goes_on
    share = shares_of(earlier)
    came = share if earlier.seen is None else completed(earlier.seen, share)
    return linked_shares(came, low, high, leads), linked_shares(came, low, high, first)
