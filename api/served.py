"""Which build is served: the one named as current, exchanged while requests run."""

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

    A new build is opened and warmed up beside the old one, which answers until then. One that
    cannot be opened is logged and the old one stays: a bad build must never take a working atlas
    down.
    """

    def __init__(
        self,
        home: Path,
        region_id: str,
        *,
        database_url: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._home = home
        self._region_id = region_id
        self._database_url = database_url
        self._clock = clock
        self._opening = threading.Lock()
        """Held by whoever opens a build: for seconds."""
        self._lock = threading.Lock()
        """Held by whoever takes or exchanges one: for a moment, also on the event loop."""
        self._lease: Lease | None = None
        self._refused: Path | None = None
        self._trouble: AtlasError | None = None
        self._checked_at = float("-inf")

    def is_due(self) -> bool:
        """Say whether it is time to look at which build is current, and nobody is at it."""
        is_busy = self.has_build and self._opening.locked()
        return not is_busy and self._is_time()

    @property
    def has_build(self) -> bool:
        """Say whether there is a build to answer from meanwhile."""
        return self._lease is not None

    def refresh(self) -> None:
        """Look at which build is current; if it is another one, open it and then serve it.

        Returns at once where another thread is at it and there is a build to answer from.
        """
        if not self._opening.acquire(blocking=not self.has_build):
            return
        try:
            if self._is_time():
                self._checked_at = self._clock()
                self._look()
        finally:
            self._opening.release()

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
        with self._opening, self._lock:
            self._retire()
            self._checked_at = float("-inf")

    def _is_time(self) -> bool:
        return self._clock() - self._checked_at >= CHECK_EVERY_S

    def _look(self) -> None:
        try:
            folder = current_build(self._home, self._region_id)
        except NoBuild as error:
            self._trouble = error
            return
        held = self._lease.build.folder if self._lease else None
        if folder not in (held, self._refused):
            self._exchange(folder)

    def _exchange(self, folder: Path) -> None:
        self._refused = folder  # unless all goes well
        try:
            build = self._opened(folder)
        except AtlasError as error:
            LOG.warning("the build %s cannot be served: %s", folder.name, error)
            self._trouble = error
            return
        except Exception:  # a mistake of ours; whoever asked may not have waited to hear of it
            LOG.exception("the build %s cannot be served", folder.name)
            raise
        with self._lock:
            self._retire()
            self._lease, self._refused = Lease(build), None
        LOG.info("serving build %s", build.build_id)

    def _opened(self, folder: Path) -> Build:
        """Open a build; warm it up first where an older one can answer meanwhile."""
        build = Build.open(folder, self._database_url)
        if self.has_build:
            try:
                build.warm_up()
            except BaseException:
                build.close()
                raise
        return build

    def _retire(self) -> None:
        old, self._lease = self._lease, None
        if old is not None:
            old.is_retired = True
            self._close_if_idle(old)

    @staticmethod
    def _close_if_idle(lease: Lease) -> None:
        if lease.is_retired and lease.holders == 0:
            lease.build.close()
