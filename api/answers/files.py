"""Tables of an answer as files, with the same marks on made-up data as every file of the atlas."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_args, get_origin

from fastapi import Response
from pydantic import BaseModel

from api.build import Build
from api.exports import SAYS_MADE_UP, Column, csv_chunks, workbook
from api.queries import about

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON: Final = "application/geo+json"
PARQUET: Final = "application/vnd.apache.parquet"

SHOWN: Final = (
    *("source_id", "title", "publisher", "release"),
    *("licence", "attribution", "landing_page"),
)
"""What a file says of each series behind it."""

Rows = Iterable[Mapping[str, Any] | BaseModel]
"""Rows of a file: mappings, or the rows of an answer."""


def file_of(media_type: str, says: str) -> dict[str, Any]:
    """Return how a route declares that it answers with a file."""
    is_json = media_type.endswith("json")
    schema = {"type": "object"} if is_json else {"type": "string", "format": "binary"}
    bare = media_type.partition(";")[0]
    answer = {200: {"content": {bare: {"schema": schema}}, "description": says}}
    return {"response_class": Response, "responses": answer}


AS_CSV: Final = file_of(CSV, "UTF-8 without a byte-order mark; one header row of column names")
AS_XLSX: Final = file_of(XLSX, "Sheets: the rows, Columns (what each means), Sources")
AS_PARQUET: Final = file_of(PARQUET, "Columns carry their meaning and unit as metadata")


def csv_file(build: Build, stem: str, columns: Sequence[Column], rows: Rows) -> Response:
    """Write rows as a CSV file to keep.

    Args:
        build: the build they are of.
        stem: what the file is called, before its region and extension.
        columns: in order; each row has them all.
        rows: in order.
    """
    content = b"".join(csv_chunks(*marked(build, columns, rows)))
    return Response(content, media_type=CSV, headers=kept_as(build, stem, "csv"))


def xlsx_file(
    build: Build,
    stem: str,
    columns: Sequence[Column],
    rows: Rows,
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
    told = [one for one in about.sources(build.engine) if one["source_id"] in sources]
    content = workbook(*marked(build, columns, rows), title=title, sources=told)
    return Response(content, media_type=XLSX, headers=kept_as(build, stem, "xlsx"))


def marked(
    build: Build, columns: Sequence[Column], rows: Rows
) -> tuple[Sequence[Column], Iterable[Mapping[str, Any]]]:
    """Let rows of invented data say so."""
    told = (row.model_dump() if isinstance(row, BaseModel) else row for row in rows)
    if not build.is_made_up():
        return columns, told
    return [*columns, SAYS_MADE_UP], ({**row, SAYS_MADE_UP.name: True} for row in told)


def kept_as(build: Build, stem: str, extension: str) -> dict[str, str]:
    """Return the headers by which a browser keeps a file under a name with its region."""
    return attached(build, f"{stem}-{build.folder.parent.name}.{extension}")


def attached(build: Build, name: str) -> dict[str, str]:
    """Return the headers by which a browser keeps a file; a name says that data are invented."""
    made_up = "made-up-" if build.is_made_up() else ""
    return {
        "Content-Disposition": f'attachment; filename="{made_up}{name}"',
        "Link": '</api/v1/release>; rel="describedby"',
    }


def behind(build: Build, *series: str) -> list[dict[str, Any]]:
    """Return what a file says of those series behind it that the build holds."""
    used = build.sources(*series)
    return [
        {name: source[name] for name in SHOWN}
        for source in about.sources(build.engine)
        if source["source_id"] in used
    ]


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
