"""``atlas sample``: write the publishers' files of a made-up country."""

import shlex
import signal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.commands.progress import reporter

if TYPE_CHECKING:
    from ingest.sample.write import Summary


def sample(
    out: Annotated[Path, typer.Argument(help="Folder for the files: not there yet, or empty.")],
    *,
    scale: Annotated[
        float, typer.Option(help="How large: 1 is a county with a city, 270 as large as England.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="Another number makes another country.")] = 1,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes that make counties at once; else as many as there are cores."),
    ] = None,
) -> None:
    """Write made-up publishers' files, to try the atlas with and to test it on."""
    from ingest.sample.write import write_sample  # noqa: PLC0415 - seconds of imports

    ended = _Ended()
    signal.signal(signal.SIGTERM, ended.end)  # tidied up after, like Ctrl-C
    console = Console()
    with reporter(console) as told:
        told.started("Made-up country")

        def progressed(share: float, doing: str) -> None:
            ended.stop_if_ended()
            told.progressed(share, doing)

        try:
            summary = write_sample(
                out, scale=scale, seed=seed, workers=workers, progress=progressed
            )
        except BaseException:
            told.failed()
            raise
        told.progressed(1.0, "")
    console.print(_summary(summary), highlight=False, soft_wrap=True)


class _Ended:
    """Remembers that the system ended the command.

    An interruption that comes while a library calls back, as where it loads compiled code, is
    lost there; the next step sees that there was one.
    """

    def __init__(self) -> None:
        self._is_ended = False

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_ended = True
        raise KeyboardInterrupt

    def stop_if_ended(self) -> None:
        if self._is_ended:
            raise KeyboardInterrupt


def _summary(summary: "Summary") -> str:
    counts, folder = summary.counts, shlex.quote(str(summary.out))
    return (
        f"Wrote {counts.schools:,} schools, {counts.postcodes:,} postcodes, "
        f"{counts.areas:,} small areas and {counts.street_nodes:,} street nodes into {folder}: "
        f"{summary.size_bytes / 1e6:,.1f} MB in {summary.seconds:,.1f} s. All of it is made up.\n"
        f"Next: ATLAS_REGIONS_DIR={folder} atlas build sample --mirror {folder}"
    )
