"""``atlas refresh``: for a timer at night. Takes what is newer into use, and else says nothing."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.commands.builds import Mirror
from api.commands.progress import reporter
from config.errors import AtlasError
from config.region import load_region, region_ids
from config.settings import Settings, read_settings
from ingest.pipeline.builds import BuildMissing, Builds
from ingest.pipeline.holding import is_held
from ingest.pipeline.reporter import Silent

if TYPE_CHECKING:
    from ingest.pipeline.manifest import Manifest

FAILED = 1


def refresh(
    regions: Annotated[
        list[str] | None,
        typer.Argument(metavar="REGION", help="Region files; without, all that are in use."),
    ] = None,
    *,
    mirror: Mirror = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell every step, also where nothing is newer.")
    ] = False,
) -> None:
    """Build anew from what the publishers have now; take it into use only if it is whole.

    Says nothing where nothing is newer. Exits 0 then and when a build was taken into use, 1
    where something could not be done: what was in use is served on.
    """
    settings = read_settings()
    console = Console(soft_wrap=True, highlight=False)
    shown = console if verbose else None
    failed = False
    for region_id in regions or _in_use(settings):
        try:
            told = _refresh(region_id, settings, mirror or settings.mirror, shown)
        except (AtlasError, OSError) as error:
            failed = True
            Console(stderr=True, soft_wrap=True, highlight=False).print(
                f"atlas: {region_id}: {error}", style="red", markup=False
            )
        else:
            if told:
                console.print(told, markup=False)
    if failed:
        raise typer.Exit(FAILED)


def _in_use(settings: Settings) -> list[str]:
    """Name the regions with a build in use, whose region file is there.

    Raises:
        BuildMissing: there is none, so that a timer would do nothing for ever.
    """
    known = region_ids(regions_dir=settings.regions_dir)
    in_use = [each for each in known if Builds(settings.home, each).current()]
    if not in_use:
        raise BuildMissing(
            f"no region has a build in {settings.home}",
            hint="check ATLAS_HOME and ATLAS_REGIONS_DIR; `atlas build REGION` makes the first.",
        )
    return in_use


def _refresh(region_id: str, settings: Settings, mirror: Path | None, shown: Console | None) -> str:
    """Refresh one region; return what there is to say. Steps are told where they are shown."""
    from ingest.pipeline.build import BuildOptions, build_region  # noqa: PLC0415 - slow to import

    region = load_region(region_id, regions_dir=settings.regions_dir)
    builds = Builds(settings.home, region_id)
    before = builds.current()
    if is_held(builds):
        return (
            f"{region_id}: somebody went back to build {before}, so it stays in use; "
            f"`atlas build {region_id}` goes forward again."
        )
    if region.made_up and mirror is None:
        return f"{region_id}: its data are made up; nothing newer is published." if shown else ""
    old = next((each for each in builds.manifests() if each.build_id == before), None)
    options = BuildOptions(overpass_url=settings.overpass_url, database_url=settings.database_url)
    with reporter(shown) if shown else nullcontext(Silent()) as told:
        new = build_region(
            region, home=settings.home, mirror=mirror, reporter=told, options=options
        )
    if new.build_id == before:
        return f"{region_id}: nothing is newer." if shown else ""
    return f"{region_id}: build {new.build_id} is in use{_newer(old, new)}."


def _newer(old: "Manifest | None", new: "Manifest") -> str:
    """Name the series whose files are others than before, with their releases."""
    held = {receipt["sha256"] for receipt in old.receipts} if old else set()
    found = dict.fromkeys(
        f"{receipt['source_id']} {receipt['release']}"
        for receipt in new.receipts
        if receipt["sha256"] not in held
    )
    if old is None:
        return ", the first of this region"
    return f"; newer: {', '.join(found)}" if found else "; the files are the same"
