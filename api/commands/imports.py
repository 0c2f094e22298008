"""``atlas import``: what would be read of a table, before a build reads it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from config.errors import ConfigError
from config.region import Region, load_region
from config.settings import Settings, read_settings

if TYPE_CHECKING:
    from ingest.imports.known import Known


def import_(
    file: Annotated[
        Path | None, typer.Argument(help="A table: CSV or workbook, with a place in every row.")
    ] = None,
    *,
    region: Annotated[
        str | None,
        typer.Option(help="Try the tables that its file adds, on the places of its build in use."),
    ] = None,
) -> None:
    """Show what would be read of a table, and the lines that add it to a region file."""
    if (file is None) == (region is None):
        raise ConfigError(
            "name either a table or a region",
            hint="`atlas import FILE` looks at a table; `atlas import --region REGION` tries the "
            "tables that the region's file adds.",
        )
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if file is not None:
        _look_at(file, console)
    elif region is not None:
        _try(region, console)


def _look_at(path: Path, console: Console) -> None:
    from ingest.imports.table import read_any  # noqa: PLC0415 - a second of imports
    from ingest.imports.trying import has_place, lines_for_region_file, looked_at  # noqa: PLC0415
    from ingest.own.persons import refuse_persons  # noqa: PLC0415

    if not path.is_file():
        raise ConfigError(f"{path} is not there", hint="check its path.")
    refuse_persons(path, source="imports")
    sheet = read_any(path)
    first = sheet.rows[0][0] if sheet.rows else 0
    console.print(f"{path.name}: {len(sheet.rows):,} rows, the first in row {first}")
    for column in looked_at(sheet):
        console.print(f"  {column.heading}: {column.says}")
    if not has_place(sheet):
        raise ConfigError(
            f"no column of {path.name} says where its rows are",
            hint="it needs a column of URNs, postcodes, or codes of small areas, wards or "
            "authorities; one of mere digits is taken only where its heading says `urn` or `la`.",
        )
    console.print("\nTo add it to a region file; leave out the columns that you do not want:\n")
    console.print(lines_for_region_file(path, sheet), end="")


def _try(region_id: str, console: Console) -> None:
    from ingest.imports.gathering import imported  # noqa: PLC0415 - a second of imports
    from ingest.imports.table import read_import  # noqa: PLC0415
    from ingest.imports.trying import told_of  # noqa: PLC0415
    from ingest.issues import IssueLog  # noqa: PLC0415

    settings = read_settings()
    chosen = load_region(region_id, regions_dir=settings.regions_dir)
    if not chosen.imports:
        raise ConfigError(
            f"the file of {region_id} adds no tables",
            hint="`atlas import FILE` writes the lines that add one.",
        )
    known = _known(chosen, settings)
    for told in chosen.imports:
        path = Path(told.file)
        if not path.is_file():
            raise ConfigError(f"{path}, named in [[imports]], is not there", hint="check its path.")
        issues = IssueLog()
        made = imported(read_import(path, told), told, known, issues)
        console.print("\n".join(told_of(made, told, issues)))


def _known(region: Region, settings: Settings) -> "Known":
    """Return the places of a region's build in use."""
    from api.build import current_build, open_database  # noqa: PLC0415 - a second of imports
    from ingest.imports.built import known_in  # noqa: PLC0415

    folder = current_build(settings.home, region.id)
    engine = open_database(folder, settings.database_url)
    try:
        return known_in(engine, region.register())
    finally:
        engine.dispose()
