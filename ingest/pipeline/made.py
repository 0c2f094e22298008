"""What a build is put together from."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from config.region import Region
from ingest.issues import IssueLog
from ingest.pipeline.manifest import StepRecord
from ingest.pipeline.work import Files


@dataclass(frozen=True, slots=True)
class Made:
    """What a build is put together from.

    Attributes:
        region: what it is of.
        files: the publishers' files.
        missing: the series that it had to do without.
        folders: the results of the steps, by step id.
        records: what each step took.
        odd: what was odd while the tables were loaded.
    """

    region: Region
    files: Files
    missing: IssueLog
    folders: dict[str, Path] = field(default_factory=dict)
    records: list[StepRecord] = field(default_factory=list)
    odd: IssueLog = field(default_factory=IssueLog)

    def rows_of(self, step: str) -> int:
        """Return how many rows a step wrote."""
        return next(record.rows for record in self.records if record.step == step)

    def is_all_reused(self) -> bool:
        """Say whether every step's result was there already."""
        return all(record.is_reused for record in self.records)

    def digest(self) -> str:
        """Return a short digest of everything a reader of the build could see."""
        keys = [record.key for record in self.records]
        told = json.dumps([self.region.model_dump(mode="json"), keys], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:8]
