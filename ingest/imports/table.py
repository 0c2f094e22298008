"""A table of any kind: its header, its rows, and which of its columns say what."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.imports import COUNTED, Import, ImportedValue, PlaceKind
from config.words import search_key
from ingest.errors import CheckFailed, SourceChanged
from ingest.imports.kinds import Found, place_columns
from ingest.own.sheet import Sheet, read_sheet

SOURCE_ID: Final = "imports"
TABLE_HINT: Final = "`atlas import FILE` shows what would be read of a table."


@dataclass(frozen=True, slots=True)
class Placed:
    """A table whose rows say where.

    Attributes:
        sheet: its cells.
        place: position of the column that says where.
        kind: what stands in it, as told or as its cells look.
    """

    sheet: Sheet
    place: int
    kind: PlaceKind

    def cells(self, heading: str) -> list[str]:
        """Return the cells below a heading."""
        at = position(self.sheet, heading)
        return [cells[at].strip() for _, cells in self.sheet.rows]

    def counts(self, value: ImportedValue) -> list[bool]:
        """Say which rows a column of figures is read of; capitals and marks do not matter."""
        chosen = [True] * len(self.sheet.rows)
        for heading, wanted in value.where.items():
            same = [search_key(cell) == search_key(wanted) for cell in self.cells(heading)]
            if not any(same):
                raise CheckFailed(
                    f"{SOURCE_ID}: {self.sheet.file}: no row has {wanted!r} in column {heading}",
                    hint=f"put `where` of {value.title!r} right in the region file.",
                )
            chosen = [both and one for both, one in zip(chosen, same, strict=True)]
        return chosen


def read_any(path: Path, *, wanted: tuple[str, ...] = ()) -> Sheet:
    """Read a table: the header is the row that has the headings wanted, or the widest.

    Raises:
        SourceChanged: the file is no table.
    """
    keys = {search_key(heading) for heading in wanted}
    if keys:
        with suppress(SourceChanged):  # told below, by the columns that are there
            return read_sheet(
                path, is_heading=lambda text: search_key(text) in keys, source=SOURCE_ID
            )
    return read_sheet(
        path, is_heading=lambda text: bool(text.strip()), source=SOURCE_ID, hint=TABLE_HINT
    )


def read_import(path: Path, told: Import) -> Placed:
    """Read a table that a region file adds.

    Raises:
        SourceChanged: a column that is named is not there, or none says where.
    """
    named = [value.column for value in told.columns if value.column != COUNTED]
    named += [heading for value in told.columns for heading in value.where]
    wanted = tuple(filter(None, (told.place, *named)))
    sheet = read_any(path, wanted=wanted)
    for heading in wanted:
        position(sheet, heading)
    found = where(sheet, told.place)
    kind = told.kind or (found.kind if found else None)
    heading = told.place or (found.heading if found else "")
    if kind is None or not heading:
        raise SourceChanged(
            f"{SOURCE_ID}: no column of {path.name} says where "
            f"(its columns: {', '.join(filter(None, sheet.header))})",
            hint="one must hold postcodes, schools' URNs, or codes of small areas, wards or "
            f"authorities; name it with `place` and `kind`. {TABLE_HINT}",
        )
    return Placed(sheet, position(sheet, heading), kind)


def where(sheet: Sheet, heading: str = "") -> Found | None:
    """Return the column that says where: the one with a heading, or the narrowest there is."""
    found = place_columns(sheet.header, [cells for _, cells in sheet.rows])
    return next((each for each in found if not heading or each.heading == heading), None)


def position(sheet: Sheet, heading: str) -> int:
    """Return where a heading stands.

    Raises:
        SourceChanged: it is not there.
    """
    keys = [search_key(each) for each in sheet.header]
    if search_key(heading) not in keys:
        raise SourceChanged(
            f"{SOURCE_ID}: {sheet.file} has no column {heading} "
            f"(its columns: {', '.join(filter(None, sheet.header))})",
            missing=[heading],
            added=[each for each in sheet.header if each],
            hint=f"put its heading right in the region file. {TABLE_HINT}",
        )
    return keys.index(search_key(heading))
