"""A column that a series did not have before may change what its figures mean."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ingest.columns import LISTED, header_of
from ingest.errors import SourceChanged
from ingest.fetch import Fetched, FileStore, Receipt
from ingest.pipeline.builds import Builds, BuildUnreadable
from ingest.pipeline.manifest import Manifest
from ingest.pipeline.work import Files
from ingest.sources import SOURCES

_DIGITS = re.compile(r"[0-9]+")


def refuse_new_columns(
    builds: Builds, files: Files, store: FileStore, *, accepted: Collection[str] = ()
) -> None:
    """Compare the columns of each series' files with those that the build in use was made from.

    Only series that a build can go without are looked at. Of the files of the build in use, those
    count that are called the same but for digits; a file whose first row shares less than half of
    theirs is of another layout, which its reader knows or refuses.

    Args:
        builds: the builds of the region.
        files: what was fetched.
        store: where the files of the build in use still are.
        accepted: ids of series whose new columns somebody has looked at.

    Raises:
        SourceChanged: a file has columns that none of the earlier ones had.
    """
    before = _receipts_in_use(builds)
    for source in SOURCES:
        if source.read_rows is None or source.id in accepted:
            continue
        for file in files.get(source.id, ()):
            new, gone = _compared(file, before.get(source.id, ()), store)
            if new:
                raise _told(source.id, file, new, gone)


def _receipts_in_use(builds: Builds) -> Mapping[str, list[Receipt]]:
    current = builds.current()
    if current is None:
        return {}
    try:
        manifest = Manifest.read(builds.folder / current)
    except BuildUnreadable:
        return {}
    found: dict[str, list[Receipt]] = {}
    for each in manifest.receipts:
        told: dict[str, Any] = dict(each)
        found.setdefault(str(told["source_id"]), []).append(Receipt(**told))
    return found


def _compared(
    file: Fetched, before: Iterable[Receipt], store: FileStore
) -> tuple[list[str], list[str]]:
    """Return the columns of a CSV that no earlier file of its name had, and those all had but it.

    Both are empty where there is nothing to compare it with.
    """
    name = file.receipt.file_name
    if not name.endswith(".csv"):
        return [], []
    alike = [each for each in before if _plain(each.file_name) == _plain(name)]
    if any(each.sha256 == file.receipt.sha256 for each in alike):
        return [], []
    header = header_of(file.path)
    headers = [header_of(path) for each in alike if (path := store.find(each))]
    of_layout = [each for each in headers if 2 * len(set(each) & set(header)) >= len(header)]
    if not of_layout:
        return [], []
    known = {column for each in of_layout for column in each}
    everywhere = set.intersection(*map(set, of_layout))
    new = [column for column in header if column.strip() and column not in known]
    return new, sorted(everywhere - set(header))


def _plain(name: str) -> str:
    return _DIGITS.sub("", name)


def _told(source_id: str, file: Fetched, new: list[str], gone: list[str]) -> SourceChanged:
    lost = f", and has no longer {_listed(gone)}" if gone else ""
    return SourceChanged(
        f"{source_id}: {file.receipt.file_name} has columns that the file before had not: "
        f"{_listed(new)}{lost}",
        missing=gone,
        added=new,
        hint="look whether they change what is read; then build with "
        f"`--new-columns {source_id}`, or go without the series with `--without {source_id}`. "
        "The build in use goes on serving.",
    )


def _listed(columns: list[str]) -> str:
    return ", ".join(columns[:LISTED]) + (" …" if len(columns) > LISTED else "")
