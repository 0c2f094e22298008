"""What a step left on disk: known by the hash of every file, so that damage is noticed."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from ingest.fetch.store import hash_of
from ingest.pipeline.manifest import StepRecord

RECORD = "step.json"


def keep_record(folder: Path, record: StepRecord) -> None:
    """Write a step's record beside its files, with the hash of each."""
    told = {"record": asdict(record), "files": _hashes(folder)}
    (folder / RECORD).write_text(json.dumps(told), encoding="utf-8")


def read_record(folder: Path) -> StepRecord | None:
    """Return the record of a step's result, or ``None`` if there is none that is whole.

    Every file is hashed: results are read for years, and a build takes far longer to make than
    its files to read once.
    """
    try:
        told = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        record, files = StepRecord.read(told["record"]), told["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if _is_whole(folder, files) else None


def _is_whole(folder: Path, files: Mapping[str, str]) -> bool:
    return _hashes(folder) == files


def _hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hash_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / RECORD
    }
