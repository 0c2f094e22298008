"""How a published file series is declared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from config.authority import Authority
from config.region import Region
from ingest.issues import IssueLog
from ingest.measures import Measure
from ingest.rhythm import NOT_SAID, Rhythm
from ingest.schema.declare import Table

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of England that a load keeps; rows are dropped while reading.

    Attributes:
        la_codes_dfe: three-digit codes of the authorities shown.
        districts: GSS codes of their lower-tier districts (a unitary is its own district).
        border: the authorities and the border around them, EPSG:27700; ``None`` before the
            boundaries were read.
        urns: the schools in the region and its border, and those they followed; ``None`` before
            the register was read.
        la_codes: the GSS code of every authority there is, by its three digits.
        register: ``urn``, ``laestab`` (three digits of the authority and four of the school),
            ``open_date`` and ``close_date`` of those schools.
    """

    la_codes_dfe: frozenset[str]
    districts: frozenset[str]
    border: BaseGeometry | None = None
    urns: frozenset[int] | None = None
    la_codes: Mapping[str, str] = field(default_factory=dict, compare=False)
    register: pd.DataFrame | None = field(default=None, compare=False, repr=False)

    def holds(self, x: pd.Series, y: pd.Series) -> Flags:
        """Say which points, in metres of EPSG:27700, lie in the region or its border."""
        if self.border is None:
            raise ValueError("this cut has no border yet")
        west, south, east, north = self.border.bounds
        box = x.between(west, east) & y.between(south, north)
        near = box.fillna(value=False).to_numpy(bool, copy=True)
        shapely.prepare(self.border)
        near[near] = shapely.contains_xy(
            self.border, x[near].to_numpy(float), y[near].to_numpy(float)
        )
        return near

    def of_schools(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows whose ``urn`` is that of a school of the region, or of one before it."""
        if self.urns is None:
            raise ValueError("this cut knows no schools yet")
        return rows[rows["urn"].isin(self.urns)]

    def urns_of(self, laestabs: pd.Series, *, on: date) -> pd.Series:
        """Say which school had an establishment number on a day.

        A school that becomes an academy often keeps its number under a new URN. Of several, the
        one open on the day is taken, else the one opened first after it, else the last one closed.
        Where first days are not known and two seem open, the one that closed first is.

        Args:
            laestabs: numbers of seven digits.
            on: the day.

        Returns:
            URNs (``Int64``), null where no school of the region, or of its border, has the number.
        """
        if self.register is None:
            raise ValueError("this cut knows no schools yet")
        rows, day = self.register, on.isoformat()
        opened = rows["open_date"].fillna("")
        closed = rows["close_date"].fillna("9999")
        is_later, is_over = opened > day, closed <= day
        rank = is_later.astype(int) + 2 * is_over.astype(int)
        order = {
            "rank": rank,
            "opened": opened.where(is_later, ""),
            "closed": closed.where(rank == 0, ""),
        }
        first = rows.assign(**order).sort_values(
            [*order, "urn"], ascending=[True, True, True, False]
        )
        urns = (
            first.dropna(subset="laestab")
            .drop_duplicates("laestab")
            .set_index("laestab")["urn"]
            .astype("Int64")
        )
        return laestabs.astype("Int64").map(urns).astype("Int64")


Read = Callable[[Path, Cut, IssueLog], pd.DataFrame]
RowsOf = Callable[[Table], pd.DataFrame]


def _no_rows_before(table: Table) -> pd.DataFrame:
    raise ValueError(f"nothing was read before that has rows of {table.name}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of a series is told beside the file.

    Attributes:
        cut: the part of England to keep.
        release: the release that the file is of, as its source names it.
        issues: where odd rows are written down.
        register: every education authority there is.
        rows_of: gives the rows of a table that earlier steps of the build wrote: areas, values of
            areas, schools, what became of small areas.
    """

    cut: Cut
    release: str
    issues: IssueLog
    register: tuple[Authority, ...] = ()
    rows_of: RowsOf = _no_rows_before


Rows = Mapping[Table, pd.DataFrame]
"""Rows of some tables of the database; ``receipt`` is left to whoever loads them."""

ReadRows = Callable[[Path, Reading], Rows]


@dataclass(frozen=True, slots=True)
class Shielding:
    """What a series is told that keeps only counts of an authority's own file of pupils.

    Attributes:
        region: says the smallest count.
        issues: where odd rows are counted; nothing of a row may be written there.
        homes: gives the small area of 2021 (``lsoa21``) of every postcode of the region and its
            border, by postcode.
    """

    region: Region
    issues: IssueLog
    homes: Callable[[], pd.Series]


Shield = Callable[[Path, Shielding], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """One release of a series, and where to get it.

    Attributes:
        name: as its publisher dates it.
        file_name: what the downloaded file is called.
        addresses: tried in order; none for a file that only a mirror may hold.
        mirror_file: what it is called in a mirror where that is neither the publisher's name
            nor one of the source's patterns.
    """

    name: str
    file_name: str
    addresses: tuple[str, ...]
    mirror_file: str = ""


Releases = Callable[[Region, date], tuple[Release, ...]]
"""Names the files of the newest release of a series, for a region on a day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One published series: where it is, what it may be used for, how it is read.

    Fetching, loading, the data dictionary and ``/api/v1/release`` all read this declaration;
    nothing about a series is written down anywhere else.

    Attributes:
        id: short name, also of the module that declares it.
        title: for readers.
        publisher: who answers for it.
        landing_page: a page for people about the series; empty where there is none.
        licence: its SPDX name; ``LicenseRef-authority`` for what is the authority's own.
        attribution: what must be said wherever it is shown.
        releases: the files of the newest release, for a region on a day; most series have one.
        mirror_folder: folder of the series inside a mirror.
        mirror_files: file-name patterns inside it, best first; the publisher's own name is tried
            before them.
        read: turns the file into tidy rows, cut to the region, for a step of the build that
            makes more of them; ``None`` where another package reads it.
        read_rows: turns the file into rows of the database, cut to the region. Such a series
            needs no step of its own, and a build goes on where it cannot be had.
        tables: the tables that ``read_rows``, or the step that uses ``read``, fills.
        stores: what is kept of it, in words, where it fills no table.
        measures: what the values in those tables are values of.
        caveats: what to know before using a figure.
        vintage: finds the release in the file itself, where its name carries no date.
        own_files: paths of an authority's own files, which win over the publisher's.
        shielded: for a series of personal data: turns an authority's own file, read where it lies,
            into what may be kept. The file itself is never stored; its messages name no row.
        is_optional: whether a region's build goes on without the series where it cannot be had;
            the issue log then says so.
        every: how often its releases come.
    """

    id: str
    title: str
    publisher: str
    landing_page: str
    licence: Literal["OGL-UK-3.0", "ODbL-1.0", "LicenseRef-authority"]
    attribution: str
    releases: Releases
    mirror_folder: str
    mirror_files: tuple[str, ...]
    read: Read | None = None
    read_rows: ReadRows | None = None
    tables: tuple[Table, ...] = ()
    stores: str = ""
    measures: tuple[Measure, ...] = ()
    caveats: tuple[str, ...] = ()
    vintage: Callable[[Path], str | None] = lambda _: None
    own_files: Callable[[Region], tuple[str, ...]] = lambda _: ()
    shielded: Shield | None = None
    is_optional: Callable[[Region], bool] = lambda _: False
    every: Rhythm = NOT_SAID

    def all_releases(self, regions: Iterable[Region], today: date) -> tuple[Release, ...]:
        """Name the newest files of the series for several regions, each once."""
        return tuple(
            dict.fromkeys(each for region in regions for each in self.releases(region, today))
        )


def fixed(release: Release) -> Releases:
    """Return a release rule for a series that is the same for every region and day."""
    return lambda _region, _today: (release,)


DAYS_BACK: Final = (1, 2, 3, 0)
"""Yesterday's file is the safe one: today's may not be there yet, and older ones vanish."""


def daily(address: str) -> Releases:
    """Return the release rule of a file that is made anew every day.

    Which day's file was there is told by its name only once it came.

    Args:
        address: of the file, with ``{day:%Y%m%d}`` where the day stands in its name.
    """

    def releases(_: Region, today: date) -> tuple[Release, ...]:
        days = [today - timedelta(days=back) for back in DAYS_BACK]
        addresses = tuple(address.format(day=day) for day in days)
        file_name = addresses[0].rpartition("/")[2]
        return (Release(name=days[0].isoformat(), file_name=file_name, addresses=addresses),)

    return releases
