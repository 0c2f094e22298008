"""Match the columns of a publisher's file with those wanted, and say what is amiss."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from ingest.errors import CheckFailed, SourceChanged

Names = Mapping[str, str | tuple[str, ...]]
"""Our column name to the publisher's; several where layouts differ, any one of which will do."""

LISTED: Final = 12
"""Unknown columns named in a message before it stops."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns wanted of a CSV that comes in several layouts.

    Attributes:
        names: columns that every layout has.
        if_there: columns that not every layout has; null where one is not there.
        spills: the last column, where it may spill into cells without a heading. Rows with more
            cells than the header are then kept, without those; otherwise they are left out.
    """

    names: Names
    if_there: Names = field(default_factory=dict)
    spills: str = ""

    def found(self, header: Iterable[str], *, source: str, file: str) -> dict[str, str]:
        """Match the columns found with the ones wanted, as ``columns_of`` does."""
        present = list(header)
        matched = columns_of(present, self.names, source=source, file=file)
        for ours, theirs in self.if_there.items():
            each = (theirs,) if isinstance(theirs, str) else theirs
            matched |= {name: ours for name in each if name in present}
        return matched


def spellings(names: Names) -> set[str]:
    """Return every name that a publisher may give the columns wanted."""
    each = ((theirs,) if isinstance(theirs, str) else theirs for theirs in names.values())
    return {name for theirs in each for name in theirs}


def header_of(path: Path) -> list[str]:
    """Return the first row of a CSV file, to tell the layouts of a series apart."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return next(csv.reader(file), [])


def no_rows(source: str, file: str, where: str = "") -> CheckFailed:
    """Return the error for a file that was read and holds nothing."""
    return CheckFailed(
        f"{source}: {file} has no rows{where}",
        hint="fetch the file again, or compare it with the last one that loaded.",
    )


def columns_of(found: Iterable[str], names: Names, *, source: str, file: str) -> dict[str, str]:
    """Match the columns found with the ones wanted.

    Returns:
        The publisher's name to ours.

    Raises:
        SourceChanged: a wanted column goes by none of its names.
    """
    present = set(found)
    matched: dict[str, str] = {}
    missing: set[str] = set()
    for ours, theirs in names.items():
        spellings = (theirs,) if isinstance(theirs, str) else theirs
        spelt = next((spelling for spelling in spellings if spelling in present), None)
        if spelt is None:
            missing.add(" or ".join(spellings))
        else:
            matched[spelt] = ours
    if missing:
        raise _columns_changed(source, file, missing=missing, added=present - set(matched))
    return matched


def unreadable(source: str, file: str, says: str) -> SourceChanged:
    """Return the error for a file that is not what its series declares."""
    return SourceChanged(
        f"{source}: {file} {says}",
        hint="fetch the file again, or compare it with the last one that loaded.",
    )


def _likeliest_first(unknown: list[str], missing: set[str]) -> list[str]:
    """Put those columns first that may be a missing one under a new name."""
    small = {name.casefold(): name for name in unknown}
    wanted = [name.casefold() for names in sorted(missing) for name in names.split(" or ")]
    alike = [
        small[name] for each in wanted for name in get_close_matches(each, list(small), n=LISTED)
    ]
    return list(dict.fromkeys([*alike, *unknown]))


def _columns_changed(
    source: str, file: str, *, missing: set[str], added: set[str]
) -> SourceChanged:
    unknown = _likeliest_first(sorted(added), missing)
    shown = ", ".join(unknown[:LISTED]) + (" …" if len(unknown) > LISTED else "")
    return SourceChanged(
        f"{source}: {file} has no column {'; '.join(sorted(missing))}"
        f" (its other columns: {shown or 'none'})",
        missing=sorted(missing),
        added=sorted(added),
        hint=f"if a column was renamed, add its new name to ingest/sources/{source}.py.",
    )
