"""Finds a publisher's file in a mirror folder, laid out with one folder per series."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from ingest.errors import MirrorFileMissing

LISTED: Final = 12
"""Names listed in a message before it says how many more there are."""

_DATES: Final = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"),
)
_SCHOOL_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)-((?:19|20)\d\d)(?!\d)")


def find_in_mirror(mirror: Path, folder: str, patterns: Sequence[str]) -> Path:
    """Return the file of a series in a mirror.

    Args:
        mirror: the folder that holds one folder per series.
        folder: the series' own folder, such as ``gias``.
        patterns: names or glob patterns, the most wanted first. Of several files that one
            pattern finds, the newest by the date in its name is taken.

    Raises:
        MirrorFileMissing: no pattern finds a file; the message says what was looked for, where,
            and what is there.
    """
    series = mirror / folder
    if not series.is_dir():
        raise _no_folder(mirror, folder, patterns)
    for pattern in patterns:
        found = [path for path in series.glob(pattern) if path.is_file()]
        if found:
            return max(found, key=_newest)
    raise MirrorFileMissing(
        f"the mirror has no {_or(patterns)}\n"
        f"  looked in {series.resolve()}\n"
        f"  which holds {_listing(path for path in series.iterdir() if path.is_file())}",
        hint="copy the publisher's file there, or build without --mirror to download it.",
    )


def date_in(name: str) -> date | None:
    """Return the date that a file name carries; the first of a month or year named alone.

    >>> date_in("edubasealldata20250524.csv"), date_in("leeds_inner_2022-07.osm.pbf")
    (datetime.date(2025, 5, 24), datetime.date(2022, 7, 1))
    >>> date_in("rutland-latest.osm.pbf") is None
    True
    """
    parts = _date_parts(name)
    return date(*map(int, (*parts, "1", "1")[:3])) if parts else None


def release_in(name: str) -> str | None:
    """Return the date or school year that a file name carries, no more precise than it is there.

    >>> release_in("edubasealldata20250524.csv"), release_in("leeds_inner_2022-07.osm.pbf")
    ('2025-05-24', '2022-07')
    >>> release_in("2018-2019_england_ks4final.csv")
    '2018/19'
    """
    for first, second in _SCHOOL_YEAR.findall(name):
        if int(second) == int(first) + 1:
            return f"{first}/{second[2:]}"
    return "-".join(_date_parts(name)) or None


def _date_parts(name: str) -> tuple[str, ...]:
    """Return year, month and day, as far as a name carries them."""
    for pattern in _DATES:
        for match in pattern.finditer(name):
            parts = match.groups()
            with contextlib.suppress(ValueError):  # 30 February
                date(*map(int, (*parts, "1", "1")[:3]))
                return parts
    return ()


def _newest(path: Path) -> tuple[date, str]:
    return date_in(path.name) or date.min, path.name


def _no_folder(mirror: Path, folder: str, patterns: Sequence[str]) -> MirrorFileMissing:
    if not mirror.is_dir():
        return MirrorFileMissing(
            f"the mirror folder {mirror.resolve()} is not there (looked for {_or(patterns)})",
            hint="check the path given with --mirror or ATLAS_MIRROR.",
        )
    return MirrorFileMissing(
        f"the mirror has no folder {folder!r} (looked for {_or(patterns)})\n"
        f"  looked in {mirror.resolve()}\n"
        f"  which holds {_listing(path for path in mirror.iterdir() if path.is_dir())}",
        hint="a mirror has one folder per series; copy the publisher's file into that one.",
    )


def _or(patterns: Sequence[str]) -> str:
    return " or ".join(patterns)


def _listing(paths: Iterable[Path]) -> str:
    names = sorted(path.name for path in paths)
    if not names:
        return "nothing"
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
