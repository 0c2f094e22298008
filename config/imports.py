"""Tables of any kind that a region's file adds: what each column of them is."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

ShortName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
PlaceKind = Literal["urn", "postcode", "lsoa21", "lsoa11", "ward25", "authority"]


class ImportedValue(BaseModel):
    """A column of figures.

    Attributes:
        column: its heading.
        id: short name; made from the title if left out.
        title: the name readers see.
        says: what it means, in plain words.
        unit: of the figures.
        decimals: decimals worth showing.
        polarity: whether more is simply more, or agreed to be better or worse.
        combine: how the figures of several rows of one place become one.
        where: of a table with a row for every category: heading to what must stand below it for
            a row to count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    column: str = Field(min_length=1)
    id: ShortName | None = None
    title: str = Field(min_length=1)
    says: str = ""
    unit: str = Field(min_length=1)
    decimals: int = Field(0, ge=0, le=4)
    polarity: Literal["neutral", "more_is_better", "more_is_worse"] = "neutral"
    combine: Literal["sum", "mean"] = "sum"
    where: dict[str, str] = Field(default_factory=dict)

    @property
    def short(self) -> str:
        """Its id, or one made from its title."""
        return self.id or re.sub(r"[^a-z0-9]+", "_", self.title.casefold()).strip("_")[:40]


class Import(BaseModel):
    """A table with a place in every row.

    Attributes:
        id: short name, with which the ids of its measures begin.
        file: CSV or workbook, absolute or relative to where the atlas is started.
        title: of the table, for readers.
        topic: heading under which its measures are listed; the title if left out.
        made_by: who made it.
        period: when it holds, such as ``2025`` or ``2024/25``.
        place: heading of the column that says where; found by its contents if left out.
        kind: what stands in that column; told by its contents if left out.
        values: its figures. Without any, the rows of each place are counted.
        count_unit: what is counted then, such as ``nurseries``.
        without_rows: what a small area or ward without a row has: nothing, or a figure that is
            not known. If left out, nothing where rows are counted, else not known.
        smallest: of postcodes: figures below this are hidden, other than 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: ShortName
    file: str = Field(min_length=1)
    title: str = Field(min_length=1)
    topic: str = ""
    made_by: str = ""
    period: str = Field(min_length=1)
    place: str = ""
    kind: PlaceKind | None = None
    values: tuple[ImportedValue, ...] = ()
    count_unit: str = ""
    without_rows: Literal["nothing", "unknown"] | None = None
    smallest: int = Field(0, ge=0)

    @model_validator(mode="after")
    def _is_whole(self) -> "Import":
        if not self.values and not self.count_unit:
            raise ValueError("needs `values`, or `count_unit` to count its rows")
        if self.values and self.count_unit:
            raise ValueError("has `values`; `count_unit` is for counting rows")
        shorts = [value.short for value in self.values]
        if len(set(shorts)) < len(shorts):
            raise ValueError("two of its `values` have the same id or title")
        return self

    @property
    def columns(self) -> tuple[ImportedValue, ...]:
        """What becomes a measure each: its figures, or how many rows there are."""
        if self.values:
            return self.values
        counted = ImportedValue(column=COUNTED, id="rows", title=self.title, unit=self.count_unit)
        return (counted,)

    @property
    def nothing_without_rows(self) -> bool:
        """Whether a place without a row has nothing, rather than a figure that is not known."""
        return (self.without_rows or ("unknown" if self.values else "nothing")) == "nothing"


COUNTED = "(rows)"
"""Stands for the heading where rows are counted."""
