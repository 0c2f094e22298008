"""Two builds of one region never run at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from config.errors import AtlasError

LOCK = ".building"


class BuildRunning(AtlasError):
    """Another build of the same region is running."""


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system lets go when the process ends, however it ends.

    Raises:
        BuildRunning: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout:
        raise BuildRunning(
            f"a build of this region is already running in {folder}",
            hint="wait for it; the atlas goes on serving the build in use.",
        ) from None
