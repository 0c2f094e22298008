"""Room on the disk, and what is said when there is none."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import StoreFull

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@contextlib.contextmanager
def room_or_refusal(folder: Path, expected_bytes: int = 0) -> Iterator[None]:
    """Refuse before writing more than fits, and say so plainly when the disk fills meanwhile.

    Raises:
        StoreFull: less room than the bytes expected, or none left while writing.
    """
    if expected_bytes > shutil.disk_usage(folder).free:
        raise _refusal(folder, expected_bytes)
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise _refusal(folder, expected_bytes) from error


def megabytes(size: int) -> str:
    """Write a number of bytes for people.

    >>> megabytes(1_234_567), megabytes(12)
    ('1.2 MB', '12 bytes')
    """
    return f"{size / 1e6:,.1f} MB" if size >= 10_000 else f"{size:,} bytes"  # noqa: PLR2004


def _refusal(folder: Path, expected_bytes: int) -> StoreFull:
    free = megabytes(shutil.disk_usage(folder).free)
    wanted = f"; the file needs {megabytes(expected_bytes)}" if expected_bytes else ""
    return StoreFull(
        f"no room left on the disk that holds {folder}: {free} free{wanted}",
        hint="free some space, or set ATLAS_HOME to a folder on a larger disk.",
    )
