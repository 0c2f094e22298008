"""Who could have gone where in the years in which the pupils counted were admitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from ingest.issues import IssueLog
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.admitting import Published, admitting_of, entering
from ingest.planning.choice_kinds import kinds_of
from ingest.planning.choice_minutes import quickest_minutes
from ingest.planning.choice_offers import OFFERED, Offers
from ingest.planning.choice_reading import AGES, ChoiceInputs, ChoiceTables
from ingest.planning.offer_history import ENTRY, History, read_history, rows_of_today
from ingest.planning.preferences import read_preferences
from planning.arrays import Bools, Floats, Ints
from planning.choice.criteria import Need
from planning.choice.families import Addresses
from planning.choice.features import journeys
from planning.choice.fit import Counts
from planning.choice.market import Market
from planning.choice.ordering import Admitting, metres_between
from planning.choice.regional import Observed
from planning.choice.weighing import weighed
from travel.matrix import Matrix

HOMES_AN_AREA: Final = 5
"""Postcodes that stand for the children of a small area."""

FEWEST_KNOWN: Final = 0.3
"""Share of schools and years of which admissions must be known, for a fit to allow for them."""

FEW: Final = 0.05
"""Share of an area's pupils at schools entered before the phase from which it is left out."""

MOST_CELLS: Final = 3_000_000
"""Homes, years, kinds and schools multiplied: beyond it fewer homes and years are looked at."""


@dataclass(frozen=True, slots=True)
class Rationed:
    """What a choice among schools that admit up to their places is fitted to.

    Attributes:
        market: who may go where.
        attributes: what families weigh, as ``options_of`` takes them.
        counts: where children are, shape (areas, columns).
        columns: rows of the schools that are in the market, shape (columns,).
        faith: number of the faith of each kind of child, shape (kinds,).
        own_faith: which of the columns are of it, shape (kinds, columns).
    """

    market: Market
    attributes: Mapping[str, Floats]
    counts: Counts
    columns: Ints
    faith: Ints
    own_faith: Bools

    def without(self, areas: Bools) -> "Rationed":
        """Forget where the children of some areas go, and the last distances of schools there.

        Args:
            areas: that nothing shall be known of, shape (areas,).
        """
        market = self.market
        home = np.repeat(areas, np.diff(market.starts))
        is_out = home[market.metres.argmin(axis=0)]
        by_distance = np.isfinite(market.cut_off) & (market.cut_off >= 0)
        cut_off = np.where(is_out & by_distance, np.nan, market.cut_off)
        return replace(
            self,
            market=replace(market, cut_off=cut_off, found=None),
            counts=self.counts.without(areas),
        )


def read_rationed(
    inputs: ChoiceInputs,
    choice: ChoiceTables,
    tables: AdmissionTables,
    matrices: Mapping[str, Matrix],
) -> Rationed | None:
    """Put together who could have gone where; ``None`` where too little of it is published.

    Args:
        inputs: homes, schools and counts of a phase.
        choice: tables that they were read from.
        tables: of admissions.
        matrices: times from homes to schools, by mode.
    """
    rows = choice.school.set_index("urn").loc[inputs.urns.tolist()].reset_index()
    in_use = set(inputs.urns.tolist())
    history = read_history(tables.numbers, tables.distances, in_use, choice.succession)
    columns = np.flatnonzero(entering(rows, inputs.phase))
    years = _years(inputs, history, tables)
    if inputs.seen is None or not years or len(columns) < 2:  # noqa: PLR2004 - nothing to choose
        return None
    number, years = _fitting(len(inputs.codes) * len(columns), years)
    homes, starts = _homes(choice.postcode, inputs.codes, number)
    criterion = rows_of_today(tables.criterion, in_use, choice.succession)
    published = Published(history, criterion, tables.areas)
    # What is odd of admissions is told where years are drawn.
    admitting = admitting_of(
        inputs, rows, published, homes=homes, matrices=matrices, issues=IssueLog()
    )
    offers = Offers.of(inputs, tables, history, years, choice.succession)
    cut_off, left, is_known = offers.limits(admitting)
    if not years or is_known[:, columns].mean() < FEWEST_KNOWN:
        return None
    minutes = quickest_minutes(matrices, homes["postcode"].tolist(), inputs.urns)
    here, schools = inputs.homes_at(homes), inputs.schools.take(columns)
    ways = journeys(here, schools, None if minutes is None else minutes[:, columns])
    is_rationed: Bools = np.asarray(~np.isinf(cut_off).all(axis=0))
    kinds, faith, own = kinds_of(inputs, rows, admitting, is_rationed, columns)
    named = read_preferences(
        tables.school_values,
        tables.authority_values,
        choice.succession,
        inputs.phase,
        inputs.urns,
    )
    market = Market(
        starts=starts,
        metres=_metres(admitting, homes)[:, columns],
        cut_off=cut_off[:, columns],
        left=left[:, columns],
        minutes=ways.far,
        kinds=kinds,
        named=named.named,
        places=offers.named[:, columns],
        part=offers.sizes * len(years) / (AGES[inputs.phase][1] - AGES[inputs.phase][0]),
    )
    attributes = weighed(here, schools, ways, own)
    told = {name: each for name, each in attributes.items() if _varies(each)}
    counts = _counts(inputs, inputs.seen, rows, columns)
    return Rationed(market, told, counts, columns, faith, own)


def _varies(attribute: Floats) -> bool:
    """Say whether an attribute tells some schools apart."""
    return bool(np.ptp(attribute, axis=-1).max() > 0)


def _fitting(pairs: int, years: Sequence[str]) -> tuple[int, list[str]]:
    """Return how many homes of an area, and which years, a small machine has room for."""
    homes, kept = HOMES_AN_AREA, list(years)
    while kept and pairs * homes * len(kept) > MOST_CELLS:
        if len(kept) > 2 or homes == 1:  # noqa: PLR2004 - two years tell more than one
            kept = kept[1:]
        else:
            homes -= 1
    return homes, kept


def _years(inputs: ChoiceInputs, history: History, tables: AdmissionTables) -> list[str]:
    """Return the years with published offers in which the pupils counted entered the phase."""
    first, last = AGES[inputs.phase]
    begins = int(inputs.academic_year[:4])
    told = history.years[history.years["year_group"] == ENTRY[inputs.phase]]
    values = tables.school_values
    counted = values.loc[values["measure"] == OFFERED.format(inputs.phase), "period"]
    known = set(told["academic_year"].astype(str))
    if not known:
        return []
    known |= set(counted.astype(str))
    entered = range(begins - (last - first) + 1, begins + 1)
    named = (f"{year}/{(year + 1) % 100:02}" for year in entered)
    return [year for year in named if year in known]


def _homes(postcode: pd.DataFrame, codes: Sequence[str], number: int) -> tuple[pd.DataFrame, Ints]:
    """Return a few postcodes of each small area, one after the other, and where each begins."""
    row_of = {code: row for row, code in enumerate(codes)}
    placed = postcode.dropna(subset=["lsoa21", "x", "y", "la_code"])
    placed = placed.assign(area=placed["lsoa21"].map(row_of)).dropna(subset="area")
    placed = placed.sort_values(["area", "postcode"], ignore_index=True)
    size = placed.groupby("area")["area"].transform("size").to_numpy()
    place = placed.groupby("area").cumcount().to_numpy()
    wanted = np.minimum(size, number)
    is_taken = np.floor((place + 0.5) * wanted / size) != np.floor((place - 0.5) * wanted / size)
    homes = placed[is_taken].reset_index(drop=True)
    sizes = np.bincount(homes["area"].astype(int), minlength=len(codes))
    return homes, np.concatenate([[0], np.cumsum(sizes)])


def _metres(admitting: Admitting, homes: pd.DataFrame) -> Floats:
    """Return metres as each school measures them; none from where its children go first."""
    at = Addresses(
        np.arange(len(homes)), homes["x"].to_numpy(np.float64), homes["y"].to_numpy(np.float64)
    )
    metres = metres_between(
        admitting, at, np.arange(len(homes))[:, None], np.arange(len(admitting.x))[None]
    )
    for row, inside in admitting.in_area.items():
        asks = (admitting.needs[row] >= 0) & ((admitting.needs[row] & int(Need.AREA)) > 0)
        if asks.any():
            metres[inside, row] = 0.0
    return metres


def _counts(inputs: ChoiceInputs, seen: Observed, rows: pd.DataFrame, columns: Ints) -> Counts:
    """Return what counts tell of the choice at entry.

    A school that pupils leave before the phase ends holds only some of those who chose it. Of one
    that they entered before the phase begins, no count says how many chose it now; and where many
    go to such schools, the others are not those who chose.
    """
    first, last = AGES[inputs.phase]
    low = rows["age_low"].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    high = rows["age_high"].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    is_before = (low < first) & (first > AGES["primary"][0])
    taught = np.clip(np.nan_to_num(np.minimum(high, last) - first, nan=last - first), 0, None)
    there = seen.pupils + seen.is_suppressed * np.where(np.isinf(seen.at_most), 1, seen.at_most) / 2
    elsewhere = is_before.copy()
    elsewhere[columns] = False
    is_odd = there[:, elsewhere].sum(axis=1) > FEW * there.sum(axis=1)
    known = seen.without(is_odd)
    hidden = is_before[columns]
    return Counts(
        pupils=np.where(hidden, 0.0, known.pupils[:, columns]),
        is_suppressed=known.is_suppressed[:, columns] | hidden,
        at_most=np.where(hidden, np.inf, known.at_most[:, columns]),
        everybody=None,
        at_least=known.at_least,
        told=np.broadcast_to(taught[columns] / (last - first), (len(there), len(columns))),
    )
