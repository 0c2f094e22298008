"""Builds in processes of their own that are killed at a moment named beforehand.

The kill is the system's own (SIGKILL): nothing is tidied up, no connection is closed politely.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ingest.pipeline import assembling, build, builds, cache
from ingest.pipeline.build import BuildOptions, build_region
from ingest.pipeline.reporter import Silent

BEFORE_MANIFEST: Final = "the tables are loaded, the build has no manifest"
BEFORE_NAMED: Final = "the build has a manifest, and not yet its name"
BEFORE_USE: Final = "the build is whole, and not in use"
BETWEEN: Final = "the database shows the build, the server's mark does not"
BEFORE_PRUNING: Final = "the build is in use, and old ones are there"
IN_PRUNING: Final = "an old build's folder is gone, its tables are there"


@dataclass(frozen=True)
class Moment:
    """When a build dies: as a step begins, as it ends unrecorded, in a table, or as named."""

    step: str = ""
    is_end: bool = False
    table: str = ""
    named: str = ""


class _Dying(Silent):
    def __init__(self, moment: Moment) -> None:
        self.moment, self.title = moment, ""

    def started(self, title: str) -> None:
        self.title = title
        if title == self.moment.step and not self.moment.is_end:
            _die()

    def progressed(self, share: float, doing: str) -> None:  # noqa: ARG002 - a Reporter is told so
        if self.moment.table and doing == self.moment.table:
            _die()


def killed(moment: Moment, **place: Any) -> int:
    """Build in another process until it is killed; return its exit code, negative a signal."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.dying"])
    process = context.Process(target=_build, args=(moment,), kwargs=place)
    process.start()
    process.join(120)
    assert process.exitcode is not None
    return process.exitcode


def _build(moment: Moment, *, region: Any, home: Any, mirror: Any, database_url: str) -> None:
    reporter = _Dying(moment)
    _lay_traps(moment, reporter)
    options = BuildOptions(database_url=database_url)
    build_region(region, home=home, mirror=mirror, reporter=reporter, options=options)


def _lay_traps(moment: Moment, reporter: _Dying) -> None:
    def unrecorded(*_: Any) -> None:
        if reporter.title == moment.step:
            _die()

    if moment.is_end:
        cache.keep_record = _after(unrecorded, cache.keep_record)
    traps: dict[str, Callable[[], None]] = {
        BEFORE_MANIFEST: lambda: _trap(assembling.Manifest, "write"),
        BEFORE_NAMED: lambda: _trap(assembling.Manifest, "write", after=True),
        BEFORE_USE: lambda: _trap(builds.Builds, "use"),
        BETWEEN: lambda: _trap(builds.Builds, "_show", after=True, times=2),
        BEFORE_PRUNING: lambda: _trap(build, "prune_downloads") or _trap(builds.Builds, "prune"),
        IN_PRUNING: lambda: _trap(builds.Builds, "_sweep_store", times=2),
    }
    if moment.named:
        traps[moment.named]()


def _trap(owner: Any, name: str, *, after: bool = False, times: int = 1) -> None:
    """Kill the process when a function is called for the so manieth time."""
    inner, left = getattr(owner, name), [times]

    def trapped(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            _die()
        answer = inner(*given, **named)
        if left[0] == 0:
            _die()
        return answer

    setattr(owner, name, trapped)


def _after(then: Callable[..., None], function: Callable[..., Any]) -> Callable[..., Any]:
    def trapped(*given: Any) -> Any:
        then(*given)
        return function(*given)

    return trapped


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
