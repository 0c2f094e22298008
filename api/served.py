"""Which build is served: the newest one named as current, exchanged while requests run."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from api.build import Build, current_build
from api.errors import BrokenBuild, NoBuild
from config.errors import AtlasError

LOG = logging.getLogger(__name__)
CHECK_EVERY_S = 1.0


class Lease:
    """A build held open while one request is answered from it."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self.holders = 0
        self.is_retired = False


class Served:
    """The build in use, and the ones before it until their last request ends.

    A new build that cannot be opened is logged and the old one stays: a bad build must never
    take a working atlas down.
    """

    def __init__(
        self, home: Path, region_id: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._home = home
        self._region_id = region_id
        self._clock = clock
        self._lock = threading.Lock()
        self._lease: Lease | None = None
        self._refused: Path | None = None
        self._trouble: AtlasError | None = None
        self._checked_at = float("-inf")

    def is_due(self) -> bool:
        """Say whether it is time to look at which build is current."""
        return self._clock() - self._checked_at >= CHECK_EVERY_S

    def refresh(self) -> None:
        """Look at which build is current and open it if it is another one."""
        with self._lock:
            if not self.is_due():
                return
            self._checked_at = self._clock()
            try:
                folder = current_build(self._home, self._region_id)
            except NoBuild as error:
                self._trouble = error
                return
            held = self._lease.build.folder if self._lease else None
            if folder not in (held, self._refused):
                self._exchange(folder)

    def take(self) -> Lease:
        """Hold the build in use; give it back when the request has ended.

        Raises:
            NoBuild: there is none.
            BrokenBuild: there is one, and it cannot be opened.
        """
        with self._lock:
            if self._lease is None:
                raise self._trouble or NoBuild(f"there is no build of {self._region_id!r} yet")
            self._lease.holders += 1
            return self._lease

    def give_back(self, lease: Lease) -> None:
        """Let go of a build; a retired one is closed with its last holder."""
        with self._lock:
            lease.holders -= 1
            self._close_if_idle(lease)

    def warm_up(self) -> None:
        """Make what the first requests would wait for, where there is a build."""
        try:
            lease = self.take()
        except (NoBuild, BrokenBuild):
            return
        try:
            lease.build.warm_up()
        except AtlasError as error:  # whoever asks for it will be told
            LOG.warning("the build %s is not whole: %s", lease.build.build_id, error)
        finally:
            self.give_back(lease)

    def close(self) -> None:
        """Retire the build in use; the next `refresh` opens one again."""
        with self._lock:
            self._retire()
            self._checked_at = float("-inf")

    def _exchange(self, folder: Path) -> None:
        try:
            build = Build.open(folder)
        except AtlasError as error:
            LOG.warning("the build %s cannot be served: %s", folder.name, error)
            self._refused, self._trouble = folder, error
            return
        self._retire()
        self._lease, self._refused = Lease(build), None
        LOG.info("serving build %s", build.build_id)

    def _retire(self) -> None:
        old, self._lease = self._lease, None
        if old is not None:
            old.is_retired = True
            self._close_if_idle(old)

    @staticmethod
    def _close_if_idle(lease: Lease) -> None:
        if lease.is_retired and lease.holders == 0:
            lease.build.close()
