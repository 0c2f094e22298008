"""Tables of an answer as CSV, with the same marks on made-up data as every file of the atlas."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_args, get_origin

from fastapi import Response
from pydantic import BaseModel

from api.build import Build
from api.exports import SAYS_MADE_UP, Column, csv_chunks, workbook
from api.queries import about

CSV: Final = "text/csv; charset=utf-8"
CSV_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
        "description": "UTF-8 without a byte-order mark; one header row of column names",
    }
}
"""How a CSV file is described as the answer of an address."""

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX_ANSWER: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
        "description": "Sheets: the rows, Columns (what each means), Sources",
    }
}
"""How a workbook is described as the answer of an address."""


def csv_file(
    build: Build, stem: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]
) -> Response:
    """Write rows as a CSV file to keep.

    Args:
        build: the build they are of.
        stem: what the file is called, before its region and extension.
        columns: in order; each row has them all.
        rows: in order.
    """
    columns, rows = _marked(build, columns, rows)
    content = b"".join(csv_chunks(columns, rows))
    return Response(content, media_type=CSV, headers=_headers(build, stem, "csv"))


def xlsx_file(
    build: Build,
    stem: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    title: str,
    sources: Sequence[str],
) -> Response:
    """Write rows as a workbook to keep.

    Args:
        build: the build they are of.
        stem: what the file is called, before its region and extension.
        columns: in order; each row has them all.
        rows: in order.
        title: of the sheet.
        sources: ids of the series behind the rows.
    """
    columns, rows = _marked(build, columns, rows)
    behind = [one for one in about.sources(build.engine) if one["source_id"] in sources]
    content = workbook(columns, rows, title=title, sources=behind)
    return Response(content, media_type=XLSX, headers=_headers(build, stem, "xlsx"))


def _marked(
    build: Build, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]
) -> tuple[Sequence[Column], Iterable[Mapping[str, Any]]]:
    """Let rows of invented data say so."""
    if not build.is_made_up():
        return columns, rows
    return [*columns, SAYS_MADE_UP], ({**row, SAYS_MADE_UP.name: True} for row in rows)


def _headers(build: Build, stem: str, extension: str) -> dict[str, str]:
    made_up = "made-up-" if build.is_made_up() else ""
    name = f"{made_up}{stem}-{build.folder.parent.name}.{extension}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Link": '</api/v1/release>; rel="describedby"',
    }


KINDS: Final = {float: "number", int: "whole", bool: "flag"}


def columns_of(*answers: type[BaseModel], leave_out: Sequence[str] = ()) -> list[Column]:
    """Return the columns that the plain fields of some answers make, each once, in order."""
    found = {}
    for answer in answers:
        for name, field in answer.model_fields.items():
            kinds = set(get_args(field.annotation) or [field.annotation]) - {type(None)}
            if name in leave_out or get_origin(field.annotation) is list:
                continue
            kind = next((KINDS[kind] for kind in kinds if kind in KINDS), "text")
            found[name] = Column(name, kind, field.description or name)
    return list(found.values())
