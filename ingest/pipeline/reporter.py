"""How a build tells the person who waits for it how far it is."""

from typing import Protocol


class Reporter(Protocol):
    """Told of every step; a terminal draws bars, a log file gets a line."""

    def started(self, title: str) -> None:
        """A step began."""

    def progressed(self, share: float, doing: str) -> None:
        """The step that runs is this far (0 to 1)."""

    def finished(self, *, seconds: float, peak_mb: float, rows: int, is_reused: bool) -> None:
        """The step that ran is done."""

    def failed(self) -> None:
        """The step that ran stopped with an error."""


class Silent:
    """Tells nobody."""

    def started(self, title: str) -> None:
        """Say nothing."""

    def progressed(self, share: float, doing: str) -> None:
        """Say nothing."""

    def finished(self, *, seconds: float, peak_mb: float, rows: int, is_reused: bool) -> None:
        """Say nothing."""

    def failed(self) -> None:
        """Say nothing."""
