"""A build that holds far less than the one in use is more likely a fault than news."""

from typing import Final

from ingest.errors import CheckFailed
from ingest.pipeline.builds import Builds, BuildUnreadable, Manifest

MOST_LOST_PCT: Final = 20.0
COUNTED: Final = ("schools", "postcodes", "postcodes_covered", "lsoa21", "transit_trips")


def refuse_shrinking(builds: Builds, new: Manifest) -> None:
    """Compare a build with the one in use, before it takes its place.

    Raises:
        CheckFailed: it has lost more than a fifth of something; it stays beside, unused.
    """
    in_use = builds.current()
    if in_use in (None, new.build_id):
        return
    try:
        old = Manifest.read(builds.folder / str(in_use))
    except BuildUnreadable:
        return
    lost = [
        f"{name}: {new.counts[name]:,.0f} instead of {old.counts[name]:,.0f}"
        for name in COUNTED
        if new.counts[name] < old.counts.get(name, 0) * (1 - MOST_LOST_PCT / 100)
    ]
    if lost:
        raise CheckFailed(
            f"build {new.build_id} holds far less than the one in use ({'; '.join(lost)})",
            hint="if that is right, take it into use with `atlas build --may-shrink`; "
            "the build in use goes on serving.",
        )
