"""How much a build read of each series: kept beside each step's result."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Protocol

LOADED: Final = "loaded.json"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read of one series.

    Attributes:
        rows: rows that its reader gave, after the cut to the region.
        issues: odd things written down meanwhile.
    """

    rows: int
    issues: int


class Ran(Protocol):
    """What names the result of a step: its id, and the digest of its inputs."""

    @property
    def step(self) -> str:
        """Id of the step."""

    @property
    def key(self) -> str:
        """Digest of everything the result depends on."""


def write_loaded(folder: Path, loaded: Mapping[str, Loaded]) -> None:
    """Keep what a step read, by source id, beside its result."""
    told = {source_id: asdict(each) for source_id, each in loaded.items()}
    (folder / LOADED).write_text(json.dumps(told), encoding="utf-8")


def loaded_by(steps: Path, ran: Iterable[Ran]) -> dict[str, Loaded]:
    """Return what a build read of each series, by source id.

    Args:
        steps: the folder that holds a folder per step, with one per key in it.
        ran: the steps of the build, in order; the first that read a series counts.

    Returns:
        Nothing of a step whose result is gone.
    """
    found: dict[str, Loaded] = {}
    for step in ran:
        with contextlib.suppress(OSError, ValueError, TypeError):
            told = json.loads((steps / step.step / step.key / LOADED).read_text("utf-8"))
            found = {source_id: Loaded(**each) for source_id, each in told.items()} | found
    return found
