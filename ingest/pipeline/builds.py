"""The builds of a region on disk: list, take into use, roll back, prune."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from config.errors import AtlasError

MANIFEST = "manifest.json"
CURRENT = "current"


class BuildMissing(AtlasError):
    """A build that was asked for is not there."""


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
    """

    build_id: str
    region_id: str
    built_at: str
    seconds: float
    steps: tuple[StepRecord, ...]
    receipts: tuple[dict[str, Any], ...]
    counts: dict[str, float]

    def write(self, folder: Path) -> None:
        """Write the manifest into a build's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the manifest of the build in a folder."""
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        steps = tuple(StepRecord(**step) for step in told.pop("steps"))
        return cls(**told | {"steps": steps, "receipts": tuple(told["receipts"])})


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
        return sorted(path.parent.name for path in self.folder.glob(f"*/{MANIFEST}"))

    def manifests(self) -> list[Manifest]:
        """Read the manifest of every finished build, the oldest first."""
        return [Manifest.read(self.folder / build_id) for build_id in self.ids()]

    def current(self) -> str | None:
        """Name the build in use, or ``None``."""
        try:
            return (self.folder / CURRENT).read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def use(self, build_id: str) -> None:
        """Take a build into use, in one atomic step.

        Raises:
            BuildMissing: there is no such build.
        """
        if build_id not in self.ids():
            raise BuildMissing(
                f"region {self.region_id} has no build {build_id!r}",
                hint=f"it has {', '.join(self.ids()) or 'none; run `atlas build` first'}.",
            )
        temporary = self.folder / f".{CURRENT}-{os.getpid()}"
        temporary.write_text(build_id, encoding="ascii")
        temporary.replace(self.folder / CURRENT)

    def rollback(self) -> str:
        """Take the build before the one in use into use; return its id.

        Raises:
            BuildMissing: there is none before it.
        """
        earlier = [build_id for build_id in self.ids() if build_id < (self.current() or "")]
        if not earlier:
            raise BuildMissing(
                f"region {self.region_id} has no build before {self.current()}",
                hint="`atlas builds` lists what there is.",
            )
        self.use(earlier[-1])
        return earlier[-1]

    def prune(self, *, keep: int) -> list[str]:
        """Remove all but the newest builds and the one in use; return the ids removed.

        Results of steps that no remaining build uses are removed with them.
        """
        ids = self.ids()
        gone = [build_id for build_id in ids[:-keep] if build_id != self.current()]
        for build_id in gone:
            shutil.rmtree(self.folder / build_id)
        used = {(step.step, step.key) for manifest in self.manifests() for step in manifest.steps}
        for folder in self.steps.glob("*/*"):
            if (folder.parent.name, folder.name) not in used:
                shutil.rmtree(folder)
        return gone
