"""``atlas network``: what becomes of a street extract, mode by mode."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.commands.modes import mode_named
from api.commands.progress import reporter
from config.errors import AtlasError
from config.settings import read_settings

if TYPE_CHECKING:
    from travel import Mode, Network, NetworkReport

REASONS = 5
"""Reasons for leaving ways out that are named unless all are asked for."""


def network(
    source: Annotated[
        list[str], typer.Argument(help="Id of a region that was built, or .osm.pbf extracts.")
    ],
    *,
    mode: Annotated[
        list[str] | None, typer.Option(help="Way of travelling; may be repeated; else all.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to save the networks in, one folder a mode.")
    ] = None,
    every_reason: Annotated[
        bool, typer.Option("--every-reason", help="Name every reason why ways are left out.")
    ] = False,
) -> None:
    """Make street networks of extracts, and say what is in them and what is left out."""
    import travel  # noqa: PLC0415 - seconds of imports
    from api.commands.extracts import extracts  # noqa: PLC0415
    from ingest.pipeline.steps.streets import heights_of  # noqa: PLC0415

    modes = [mode_named(name) for name in dict.fromkeys(mode)] if mode else list(travel.MODES)
    paths, region = extracts(source, read_settings())
    console = Console()
    table = Table("Mode", "Nodes", "Edges", "km", "Left out", "Islands", "Odd", "s", box=None)
    details: list[str] = []
    shut: dict[Mode, AtlasError] = {}
    with reporter(console) as told:
        told.started("Networks")
        extract = travel.read_extract(
            *paths, progress=lambda ways: told.progressed(0.0, f"{ways:,} ways")
        )
        heights = heights_of(region, extract) if region else None
        began = time.perf_counter()
        for made, report in travel.each_network(
            extract, modes=modes, heights=heights, closed=shut.__setitem__
        ):
            if out is not None:
                made.save(out / made.mode)
            seconds = time.perf_counter() - began
            told.progressed((modes.index(made.mode) + 1) / len(modes), made.mode)
            table.add_row(*_row(made.mode, made, report, seconds))
            details += _reasons(made.mode, report, None if every_reason else REASONS)
            began = time.perf_counter()
    details += [f"{each}: {error.message}" for each, error in shut.items()]
    if len(shut) == len(modes):
        raise next(iter(shut.values()))
    console.print(f"{extract.way_id.size:,} ways in {', '.join(extract.names)}", highlight=False)
    console.print(table)
    console.print("\n".join(details), highlight=False, soft_wrap=True, markup=False)
    if out is not None:
        console.print(f"Saved in {out}", highlight=False, soft_wrap=True)


def _row(
    mode: "Mode", network: "Network", report: "NetworkReport", seconds: float
) -> tuple[str, ...]:
    left_out = sum(each.ways for each in report.left_out.values())
    islands = f"{report.components - 1:,} ({report.components_metres / 1000:,.1f} km)"
    return (
        mode,
        f"{network.n_nodes:,}",
        f"{network.n_edges:,}",
        f"{report.metres / 1000:,.0f}",
        f"{left_out:,} ways",
        islands,
        f"{len(report.odd):,}",
        f"{seconds:.1f}",
    )


def _reasons(mode: "Mode", report: "NetworkReport", most: int | None) -> Iterator[str]:
    """Say why ways are left out, most kilometres first, and what else is noteworthy."""
    reasons = list(report.left_out.items())
    for reason, each in reasons[:most]:
        yield f"{mode}: {reason}: {each.ways:,} ways, {each.metres / 1000:,.0f} km left out"
    if most is not None and len(reasons) > most:
        yield f"{mode}: {len(reasons) - most:,} more reasons; --every-reason names them"
    if report.turns_forbidden:
        yield f"{mode}: {report.turns_forbidden:,} turns forbidden"
    if report.ways_cut:
        yield f"{mode}: {report.ways_cut:,} ways run out of the extract"
    for rule, subject, says in (*report.odd, *report.traps)[:most]:
        yield f"{mode}: {rule}: {subject}: {says}"
