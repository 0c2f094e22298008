"""The builds of a region on disk: list, take into use, roll back, prune."""

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from config.errors import AtlasError
from ingest.layout import BEFORE, CURRENT, MANIFEST
from ingest.schema import SCHEMA_ID


class BuildMissing(AtlasError):
    """A build that was asked for is not there."""


class BuildUnreadable(AtlasError):
    """A build whose own description cannot be read."""


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What one step of a build took.

    Attributes:
        step: id of the step.
        title: what it does.
        seconds: wall-clock time, when it last ran.
        peak_mb: highest resident memory meanwhile, in MB.
        rows: rows written.
        is_reused: its inputs were unchanged, and its result was taken from an earlier build.
        key: digest of everything the result depends on.
    """

    step: str
    title: str
    seconds: float
    peak_mb: float
    rows: int
    is_reused: bool
    key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is made of.

    Attributes:
        build_id: name of its folder.
        region_id: the region it is of.
        built_at: when, UTC, ISO 8601.
        seconds: wall-clock time from start to finish.
        steps: what each step took.
        receipts: the files it was made from.
        counts: rows of interest, by name.
        schema_id: digest of the tables' declarations it was made with.
    """

    build_id: str
    region_id: str
    built_at: str
    seconds: float
    steps: tuple[StepRecord, ...]
    receipts: tuple[dict[str, Any], ...]
    counts: dict[str, float]
    schema_id: str = SCHEMA_ID

    def write(self, folder: Path) -> None:
        """Write the manifest into a build's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the manifest of the build in a folder.

        Raises:
            BuildUnreadable: it is broken, or of a version of the atlas that wrote others.
        """
        try:
            told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            steps = tuple(StepRecord(**step) for step in told.pop("steps"))
            return cls(**told | {"steps": steps, "receipts": tuple(told["receipts"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BuildUnreadable(
                f"the manifest of build {folder.name} cannot be read: {error}",
                hint="build the region again.",
            ) from error


class Builds:
    """The builds of one region.

    Args:
        home: the atlas's folder.
        region_id: the region.
    """

    def __init__(self, home: Path, region_id: str) -> None:
        self.region_id = region_id
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
        """
        self._refuse_missing(build_id)
        current = self.current()
        if current not in (None, build_id):
            before = [each for each in self.before() if each not in (current, build_id)]
            self._replace(BEFORE, [*before, str(current)])
        self._replace(CURRENT, [build_id])

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
        self._replace(CURRENT, [before[-1]])
        self._replace(BEFORE, before[:-1])
        return before[-1]

    def prune(self, *, keep: int) -> list[str]:
        """Remove builds that are no longer wanted; return their ids.

        The newest ones stay, and the one in use, and the one in use before it, which a server
        may still be reading. Results of steps that no remaining build uses are removed too.
        """
        wanted = {*self.ids()[-keep:], self.current(), *self.before()[-1:]}
        gone = [build_id for build_id in self.ids() if build_id not in wanted]
        for build_id in gone:
            shutil.rmtree(self.folder / build_id)
        used = {(step.step, step.key) for manifest in self.manifests() for step in manifest.steps}
        for folder in self.steps.glob("*/*"):
            if (folder.parent.name, folder.name) not in used:
                shutil.rmtree(folder)
        return gone

    def sweep(self) -> None:
        """Remove what a build that was killed left half made; only while no other builds."""
        for folder in (*self.folder.glob(".*.part"), *self.steps.glob("*/.*.part")):
            shutil.rmtree(folder)

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

    def _replace(self, name: str, lines: list[str]) -> None:
        temporary = self.folder / f".{name}-{os.getpid()}"
        temporary.write_text("\n".join(lines), encoding="utf-8")
        temporary.replace(self.folder / name)
