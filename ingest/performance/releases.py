"""Where the files of the performance tables are, year by year."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from config.region import Region
from config.terms import AcademicYear
from ingest.source import Release, Releases

LANDING_PAGE: Final = "https://www.compare-school-performance.service.gov.uk/download-data"
_DOWNLOAD: Final = (
    f"{LANDING_PAGE}?download=true&regions=0&filters={{kind}}&fileformat=csv"
    "&year={years}&meta=false"
)
FIRST: Final = 2016
"""2016/17 is the first year with grades 9 to 1, and with tests at the standard of today."""

NO_EXAMS: Final = frozenset({2019, 2020})
"""No tables by school were published for 2019/20 and 2020/21, when exams were cancelled."""

RESULTS_MONTH: Final = 9
"""From September on, results of the school year that ended in summer may be out."""


PROVISIONAL: Final = "provisional"
"""What the name of a release ends in, and that of its file, which may still change."""


def yearly(
    kind: str,
    name: str,
    *,
    without: frozenset[int] = frozenset(),
    by_authority: bool = False,
    provisional: tuple[str, str] | None = None,
    also: Sequence[str] = (),
    data_set: str = "",
) -> Releases:
    """Return the release rule of one kind of table.

    Args:
        kind: as the download page calls it, such as ``KS4``.
        name: of England's file, such as ``ks4final``.
        without: school years without such a table, by their start.
        by_authority: a mirror may hold the files of single authorities instead.
        provisional: kind and name of the provisional table; used where no final one has a value.
        also: names under which a mirror may hold the same table, or a part of it.
        data_set: address of the data set of Explore Education Statistics with the same figures,
            taken where no table has a value.

    Returns:
        A rule that names the newest year first, and in it the final tables first.
    """

    def releases(region: Region, today: date) -> tuple[Release, ...]:
        found: list[Release] = []
        for year in years(today, without=without):
            found.append(_release(year, f"england_{name}.csv", kind))
            if by_authority:
                codes = [one.la_code_dfe for one in region.authorities()]
                found += [_release(year, f"{code}_{name}.csv") for code in codes]
            found += [_release(year, f"england_{other}.csv") for other in also]
            if provisional is not None:
                asked = provisional[0] if year == newest(today) else ""
                first = _release(year, f"england_{provisional[1]}.csv", asked)
                found.append(replace(first, name=f"{year} {PROVISIONAL}"))
        if data_set:
            found.append(_all_years(f"{name}_by_school.csv", data_set, today))
        return tuple(found)

    return releases


def newest(today: date) -> AcademicYear:
    """Return the last school year that results may be out for.

    >>> str(newest(date(2025, 8, 31))), str(newest(date(2025, 9, 1)))
    ('2023/24', '2024/25')
    """
    return AcademicYear(today.year - (1 if today.month >= RESULTS_MONTH else 2))


def years(today: date, *, without: Iterable[int] = ()) -> list[AcademicYear]:
    """Return the school years to ask for, the newest first."""
    return [
        AcademicYear(start)
        for start in range(newest(today).start, FIRST - 1, -1)
        if start not in frozenset(without)
    ]


def _all_years(file_name: str, address: str, today: date) -> Release:
    """Name the file of a data set that holds several years; it says itself which is the newest."""
    return Release(name=str(newest(today)), file_name=file_name, addresses=(address,))


def _release(year: AcademicYear, name: str, kind: str = "") -> Release:
    """Name one file; without a kind, only a mirror may hold it."""
    span = f"{year.start}-{year.start + 1}"
    return Release(
        name=str(year),
        file_name=f"{span}_{name}",
        addresses=(_DOWNLOAD.format(kind=kind, years=span),) if kind else (),
        mirror_file=f"{span}/{name}",
    )
