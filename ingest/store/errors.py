"""What can go wrong with a database, in words for whoever looks after it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from config.errors import AtlasError
from ingest.errors import CheckFailed, StoreFull

NOTHING_LOST = (
    "nothing was changed, and the build in use goes on serving; `atlas build` goes on from the "
    "steps that are done."
)


class DatabaseRefused(AtlasError):
    """The database cannot be reached, or broke off, or refuses what was asked of it."""


class DatabaseTaken(AtlasError):
    """The database holds something of that name which is not this atlas's."""


class TablesMissing(AtlasError):
    """The tables of a build are not where its manifest says."""


@contextmanager
def plainly(folder: Path | None = None) -> Iterator[None]:
    """Say in the atlas's own words what a database's driver raises.

    Args:
        folder: where a file is written, for a disk that is full.

    Raises:
        CheckFailed: rows break a rule of their table.
        StoreFull: the disk is.
        DatabaseRefused: anything else that the driver or the system refused.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _plain(error.orig or error, folder) from error
    except sqlite3.Error as error:
        raise _plain(error, folder) from error
    except sa.exc.InvalidRequestError as error:  # pragma: no cover - a mistake of ours
        raise DatabaseRefused(f"the database cannot be used: {error}") from error
    except Exception as error:
        if not _is_psycopg(error):
            raise
        raise _plain(error, folder) from error


def _is_psycopg(error: BaseException) -> bool:
    return any(
        each.__module__.startswith("psycopg") and each.__name__ == "Error"
        for each in type(error).__mro__
    )


def _plain(error: BaseException, folder: Path | None) -> AtlasError:
    told = " ".join(str(error).split())
    kinds = {each.__name__ for each in type(error).__mro__}
    if "IntegrityError" in kinds:
        return CheckFailed(
            f"two rows of a table have one key, or one lacks what it needs: {told}",
            hint="two steps or files hold the same thing; nothing was changed.",
        )
    if folder is not None and ("is full" in told or _is_no_room(error)):
        return StoreFull(
            f"no room left on the disk that holds {folder}: {told}",
            hint="free some space, or set ATLAS_HOME to a folder on a larger disk.",
        )
    return DatabaseRefused(
        f"the database refused: {told}",
        hint=f"see that it runs, has room, and that ATLAS_DATABASE_URL names it; {NOTHING_LOST}",
    )


def _is_no_room(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
