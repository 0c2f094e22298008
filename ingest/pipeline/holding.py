"""A build that a person went back to stays in use until a person builds again.

Whoever rolls back has a reason, which a timer at night does not know.
"""

from ingest.layout import HELD
from ingest.pipeline.builds import Builds


def hold(builds: Builds) -> None:
    """Keep the build in use from being replaced by `atlas refresh`."""
    (builds.folder / HELD).write_text(str(builds.current()), encoding="utf-8")


def release(builds: Builds) -> None:
    """Let `atlas refresh` go on as usual."""
    (builds.folder / HELD).unlink(missing_ok=True)


def is_held(builds: Builds) -> bool:
    """Say whether a person went back to the build in use."""
    try:
        return (builds.folder / HELD).read_text(encoding="utf-8") == builds.current()
    except OSError:
        return False
