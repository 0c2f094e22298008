"""A build that holds far less than the one in use is more likely a fault than news."""

from collections.abc import Collection
from typing import Final

from ingest.errors import CheckFailed
from ingest.pipeline.builds import Builds, BuildUnreadable, Manifest
from ingest.pipeline.fetching import NOT_HAD
from ingest.pipeline.loaded import loaded_by
from ingest.pipeline.made import Made
from ingest.pipeline.sizes import Change, changes, lost, warn_of

MOST_LOST_PCT: Final = 20.0
COUNTED: Final = ("schools", "postcodes", "postcodes_covered", "lsoa21", "transit_trips")


def size_changes(builds: Builds, made: Made) -> tuple[Change, ...]:
    """Compare what was read of each series with the build in use; note it in the issue log.

    A series that the region no longer names, or that a person asked to leave out, is no change;
    one that could not be had is, and the log says so already.

    Args:
        builds: the builds of the region.
        made: what the new build is put together from.

    Returns:
        The series of which much more or less was read; none where no build is in use.
    """
    old = _in_use(builds)
    if old is None:
        return ()
    before, now = loaded_by(builds.steps, old.steps), loaded_by(builds.steps, made.records)
    not_had = {issue.subject for issue in made.missing.issues if issue.rule == NOT_HAD}
    without = [each for each in before if not made.files.get(each) and each not in not_had]
    found = tuple(changes(before, now, without=without))
    warn_of([each for each in found if made.files.get(each.source_id)], made.missing)
    return found


def refuse_shrinking(builds: Builds, new: Manifest, found: Collection[Change]) -> None:
    """Compare a build with the one in use, before it takes its place.

    Args:
        builds: the builds of the region.
        new: the new build.
        found: series of which much more or less was read.

    Raises:
        CheckFailed: it has lost more than a fifth of something, or more than half of a series;
            it stays beside, unused.
    """
    old = _in_use(builds)
    if old is None or old.build_id == new.build_id:
        return
    less = [
        f"{name}: {new.counts[name]:,.0f} instead of {old.counts[name]:,.0f}"
        for name in COUNTED
        if new.counts[name] < old.counts.get(name, 0) * (1 - MOST_LOST_PCT / 100)
    ]
    if told := [*less, *lost(found)]:
        raise CheckFailed(
            f"build {new.build_id} holds far less than the one in use ({'; '.join(told)})",
            hint="if that is right, take it into use with `atlas build --may-shrink`; to go "
            "without a series, say `--without` and its name; the build in use goes on serving.",
        )


def _in_use(builds: Builds) -> Manifest | None:
    current = builds.current()
    if current is None:
        return None
    try:
        return Manifest.read(builds.folder / current)
    except BuildUnreadable:
        return None
