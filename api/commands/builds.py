"""``atlas build``, ``atlas builds``, ``atlas rollback``: make and choose what is served."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.commands.changes import print_changes
from api.commands.oddities import print_oddities
from api.commands.progress import done_line, reporter
from config.region import load_region
from config.settings import read_settings
from ingest.pipeline.builds import RULE, Builds, Manifest, StepRecord
from ingest.pipeline.holding import hold, release
from ingest.store import store_of

RegionId = Annotated[str, typer.Argument(help="Id of a region file: rutland, leeds, …")]
Mirror = Annotated[
    Path | None,
    typer.Option(
        help="Folder of publishers' files; where given, nothing is downloaded. [ATLAS_MIRROR]"
    ),
]


def build(
    region: RegionId,
    *,
    mirror: Mirror = None,
    may_shrink: Annotated[
        bool, typer.Option(help="Take it into use even if it holds far less than before.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Say what changed for readers since the one in use.")
    ] = False,
    without: Annotated[
        list[str] | None, typer.Option(help="Leave out this series; may be given again.")
    ] = None,
    new_columns: Annotated[
        list[str] | None,
        typer.Option(help="Load this series although its file has columns it had not before."),
    ] = None,
) -> None:
    """Load the publishers' files, make a build of a region and take it into use."""
    from ingest.pipeline.build import BuildOptions, build_region  # noqa: PLC0415 - seconds of imports

    settings = read_settings()
    chosen = load_region(region, regions_dir=settings.regions_dir)
    console = Console()
    held = Builds(settings.home, region, store_of(settings.database_url))
    before = held.current()
    release(held)
    with reporter(console) as told:
        manifest = build_region(
            chosen,
            home=settings.home,
            mirror=mirror or settings.mirror,
            reporter=told,
            options=BuildOptions(
                may_shrink=may_shrink,
                overpass_url=settings.overpass_url,
                database_url=settings.database_url,
                without=without or (),
                new_columns=new_columns or (),
            ),
        )
    console.print(_summary(chosen.title, manifest), highlight=False, soft_wrap=True)
    print_oddities(console, held.folder / manifest.build_id, settings.database_url)
    if diff:
        print_changes(console, held, before, manifest.build_id)


def builds(
    region: RegionId,
    *,
    steps: Annotated[bool, typer.Option(help="Show what each step took.")] = True,
    tables: Annotated[
        bool, typer.Option("--tables", help="Show how fast each table was loaded.")
    ] = False,
) -> None:
    """List the builds of a region: when, how long, how much memory, which one is in use."""
    settings = read_settings()
    load_region(region, regions_dir=settings.regions_dir)
    held = Builds(settings.home, region)
    manifests = held.manifests()
    console = Console()
    if not manifests:
        console.print(f"There is no build of {region} yet: `atlas build {region}` makes one.")
        return
    for manifest in manifests:
        in_use = " (in use)" if manifest.build_id == held.current() else ""
        console.print(
            f"{manifest.build_id}{in_use}: {_told(manifest)}", highlight=False, soft_wrap=True
        )
        if steps:
            console.print(_step_lines(manifest), highlight=False, soft_wrap=True)
        if tables:
            console.print(_table_lines(manifest), highlight=False, soft_wrap=True)
    console.print(RULE, highlight=False, soft_wrap=True)


def rollback(
    region: RegionId,
    to: Annotated[str | None, typer.Option(help="Build to go to; else the one before.")] = None,
) -> None:
    """Serve an earlier build again; running servers change over by themselves."""
    settings = read_settings()
    held = Builds(settings.home, region, store_of(settings.database_url))
    if to is None:
        to = held.rollback()
    else:
        held.use(to)
    hold(held)
    typer.echo(f"{region} is now served from build {to}; `atlas refresh` leaves it so.")


def _summary(title: str, manifest: Manifest) -> str:
    counts = {name: f"{value:,.0f}" for name, value in manifest.counts.items()}
    return (
        f"{title}: {counts['schools']} schools and {counts['schools_outside']} just outside, "
        f"{counts['postcodes']} postcodes, {counts['lsoa21']} small areas. "
        f"The street network covers {manifest.counts['covered_pct']:g} % of the postcodes.\n"
        f"Build {manifest.build_id} is in use, made in {manifest.seconds:,.1f} s."
    )


def _told(manifest: Manifest) -> str:
    peak = max(step.peak_mb for step in manifest.steps)
    return f"made {manifest.built_at} in {manifest.seconds:,.1f} s, at most {peak:,.0f} MB"


def _step_lines(manifest: Manifest) -> str:
    width = max(len(step.title) for step in manifest.steps)
    return "\n".join(f"  {step.title:{width}}  {_took(step)}" for step in manifest.steps)


def _table_lines(manifest: Manifest) -> str:
    loads = [load for step in manifest.steps for load in step.tables if load.rows]
    width = max((len(load.table) for load in loads), default=0)
    where = "a file" if manifest.database.kind == "sqlite" else f"schema {manifest.database.name}"
    lines = [
        f"    {load.table:{width}}  {load.rows:,} rows, {load.seconds:.2f} s, "
        f"{load.rows_per_second:,.0f} rows a second"
        for load in loads
    ]
    return "\n".join([f"  Tables, in {where}:", *lines])


def _took(step: StepRecord) -> str:
    took = done_line(seconds=step.seconds, peak_mb=step.peak_mb, rows=step.rows, is_reused=False)
    return f"{took} (unchanged, from an earlier build)" if step.is_reused else took
