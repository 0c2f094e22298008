"""``atlas vintages``: the forecasts that were in use."""

from typing import Annotated

import typer
from rich.console import Console

from config.region import load_region
from config.settings import read_settings


def vintages(
    region: Annotated[str, typer.Argument(help="Id of a region file: rutland, leeds, …")],
) -> None:
    """List the forecasts that were in use, and what was new about each."""
    from ingest.vintages.vintages import Vintages  # noqa: PLC0415 - loads what forecasts need

    settings = read_settings()
    load_region(region, regions_dir=settings.regions_dir)
    kept = Vintages(settings.home, region).all()
    lines = [f"{one.vintage}  {one.made_in}  {one.says}" for one in kept]
    none = f"No forecast of {region} has been in use yet: `atlas build {region}` makes one."
    Console().print("\n".join(lines or [none]), highlight=False, soft_wrap=True, markup=False)
