"""How a file of an authority's own is declared; its reader, template and page follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from config.words import search_key
from ingest.own.kinds import KINDS, KindName

SHAPEFILE_LETTERS: Final = 10
"""As many letters as the name of a Shapefile's column has at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a file.

    Attributes:
        name: its heading; capitals, spaces, hyphens and underscores do not matter.
        says: what it holds, in a sentence.
        kind: what a cell must be.
        required: whether the column, and a value in every row, must be there.
        blank: what a blank cell means, where one is allowed.
        also: other headings it may have.
        choices: for a choice, what may be written and what it stands for.
        example: a cell, for the template's explanation.
    """

    name: str
    says: str
    kind: KindName
    required: bool = False
    blank: str = ""
    also: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    example: str = ""

    @property
    def wants(self) -> str:
        """What a cell must be, in words."""
        if self.kind == "choice":
            return f"one of {', '.join(dict.fromkeys(self.choices.values()))}"
        return KINDS[self.kind].wants

    def is_headed(self, heading: str) -> bool:
        """Say whether a heading is this column's, whole or as a Shapefile cuts it short."""
        names = (self.name, *self.also, self.name[:SHAPEFILE_LETTERS])
        return search_key(heading) in {search_key(name) for name in names}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wide:
    """A layout with a column for every year group instead of a row.

    Attributes:
        by: the column that such headings are values of.
        value: the column that their cells are values of.
        kind: how headings are read.
        headings: those of the empty template.
    """

    by: str
    value: str
    kind: KindName
    headings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One file of an authority's own.

    Attributes:
        id: under which it stands in ``[own_files]``: the id of its series.
        title: for readers.
        says: what it is for, in a sentence or two.
        columns: in the order of the template.
        key: columns that name a row; no two rows may have the same.
        form: a table (CSV or XLSX), or outlines (GeoJSON, GeoPackage, zipped Shapefile).
        wide: the other layout, where there is one.
        notes: what else to know, a sentence each.
        may_be_empty: whether a header without rows says that there is nothing of the kind.
    """

    id: str
    title: str
    says: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    form: Literal["table", "outlines"] = "table"
    wide: Wide | None = None
    notes: tuple[str, ...] = ()
    may_be_empty: bool = False

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    def column_headed(self, heading: str) -> Column | None:
        """Return the column that has a heading, if one has."""
        return next((column for column in self.columns if column.is_headed(heading)), None)
