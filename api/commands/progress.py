"""Progress of long work: a bar on a terminal, a plain line otherwise."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


def reporter(console: Console) -> "Bars | Lines":
    """Return the reporter that suits where the output goes."""
    return Bars(console) if console.is_terminal else Lines(console)


def done_line(*, seconds: float, peak_mb: float, rows: int, is_reused: bool) -> str:
    """Say what a step took.

    >>> done_line(seconds=1.234, peak_mb=310.4, rows=1279, is_reused=False)
    '1,279 rows, 1.2 s, 310 MB'
    >>> done_line(seconds=1.234, peak_mb=310.4, rows=1279, is_reused=True)
    'unchanged'
    """
    if is_reused:
        return "unchanged"
    return f"{rows:,} rows, {seconds:.1f} s, {peak_mb:,.0f} MB"


class Lines:
    """One plain line a step, for log files and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._title = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is open."""

    def started(self, title: str) -> None:
        """Remember the step."""
        self._title = title

    def progressed(self, share: float, doing: str) -> None:
        """Say nothing between start and end."""

    def finished(self, *, seconds: float, peak_mb: float, rows: int, is_reused: bool) -> None:
        """Print the step and what it took."""
        told = done_line(seconds=seconds, peak_mb=peak_mb, rows=rows, is_reused=is_reused)
        self._console.print(f"{self._title}: {told}", highlight=False, soft_wrap=True)

    def failed(self) -> None:
        """Print the step that stopped."""
        self._console.print(f"{self._title}: stopped", highlight=False, soft_wrap=True)


class Bars:
    """A line a step with a bar while it runs, for people at a terminal."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[told]}"),
            console=console,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def started(self, title: str) -> None:
        """Add the step's line."""
        self._task = self._progress.add_task(title, total=1.0, told="")

    def progressed(self, share: float, doing: str) -> None:
        """Move the bar and say what is being done."""
        self._update(completed=share, told=doing)

    def finished(self, *, seconds: float, peak_mb: float, rows: int, is_reused: bool) -> None:
        """Fill the bar and say what the step took."""
        told = done_line(seconds=seconds, peak_mb=peak_mb, rows=rows, is_reused=is_reused)
        self._update(completed=1.0, told=told)

    def failed(self) -> None:
        """Say that the step stopped."""
        self._update(told="[red]stopped")

    def _update(self, *, told: str, completed: float | None = None) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=completed, told=told)
