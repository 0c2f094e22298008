"""A step of a build, and what it is given to work with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from config.region import Region
from ingest.errors import CheckFailed, SourceChanged
from ingest.fetch import Fetched, Receipt
from ingest.issues import IssueLog
from ingest.pipeline.loaded import Loaded
from ingest.schema.declare import Table
from ingest.schema.schools import SCHOOL, SCHOOL_SUCCESSION
from ingest.source import Cut, Reading, Source

Files = Mapping[str, tuple[Fetched, ...]]
"""The fetched files of each series, by source id."""

SCHOOLS_TO_AN_AUTHORITY: Final = 10_000
"""An establishment number has four digits; the authority's three stand before them."""

Filters = Sequence[tuple[str, str, int | str]]
"""Comparisons that all hold of a row: a column, ``>=``, ``<=`` or ``==``, and a value."""

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done."""


@dataclass(slots=True)
class Work:
    """What one step is given.

    Attributes:
        region: the region being built.
        out: an empty folder for what the step makes.
        files: the publishers' files it asked for, by source id, under their publishers' names.
        before: folders of the steps it needs, by step id.
        issues: the step's part of the issue log.
        progress: tells how far it is.
        rows: rows written so far.
        receipts: where each of the files came from, by source id, in their order.
        loaded: what was read of each series so far, by source id.
    """

    region: Region
    out: Path
    files: Mapping[str, tuple[Path, ...]]
    before: Mapping[str, Path]
    issues: IssueLog
    progress: Progress
    rows: int = field(default=0)
    receipts: Mapping[str, tuple[Receipt, ...]] = field(default_factory=dict)
    loaded: dict[str, Loaded] = field(default_factory=dict)

    def load(self, source: Source, cut: Cut) -> pd.DataFrame:
        """Read the files of a series with its own reader, cut to the region.

        Each row's ``receipt`` says which file it was read from.

        Raises:
            SourceChanged: a file is not what its series declares.
            CheckFailed: too many rows of a file are odd, or it has none.
        """
        if source.read is None:
            raise ValueError(f"{source.id} is read by another package")
        parts, before = [], len(self.issues.issues)
        for path, mark in zip(self.files[source.id], self._marks(source.id), strict=True):
            with naming_file(source.id, path):
                parts.append(source.read(path, cut, self.issues).assign(receipt=mark))
        rows = pd.concat(parts, ignore_index=True)
        self.loaded[source.id] = Loaded(len(rows), len(self.issues.issues) - before)
        return rows

    def load_rows(self, source: Source, cut: Cut) -> dict[Table, pd.DataFrame]:
        """Read the files of a series into rows of the tables it fills, cut to the region.

        Of rows that several releases have, those of the first file named are kept.

        Raises:
            SourceChanged: a file is not what its series declares.
            CheckFailed: too many rows of a file are odd, or it has none.
        """
        if source.read_rows is None:
            raise ValueError(f"{source.id} has no rows for the database")
        before = len(self.issues.issues)
        parts: dict[Table, list[pd.DataFrame]] = {table: [] for table in source.tables}
        for position, (path, receipt) in enumerate(
            zip(self.files[source.id], self.receipts[source.id], strict=True)
        ):
            self.progress(position / len(self.files[source.id]), path.name)
            with telling_to_go_without(source.id), naming_file(source.id, path):
                rows = source.read_rows(path, self._reading(cut, receipt))
            for table, frame in rows.items():
                parts[table].append(frame.assign(receipt=receipt.mark))
        whole = {table: _newest_of_each(table, frames) for table, frames in parts.items() if frames}
        found = len(self.issues.issues) - before
        self.loaded[source.id] = Loaded(sum(map(len, whole.values())), found)
        return whole

    def _reading(self, cut: Cut, receipt: Receipt) -> Reading:
        return Reading(
            cut, receipt.release, self.issues, self.region.register(), rows_of=self.rows_before
        )

    def rows_before(self, table: Table, *, where: Filters = ()) -> pd.DataFrame:
        """Return the rows of a table that the steps before this one wrote; none if none did.

        Args:
            table: whose.
            where: what holds of the rows wanted; left out: all.
        """
        paths = [path for folder in self.before.values() for path in parts_of(folder, table)]
        if not paths:
            return pd.DataFrame(columns=table.names)
        wanted = list(where) or None
        parts = [pd.read_parquet(path, filters=wanted) for path in paths]
        return pd.concat(parts, ignore_index=True)

    def write(self, table: Table, frame: pd.DataFrame) -> None:
        """Check rows against their table's declaration and keep them for the database.

        May be called again for more rows of the same table, so that a large one need never be
        in memory as a whole; that no key comes twice in two parts is then for the database to
        see.

        Raises:
            CheckFailed: a rule of the declaration is broken; nothing of the step is kept.
        """
        typed = table.typed(frame)
        if rules := table.broken_rules(typed):
            raise CheckFailed(f"table {table.name}: {'; '.join(rules)}")
        number = len(parts_of(self.out, table))
        typed.to_parquet(self.out / f"{table.name}.{number:05}.parquet", index=False)
        self.rows += len(typed)

    def _marks(self, source_id: str) -> list[str | None]:
        """Return what names the receipt of each file of a series."""
        receipts = self.receipts.get(source_id)
        if receipts is None:
            return [None] * len(self.files[source_id])
        return [receipt.mark for receipt in receipts]

    def read(self, step: str, table: Table) -> pd.DataFrame:
        """Return the rows that an earlier step wrote."""
        parts = parts_of(self.before[step], table)
        return pd.concat(map(pd.read_parquet, parts), ignore_index=True)

    def cut(self) -> Cut:
        """Return the cut that the boundaries step found."""
        return read_cut(self.before["boundaries"])

    def cut_to_schools(self) -> Cut:
        """Return the same cut, which also knows the schools that the schools step found."""
        rows = self.read("schools", SCHOOL)
        schools = set(rows["urn"])
        before = self.read("schools", SCHOOL_SUCCESSION)
        earlier = before.loc[before["successor_urn"].isin(schools), "urn"]
        return replace(
            self.cut(),
            urns=frozenset(map(int, schools.union(earlier))),
            la_codes={each.la_code_dfe: each.la_code for each in self.region.register()},
            register=numbered(rows),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a build.

    Attributes:
        id: short name, also of its folder.
        title: what it does, for the progress line.
        sources: ids of the series whose files it reads.
        needs: ids of the steps it builds on.
        run: does it.
        own_files: files of the authority's own that it reads where they lie, for a region.
        heeds_planning: it runs again when the region file's ``[planning]`` changes.
    """

    id: str
    title: str
    run: Callable[[Work], None]
    sources: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    own_files: Callable[[Region], tuple[Path, ...]] = lambda _: ()
    heeds_planning: bool = False


@contextmanager
def telling_to_go_without(source_id: str) -> Iterator[None]:
    """Let the message about a series that a build can do without say how to do without it."""
    try:
        yield
    except (SourceChanged, CheckFailed) as error:
        hint = error.hint or ""
        if "--without" not in hint:
            error.hint = f"{hint} A build can go on with `--without {source_id}`.".strip()
        raise


@contextmanager
def naming_file(source_id: str, path: Path) -> Iterator[None]:
    """Let the message of a check that failed say which file it is about."""
    try:
        yield
    except CheckFailed as error:
        if path.name in error.message:
            raise
        told = f"{source_id}: {path.name}: {error.message}"
        raise CheckFailed(told, hint=error.hint) from None


def _newest_of_each(table: Table, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Put together what several files have of a table; the first file that has a row wins.

    Rows that one and the same file has twice stay, for the table's own check to find.
    """
    key = [field.name for field in table.key]
    rows = pd.concat(frames, ignore_index=True)
    first = rows.groupby(key, dropna=False, sort=False)["receipt"].transform("first")
    return rows[rows["receipt"] == first].reset_index(drop=True)


def parts_of(folder: Path, table: Table) -> list[Path]:
    """Return the files in which a step wrote rows of a table, in order."""
    return sorted(folder.glob(f"{table.name}.[0-9]*.parquet"))


def numbered(schools: pd.DataFrame) -> pd.DataFrame:
    """Return what a cut knows of schools: their URNs, numbers and first and last days."""
    authority = pd.to_numeric(schools["la_code_dfe"], errors="coerce").astype("Int64")
    laestab = authority * SCHOOLS_TO_AN_AUTHORITY + schools["establishment_number"].astype("Int64")
    return schools[["urn", "open_date", "close_date"]].assign(laestab=laestab)


def write_cut(cut: Cut, folder: Path) -> None:
    """Keep a cut in a folder."""
    lines = [" ".join(sorted(cut.la_codes_dfe)), " ".join(sorted(cut.districts))]
    (folder / "codes.txt").write_text("\n".join(lines), encoding="ascii")
    if cut.border is not None:
        write_geometry(folder / "border.wkb", cut.border)


def read_cut(folder: Path) -> Cut:
    """Read what ``write_cut`` kept."""
    own, districts = (folder / "codes.txt").read_text(encoding="ascii").split("\n")
    return Cut(
        frozenset(own.split()), frozenset(districts.split()), read_geometry(folder / "border.wkb")
    )


def write_geometry(path: Path, geometry: BaseGeometry) -> None:
    """Keep one geometry as WKB."""
    path.write_bytes(shapely.to_wkb(geometry))


def read_geometry(path: Path) -> BaseGeometry:
    """Read what ``write_geometry`` kept."""
    geometry: BaseGeometry = shapely.from_wkb(path.read_bytes())
    return geometry
