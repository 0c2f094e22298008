"""``atlas region``: list the authorities, write a region file for one."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.authority import authorities, find_authority
from config.errors import ConfigError
from config.region import load_region, region_file, region_ids
from config.settings import read_settings

region = typer.Typer(no_args_is_help=True, help="Regions: what an atlas can be of.")


@region.command("list")
def list_regions() -> None:
    """List the region files there are, and every education authority one can be made for."""
    console = Console()
    regions_dir = read_settings().regions_dir
    ready = ", ".join(_told(each, regions_dir) for each in region_ids(regions_dir=regions_dir))
    table = Table("DfE", "GSS", "Authority", "Region", "Street extract", box=None)
    for authority in authorities():
        table.add_row(
            authority.la_code_dfe,
            authority.la_code,
            authority.name,
            authority.region,
            authority.street_extract,
        )
    console.print(table)
    console.print(f"\nReady to build: {ready}", highlight=False)


def _told(region_id: str, regions_dir: Path | None) -> str:
    """Name a region, and say what there is to know before it is built."""
    try:
        is_made_up = load_region(region_id, regions_dir=regions_dir).made_up
    except ConfigError:  # building it says what is wrong
        return f"{region_id} (its file cannot be used)"
    return f"{region_id} (made up)" if is_made_up else region_id


@region.command("new")
def new_region(
    name: Annotated[str, typer.Argument(help="Name, DfE code or GSS code of an authority.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the file. [ATLAS_REGIONS_DIR, else the current folder]"),
    ] = None,
) -> None:
    """Write a region file for an authority."""
    authority = find_authority(name)
    region_id, text = region_file(authority)
    folder = out or read_settings().regions_dir or Path.cwd()
    path = folder / f"{region_id}.toml"
    if path.exists():
        raise ConfigError(f"{path} is already there", hint="edit it, or remove it first.")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {path}. Next: ATLAS_REGIONS_DIR={folder} atlas build {region_id}")
