"""Downloads do not pile up: those that no build was made from go after a week."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ingest.fetch import FileStore
from ingest.pipeline.builds import Builds

KEPT_DAYS: Final = 7
"""Long enough for a build that broke off to go on with what it had fetched."""


def prune_downloads(home: Path, store: FileStore, *, now: datetime) -> int:
    """Forget files that no build of any region refers to and that are a week old.

    Returns:
        How many were forgotten.
    """
    used = {
        receipt["sha256"]
        for region in (home / "builds").iterdir()
        for manifest in Builds(home, region.name).manifests()
        for receipt in manifest.receipts
    }
    old = f"{now - timedelta(days=KEPT_DAYS):%Y-%m-%dT%H:%M:%SZ}"
    gone = [
        receipt
        for receipt in store.receipts()
        if receipt.sha256 not in used and receipt.fetched_at < old
    ]
    for receipt in gone:
        store.forget(receipt)
    return len(gone)
