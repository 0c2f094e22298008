"""What a build is made of, written beside it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from config.errors import AtlasError
from ingest.layout import MANIFEST
from ingest.schema import SCHEMA_ID
from ingest.store import TableLoad, Tables


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
        tables: what loading each table took, of the step that loads them.
    """

    step: str
    title: str
    seconds: float
    peak_mb: float
    rows: int
    is_reused: bool
    key: str
    tables: tuple[TableLoad, ...] = ()

    @classmethod
    def read(cls, told: dict[str, Any]) -> "StepRecord":
        """Return the record that was written as JSON."""
        loads = tuple(TableLoad(**each) for each in told.get("tables", ()))
        return cls(**told | {"tables": loads})


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
        database: where its tables lie.
        schema_id: digest of the tables' declarations it was made with.
    """

    build_id: str
    region_id: str
    built_at: str
    seconds: float
    steps: tuple[StepRecord, ...]
    receipts: tuple[dict[str, Any], ...]
    counts: dict[str, float]
    database: Tables
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
            read = {
                "steps": tuple(map(StepRecord.read, told["steps"])),
                "receipts": tuple(told["receipts"]),
                "database": Tables(**told["database"]),
            }
            return cls(**told | read)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BuildUnreadable(
                f"the manifest of build {folder.name} cannot be read: {error}",
                hint="build the region again.",
            ) from error
