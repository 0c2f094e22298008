r"""How a publisher's file reaches the store: download, mirror folder, or the authority's own.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     mirror = Path(folder, "mirror")
...     (mirror / "gias").mkdir(parents=True)
...     written = (mirror / "gias" / "links.csv").write_text("URN,LinkURN\n")
...     fetched = fetch(
...         Wanted("gias", "2025-05-24", "links.csv", mirror_folder="gias"),
...         store=FileStore(Path(folder, "downloads")),
...         mirror=mirror,
...     )
>>> fetched.receipt.address, fetched.receipt.bytes
('mirror:gias/links.csv', 12)
"""

from ingest.fetch.client import Client, Patience
from ingest.fetch.download import Progress
from ingest.fetch.mirror import date_in, find_in_mirror, release_in
from ingest.fetch.receipts import Clock, Receipt, utc_now
from ingest.fetch.store import FileStore
from ingest.fetch.ways import Fetched, Wanted, fetch

__all__ = [
    "Client",
    "Clock",
    "Fetched",
    "FileStore",
    "Patience",
    "Progress",
    "Receipt",
    "Wanted",
    "date_in",
    "fetch",
    "find_in_mirror",
    "release_in",
    "utc_now",
]
