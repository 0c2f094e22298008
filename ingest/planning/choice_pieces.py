"""The tables of a build parted into pieces of neighbours, for the choice of schools."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from ingest.issues import IssueLog
from ingest.planning.admission_tables import AdmissionTables
from ingest.planning.choice_counted import Counted, counted
from ingest.planning.choice_reading import ChoiceInputs, ChoiceTables, read_choice, schools_of
from planning.arrays import Bools, Floats, Ints
from planning.choice.features import Homes
from planning.choice.pieces import Land, Piece, pieces

MOST_PAIRS: Final = 30_000_000
"""Postcodes times schools of a piece with its margin: what a small machine's memory holds."""

AROUND_M: Final = 5_000.0
"""How far beyond a piece's homes a school may lie that leads to one of its schools."""

SEED: Final = 2024
"""Of the drawn years: the same tables give the same years."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a region, with its tables.

    Attributes:
        tables: that tell of its homes and schools, the margin's included.
        admissions: likewise.
        own_areas: small areas whose results are kept.
        own_urns: schools whose results are kept.
        holds_for: GSS codes of the region's authorities among them.
        is_counted: whether pupils are counted by home and school there.
        seed: of its drawn years.
        issues: takes what is odd in it.
    """

    tables: ChoiceTables
    admissions: AdmissionTables
    own_areas: frozenset[str]
    own_urns: frozenset[int]
    holds_for: tuple[str, ...]
    is_counted: bool
    seed: int
    issues: IssueLog


@dataclass(frozen=True, slots=True)
class Parted:
    """A region parted into pieces, for one phase.

    Attributes:
        tables: of the region.
        admissions: likewise.
        inputs: homes and schools.
        authorities: GSS codes of the region's own, in the order of their numbers.
        counted: whose counts each of them has.
        land: where homes and schools are.
        found: the pieces.
        issues: of the region.
    """

    tables: ChoiceTables
    admissions: AdmissionTables
    inputs: ChoiceInputs
    authorities: tuple[str, ...]
    counted: Counted
    land: Land
    found: tuple[Piece, ...]
    issues: IssueLog

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self.found)

    def parts(self) -> Iterator[Part]:
        """Return one piece after another, each with its tables."""
        if len(self) == 1:
            yield self._whole()
            return
        codes = pd.Index(self.inputs.codes)
        area = codes.get_indexer(pd.Index(self.tables.postcode["lsoa21"].astype("object")))
        for piece in self.found:
            yield self._part(piece, area)

    def _whole(self) -> Part:
        return Part(
            replace(self.tables, flow=_of_phase(self.tables, self.inputs.phase)),
            self.admissions,
            frozenset(self.inputs.codes),
            frozenset(self.inputs.urns.tolist()),
            self.authorities,
            is_counted=True,
            seed=SEED,
            issues=self.issues,
        )

    def _part(self, piece: Piece, area: Ints) -> Part:
        inputs, land, tables = self.inputs, self.land, self.tables
        codes = np.array(inputs.codes, dtype=object)
        own_areas = frozenset(codes[np.isin(land.homes.authority, piece.authorities)])
        flow = self._flows(piece, own_areas)
        urns = set(inputs.urns[piece.schools].tolist()) | set(flow["urn"].astype(int))
        # The last row stands for postcodes that are in no area.
        inside = np.zeros(len(codes) + 1, np.bool_)
        inside[piece.homes] = True
        names = tuple(self.authorities[each] for each in piece.authorities)
        school = tables.school[tables.school["urn"].isin(urns) | self._may_lead(piece)]
        return Part(
            tables=replace(
                tables,
                flow=flow,
                school=school,
                postcode=tables.postcode[inside[area]],
                leads=self._leads(set(school["urn"].astype(int)), urns),
                earlier=tables.earlier[tables.earlier["home_code"].isin(codes[piece.homes])],
            ),
            admissions=self._admissions(piece, urns, codes[piece.homes].tolist(), names),
            own_areas=own_areas,
            own_urns=frozenset(
                inputs.urns[np.isin(land.schools.authority, piece.authorities)].tolist()
            ),
            holds_for=names,
            is_counted=self.counted.of[piece.authorities[0]] is not None,
            seed=SEED + zlib.crc32(" ".join(names).encode()),
            issues=IssueLog(),
        )

    def _flows(self, piece: Piece, own_areas: frozenset[str]) -> pd.DataFrame:
        """Return counts of a piece's own homes, and of those around counted by the same."""
        flow, number = self.counted.flow, int(piece.authorities[0])
        source = self.counted.of[number]
        if source is None:
            return flow[flow["home_code"].isin(own_areas)]
        kind = self.land.kind[self.land.homes.authority[piece.homes]]
        alike = piece.homes[kind == self.land.kind[number]]
        around = [self.inputs.codes[row] for row in alike.tolist()]
        inside = self.inputs.urns[piece.schools].tolist()
        is_near = flow["home_code"].isin(around) & flow["urn"].isin(inside)
        rows = flow[flow["home_code"].isin(own_areas) | is_near]
        return rows[(rows["source_id"] == source[0]) & (rows["academic_year"] == source[1])]

    def _may_lead(self, piece: Piece) -> "pd.Series[bool]":
        """Say which schools of another phase lie around a piece, if schools lead to others."""
        school, homes = self.tables.school, self.inputs.homes
        if self.tables.leads.empty:
            return pd.Series(False, school.index)
        near = ~school["urn"].isin(schools_of(school, self.inputs.phase)["urn"])
        for name, at in (("x", homes.x[piece.homes]), ("y", homes.y[piece.homes])):
            near &= school[name].between(at.min() - AROUND_M, at.max() + AROUND_M).fillna(False)
        return near.astype(bool)

    def _leads(self, here: set[int], urns: set[int]) -> pd.DataFrame:
        """Return the links to schools of a piece; those from far off count for nothing."""
        leads = self.tables.leads
        known = self._with_those_before(here)
        elsewhere = self._with_those_before(set(self.tables.school["urn"].astype(int))) - known
        to = leads["leads_to_urn"].isin(self._with_those_before(urns))
        return leads[to & ~leads["urn"].isin(elsewhere)]

    def _admissions(
        self, piece: Piece, urns: set[int], codes: Sequence[str], names: Sequence[str]
    ) -> AdmissionTables:
        told = self.admissions
        known = self._with_those_before(urns)
        # Of other schools not all families are here: how many name them says nothing.
        contested = self._with_those_before(set(self.inputs.urns[piece.contested].tolist()))
        named = [bool(known & set(map(int, str(each).split()))) for each in told.areas["urns"]]
        return replace(
            told,
            population=told.population[told.population["area_code"].isin(codes)],
            numbers=told.numbers[told.numbers["urn"].isin(known)],
            distances=told.distances[told.distances["urn"].isin(known)],
            criterion=told.criterion[told.criterion["urn"].isin(known)],
            areas=told.areas[np.array(named, np.bool_)],
            school_values=told.school_values[told.school_values["urn"].isin(contested)],
            authority_values=told.authority_values[told.authority_values["area_code"].isin(names)],
        )

    def _with_those_before(self, urns: set[int]) -> set[int]:
        rows = self.tables.succession
        return urns | set(rows.loc[rows["successor_urn"].isin(urns), "urn"].astype(int))


def part_region(
    tables: ChoiceTables,
    admissions: AdmissionTables,
    phase: str,
    *,
    own: Sequence[str],
    issues: IssueLog,
    most: int = MOST_PAIRS,
) -> Parted:
    """Part a region into pieces in which who goes where can be worked out one after another.

    A small region that everybody counted alike, or nobody, is one piece. Homes and schools around
    the region belong to the nearest of its authorities.

    Args:
        tables: of the region.
        admissions: likewise.
        phase: ``primary`` or ``secondary``.
        own: GSS codes of the region's authorities.
        issues: takes counts that cannot be used.
        most: postcodes times schools of a piece.
    """
    silent = IssueLog()
    inputs = read_choice(replace(tables, flow=tables.flow.iloc[:0]), phase, silent)
    known = inputs.schools.places[inputs.schools.places > 0]
    usual = float(known.mean()) if len(known) else np.nan
    authorities = tuple(each for each in inputs.authorities if each in set(own))
    authorities = authorities or inputs.authorities
    homes, schools = _numbered(inputs, authorities)
    taken = counted(tables, inputs, schools, len(authorities), silent)
    addresses = _addresses(tables.postcode, inputs.codes)
    land = Land(
        replace(inputs.homes, authority=homes),
        addresses,
        replace(inputs.schools, authority=schools),
        taken.kind,
    )
    found = pieces(land, most=most)
    if len(found) > 1:
        issues.issues += silent.issues
    with_usual = replace(tables, usual_places=usual)
    return Parted(with_usual, admissions, inputs, authorities, taken, land, found, issues)


def _of_phase(tables: ChoiceTables, phase: str) -> pd.DataFrame:
    return tables.flow[tables.flow["phase"] == phase]


def _numbered(inputs: ChoiceInputs, authorities: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Number the authorities of homes and of schools; of those around the region, the nearest."""
    number = np.array(
        [authorities.index(each) if each in authorities else -1 for each in inputs.authorities]
    )
    homes = number[inputs.homes.authority]
    inside = homes >= 0
    tree = cKDTree(_points(inputs.homes, inside))
    _, near = tree.query(_points(inputs.homes))
    homes = np.where(inside, homes, homes[inside][near])
    known = np.append(number, -1)[inputs.schools.authority]
    _, near = tree.query(np.column_stack([inputs.schools.x, inputs.schools.y]))
    schools = np.where(known >= 0, known, homes[inside][near])
    return homes, schools


def _points(homes: Homes, which: Bools | slice = slice(None)) -> Floats:
    return np.column_stack([homes.x[which], homes.y[which]])


def _addresses(postcode: pd.DataFrame, codes: Sequence[str]) -> Ints:
    several = postcode["lsoa21"].value_counts().reindex(list(codes), fill_value=0)
    return np.asarray(several.to_numpy(np.int64), np.int64)
