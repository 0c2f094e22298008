"""Writes the empty template of an authority's own file, with an explanation of every column."""

import csv
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import xlsxwriter

from config.terms import BRITISH_GRID
from ingest.errors import IngestError
from ingest.own.declare import Column, Template

EXPLAINED: Final = ("column", "required", "what it holds", "what a cell must be", "a blank means")


class TemplateNotWritten(IngestError):
    """An empty template could not be written."""


def write_template(template: Template, path: Path, *, wide: bool = False) -> Path:
    """Write an empty template.

    Args:
        template: which.
        path: a new file that ends in ``.csv`` or ``.xlsx``, or, for outlines, in ``.gpkg``. A
            workbook has a second sheet that explains every column; beside the others, a ``.txt``
            of the same name does.
        wide: the layout with a column for every year group.

    Returns:
        The path.

    Raises:
        TemplateNotWritten: the file is there already, ends otherwise, or has no such layout.
    """
    if path.exists():
        raise TemplateNotWritten(f"{path} is there already", hint="name another file.")
    if wide and template.wide is None:
        raise TemplateNotWritten(f"{template.id} has one layout only", hint="leave --wide out.")
    headings = _headings(template, wide=wide)
    if path.suffix.lower() == ".xlsx":
        _write_workbook(template, path, headings)
    elif path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(headings)
        path.with_suffix(".txt").write_text(explanation(template), encoding="utf-8")
    elif path.suffix.lower() == ".gpkg" and template.form == "outlines":
        blank = gpd.GeoDataFrame(dict.fromkeys(headings, pd.Series([], dtype=object)), geometry=[])
        blank = blank.set_crs(BRITISH_GRID)
        blank.to_file(path, layer=template.id, engine="pyogrio", geometry_type="MultiPolygon")
        path.with_suffix(".txt").write_text(explanation(template), encoding="utf-8")
    else:
        raise TemplateNotWritten(
            f"{path.name} ends in neither .csv nor .xlsx",
            hint="outlines may also be a GeoPackage, .gpkg.",
        )
    return path


def _headings(template: Template, *, wide: bool) -> list[str]:
    if not wide or template.wide is None:
        return [column.name for column in template.columns]
    left_out = {template.wide.by, template.wide.value}
    kept = [column.name for column in template.columns if column.name not in left_out]
    return [*kept, *template.wide.headings]


def explained(column: Column) -> tuple[str, ...]:
    """Explain a column, cell by cell as ``EXPLAINED`` heads them."""
    needed = "yes" if column.required else "no"
    return (column.name, needed, column.says, column.wants, column.blank or "not allowed")


def explanation(template: Template) -> str:
    """Explain a template in plain text."""
    lines = [template.title, "", template.says, ""]
    for column in template.columns:
        name, needed, says, wants, blank = explained(column)
        must = "required" if needed == "yes" else f"may be blank: {blank}"
        lines += [f"{name} ({must})", f"    {says}", f"    A cell must be {wants}."]
        if column.example:
            lines.append(f"    Example: {column.example}")
    lines += ["", *template.notes, "", named_in_region_file(template)]
    return "\n".join(lines) + "\n"


def named_in_region_file(template: Template, path: Path | None = None) -> str:
    """Say how a file is named in the region file: one called like its kind, if no path is given."""
    ending = "geojson" if template.form == "outlines" else "csv"
    file = f"{template.id}.{ending}" if path is None else path.as_posix()
    return f'In the region file, under [own_files]: {template.id} = ["{file}"]'


def _write_workbook(template: Template, path: Path, headings: list[str]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        data = book.add_worksheet(template.id[:31])
        data.write_row(0, 0, headings, bold)
        data.set_column(0, len(headings) - 1, 16, as_text)
        data.freeze_panes(1, 0)
        about = book.add_worksheet("Explanation")
        about.set_column(0, 1, 18, wrapped)
        about.set_column(2, 4, 48, wrapped)
        about.write(0, 0, template.title, bold)
        about.write(1, 0, template.says)
        about.write_row(3, 0, list(EXPLAINED), bold)
        for row, column in enumerate(template.columns, start=4):
            about.write_row(row, 0, explained(column))
        for row, note in enumerate(template.notes, start=5 + len(template.columns)):
            about.write(row, 0, note)
