"""The builds of a region on disk: list, take into use, roll back, prune."""

import contextlib
import os
import secrets
import shutil
from itertools import chain
from pathlib import Path
from typing import Final

from config.errors import AtlasError
from ingest.layout import BEFORE, CURRENT, MANIFEST, OWNER
from ingest.pipeline.manifest import BuildUnreadable, Manifest, StepRecord
from ingest.store import Store, TablesMissing, store_of

__all__ = ["BuildMissing", "BuildUnreadable", "Builds", "Manifest", "StepRecord"]

KEPT_BUILDS: Final = 3
RULE: Final = (
    f"Kept are the newest {KEPT_BUILDS} builds, the one in use and the one in use before it; "
    "older ones go when a new one is taken into use."
)


class BuildMissing(AtlasError):
    """A build that was asked for is not there."""


class Builds:
    """The builds of one region.

    Args:
        home: the atlas's folder.
        region_id: the region.
        store: where the builds' tables are put; needed by whoever changes what is in use.
    """

    def __init__(self, home: Path, region_id: str, store: Store | None = None) -> None:
        self.home = home
        self.region_id = region_id
        self.store = store or store_of("")
        self.folder = home / "builds" / region_id
        self.steps = home / "steps" / region_id

    def ids(self) -> list[str]:
        """Name the finished builds, the oldest first."""
        if not self.folder.is_dir():
            return []
        folders = (path.parent for path in self.folder.glob(f"*/{MANIFEST}"))
        return sorted(folder.name for folder in folders if not folder.name.startswith("."))

    def manifests(self) -> list[Manifest]:
        """Read the manifest of every finished build that can be read, the oldest first."""
        found = []
        for build_id in self.ids():
            with contextlib.suppress(BuildUnreadable):
                found.append(Manifest.read(self.folder / build_id))
        return found

    def current(self) -> str | None:
        """Name the build in use, or ``None``."""
        lines = self._lines(CURRENT)
        return lines[0] if lines else None

    def before(self) -> list[str]:
        """Name the builds that were in use before and are still there, the last one last."""
        held = set(self.ids())
        return [build_id for build_id in self._lines(BEFORE) if build_id in held]

    def use(self, build_id: str) -> None:
        """Take a build into use, in one atomic step.

        Raises:
            BuildMissing: there is no such build.
            AtlasError: its tables cannot be shown; the build in use stays.
        """
        self._refuse_missing(build_id)
        before, current = self.before(), self.current()
        if current not in (None, build_id):
            before = [each for each in before if each not in (current, build_id)]
            before.append(str(current))
        self._exchange(build_id, before)

    def show(self) -> None:
        """Let readers of a shared database see the build in use, whatever broke off before."""
        current = self.current()
        if current in self.ids():
            with contextlib.suppress(TablesMissing, BuildUnreadable):
                self._show(str(current))

    def rollback(self) -> str:
        """Take the build that was in use before into use; return its id.

        Raises:
            BuildMissing: there is none.
        """
        before = self.before()
        if not before:
            raise BuildMissing(
                f"no build of {self.region_id} was in use before {self.current()}",
                hint="`atlas builds` lists what there is; `atlas rollback --to` goes to any.",
            )
        self._exchange(before[-1], before[:-1])
        return before[-1]

    def prune(self, *, keep: int) -> list[str]:
        """Remove builds that are no longer wanted; return their ids.

        The newest ones stay, and the one in use, and the one in use before it, which a server
        may still be reading. Results of steps that no remaining build uses are removed too.
        """
        wanted = {*self.ids()[-keep:], self.current(), *self.before()[-1:]}
        gone = [build_id for build_id in self.ids() if build_id not in wanted]
        for build_id in gone:
            going = self.folder / f".{build_id}.gone"
            (self.folder / build_id).rename(going)
            shutil.rmtree(going)
        self._sweep_store()
        used = {(step.step, step.key) for manifest in self.manifests() for step in manifest.steps}
        for folder in self.steps.glob("*/*"):
            if (folder.parent.name, folder.name) not in used:
                shutil.rmtree(folder)
        return gone

    def sweep(self) -> None:
        """Remove what a build that was killed left half made; only while no other builds."""
        halves = (self.folder.glob(".*.part"), self.folder.glob(".*.gone"))
        for folder in (*chain(*halves), *self.steps.glob("*/.*.part")):
            shutil.rmtree(folder)
        self._sweep_store()

    def owner(self) -> str:
        """Return the mark of this atlas in a shared database; made when first asked for."""
        lines = self._lines(OWNER)
        if not lines:
            lines = [secrets.token_hex(16)]
            self._write(OWNER, lines).replace(self.folder / OWNER)
        return lines[0]

    def _refuse_missing(self, build_id: str) -> None:
        if build_id not in self.ids():
            raise BuildMissing(
                f"region {self.region_id} has no build {build_id!r}",
                hint=f"it has {', '.join(self.ids()) or 'none; run `atlas build` first'}.",
            )

    def _lines(self, name: str) -> list[str]:
        try:
            return (self.folder / name).read_text(encoding="utf-8", errors="replace").split()
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _sweep_store(self) -> None:
        """Drop the tables of builds whose folders are gone."""
        kept = frozenset(self.ids())
        self.store.sweep(region_id=self.region_id, owner=self.owner(), kept=kept)

    def _exchange(self, build_id: str, before: list[str]) -> None:
        """Take a build into use; all that may fail is done before ``current`` is replaced."""
        named, earlier = self._write(CURRENT, [build_id]), self._write(BEFORE, before)
        try:
            self._show(build_id)
            earlier.replace(self.folder / BEFORE)
            named.replace(self.folder / CURRENT)
        finally:
            named.unlink(missing_ok=True)
            earlier.unlink(missing_ok=True)

    def _show(self, build_id: str) -> None:
        tables = Manifest.read(self.folder / build_id).database
        self.store.use(tables, region_id=self.region_id, build_id=build_id, owner=self.owner())

    def _write(self, name: str, lines: list[str]) -> Path:
        temporary = self.folder / f".{name}-{os.getpid()}"
        temporary.write_text("\n".join(lines), encoding="utf-8")
        return temporary
