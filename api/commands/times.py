"""``atlas times``: from places to others, as a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from api.commands.modes import mode_named
from api.commands.progress import reporter
from config.settings import read_settings

if TYPE_CHECKING:
    import pandas as pd

LONGEST_MINUTES: Final = 24 * 60
SUFFIXES: Final = (".csv", ".parquet")


def times(
    ground: Annotated[
        str, typer.Argument(help="Id of a region that was built, or a folder of networks.")
    ],
    *,
    origin: Annotated[
        str,
        typer.Option(
            "--from", help="A postcode, a URN, x,y or lon,lat; or a .csv file of many points."
        ),
    ],
    destination: Annotated[
        str | None,
        typer.Option("--to", help="Likewise; the region's schools if left out."),
    ] = None,
    mode: Annotated[str, typer.Option(help="Way of travelling.")] = "walk",
    limit: Annotated[
        float, typer.Option(min=0, max=LONGEST_MINUTES, help="Minutes the longest way may take.")
    ] = 60.0,
    out: Annotated[
        Path | None, typer.Option(help="File to write, .csv or .parquet; else CSV is printed.")
    ] = None,
) -> None:
    """Measure the quickest ways from every origin to every destination.

    Every pair is a row: origin, destination, seconds, metres, and a status that says why a time is
    missing: over_limit, no_street (none near enough), outside (beyond the streets loaded).
    """
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise typer.BadParameter(
            f"{out.name} ends neither in .csv nor in .parquet", param_hint="--out"
        )
    chosen = mode_named(mode)
    from api.commands.grounds import Ground  # noqa: PLC0415 - seconds of imports
    from api.commands.measuring import measured  # noqa: PLC0415

    with Ground(ground, read_settings()) as opened, reporter(Console(stderr=True)) as told:
        network = opened.network(chosen)
        origins = opened.places(origin)
        destinations = opened.schools() if destination is None else opened.places(destination)
        told.started(f"{len(origins):,} origins, {len(destinations):,} destinations")
        frames = []
        for done, frame in measured(network, origins, destinations, limit_s=limit * 60):
            told.progressed(done / len(origins), f"{done:,} of {len(origins):,}")
            frames.append(frame)
    _write(frames, out)


def _write(frames: Sequence["pd.DataFrame"], out: Path | None) -> None:
    import pandas as pd  # noqa: PLC0415 - it is imported by now

    table = pd.concat(frames, ignore_index=True)
    if out is None:
        typer.echo(table.to_csv(index=False), nl=False)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() == ".csv":
        table.to_csv(out, index=False)
    else:
        table.to_parquet(out, index=False)
    reached = int((table["status"] == "reached").sum())
    typer.echo(f"Wrote {len(table):,} rows to {out}, {reached:,} of them with a time.")
