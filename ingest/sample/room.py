"""Room on the disk for a sample, and what is said when there is none."""

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.fetch.disk import megabytes
from ingest.sample.errors import SampleError

BYTES_A_COUNTY: Final = 11_000_000
"""What the parts and the files of a county take together while they are written; measured."""

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FULL_BYTES: Final = 300_000
"""Less than this is left by a writer that ran out of room, whatever its error says."""


def refuse_without_room(folder: Path, scale: float) -> None:
    """Refuse before making more than fits.

    Raises:
        SampleError: less room than a sample of this scale takes.
    """
    if scale * BYTES_A_COUNTY > shutil.disk_usage(folder).free:
        raise _refusal(folder, scale)


@contextlib.contextmanager
def room_or_refusal(folder: Path, scale: float) -> Iterator[None]:
    """Say so plainly when the disk fills while a sample is written.

    Raises:
        SampleError: no room was left.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:  # the writers in C++ raise the second
        if not _is_for_want_of_room(error, folder):
            raise
        raise _refusal(folder, scale) from error


def _is_for_want_of_room(error: Exception, folder: Path) -> bool:
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    return shutil.disk_usage(folder).free < _FULL_BYTES


def _refusal(folder: Path, scale: float) -> SampleError:
    free = megabytes(shutil.disk_usage(folder).free)
    expected = megabytes(round(scale * BYTES_A_COUNTY))
    return SampleError(
        f"no room on the disk that holds {folder}: {free} free, "
        f"a sample of scale {scale:g} takes {expected} while it is written",
        hint="free some space, choose a folder on a larger disk, or a smaller --scale.",
    )
