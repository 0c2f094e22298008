"""``atlas changes``: what is different for readers from one build to another."""

from typing import Annotated

import typer
from rich.console import Console

from config.region import load_region
from config.settings import read_settings
from ingest.pipeline.builds import BuildMissing, Builds
from ingest.store import store_of


def changes(
    region: Annotated[str, typer.Argument(help="Id of a region file: rutland, leeds, …")],
    since: Annotated[str | None, typer.Option(help="Build to compare with; else before.")] = None,
    until: Annotated[
        str | None, typer.Option("--build", help="Build; else the one in use.")
    ] = None,
) -> None:
    """Say what changed for readers from one build of a region to another."""
    settings = read_settings()
    load_region(region, regions_dir=settings.regions_dir)
    held = Builds(settings.home, region, store_of(settings.database_url))
    after = until or held.current()
    before = since or next(reversed(held.before()), None)
    if after is None:
        raise BuildMissing(
            f"there is no build of {region} yet", hint=f"`atlas build {region}` makes one."
        )
    print_changes(Console(), held, before, after)


def print_changes(console: Console, held: Builds, before: str | None, after: str) -> None:
    """Print what changed, a sentence a line."""
    if before is None:
        console.print(f"{after} is the first build of {held.region_id} in use.", highlight=False)
        return
    from ingest.pipeline.comparing import changes_between  # noqa: PLC0415 - reads tables

    found = changes_between(held, before, after) if before != after else []
    head = f"Changed from {before} to {after}:" if found else "Nothing changed for readers."
    lines = [head, *(f"  {change.says}" for change in found)]
    console.print("\n".join(lines), highlight=False, soft_wrap=True, markup=False)
