"""``atlas template``: empty files for what an authority gives itself."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.errors import ConfigError


def template(
    kind: Annotated[
        str | None, typer.Argument(help="Kind of file, such as rolls; without it, all are listed.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Argument(
            help="New file: .csv or .xlsx, or .gpkg for outlines; without it, KIND here."
        ),
    ] = None,
    *,
    wide: Annotated[
        bool, typer.Option("--wide", help="A column for every year group, where there is a choice.")
    ] = False,
) -> None:
    """Write an empty file for figures of your own, with every column explained."""
    from ingest.own.templates import TEMPLATES  # noqa: PLC0415 - seconds of imports
    from ingest.own.write import named_in_region_file, write_template  # noqa: PLC0415

    console = Console()
    if kind is None:
        table = Table("Kind", "What it holds", box=None)
        for each in TEMPLATES:
            table.add_row(each.id, f"{each.title}\n[dim]{each.says}")
        console.print(table)
        return
    chosen = next((each for each in TEMPLATES if each.id == kind), None)
    if chosen is None:
        known = ", ".join(each.id for each in TEMPLATES)
        raise ConfigError(f"there is no template {kind!r}", hint=f"there are {known}.")
    ending = "gpkg" if chosen.form == "outlines" else "xlsx"
    path = write_template(chosen, out or Path(f"{kind}.{ending}"), wide=wide)
    console.print(f"Wrote {path}: fill it in.", highlight=False, soft_wrap=True)
    console.print(named_in_region_file(chosen, path), highlight=False, markup=False, soft_wrap=True)
