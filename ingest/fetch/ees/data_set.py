"""Pages through a data set into one CSV file in the store."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import IO, Any, Final

from ingest.errors import FetchFailed
from ingest.fetch.client import Client
from ingest.fetch.download import Got, Progress, download
from ingest.fetch.ees.address import DataSetQuery
from ingest.fetch.ees.answers import Meta, Row
from ingest.fetch.ees.layout import Layout
from ingest.fetch.ees.service import StatisticsService
from ingest.fetch.receipts import Receipt
from ingest.fetch.store import FileStore

LISTED: Final = 30
"""Filter options that a message lists."""


def fetch_data_set(
    address: str,
    *,
    file_name: str,
    store: FileStore,
    client: Client,
    known: Receipt | None = None,
    progress: Progress | None = None,
) -> Got | None:
    """Page through a data set into one file in the store.

    Which version is meant is settled first, and every page is asked of that one, so that a
    version published meanwhile cannot mix with it.

    Args:
        address: ``…/data-sets/{id}/query``, with what is wanted after a ``?``; see `address`.
        file_name: what to call the file, ``….csv``.
        store: where it is kept.
        client: how to ask.
        known: receipt of the same address whose file is in the store.
        progress: called with rows had and rows in all.

    Returns:
        The file, with its version as ``etag``; ``None`` where the known one is of that version.

    Raises:
        FetchFailed: the service refuses, does not keep to its protocol, or changed its mind.
    """
    query = DataSetQuery.of(address)
    service = StatisticsService(client, query.root)
    version = settled_version(service, query)
    if known is not None and known.etag == version:
        return None
    meta = service.meta(query.data_set_id, version)
    indicators = _indicator_ids(query, meta)
    asked = {
        "indicators": list(indicators),
        "sorts": _every_sort(meta),
        **({"criteria": _with_ids(query.criteria, meta)} if query.criteria else {}),
    }
    rows = service.rows(query.data_set_id, version, asked, progress=progress)
    with store.temporary() as (file, path):
        if not _write(file, Layout(meta, indicators), rows):
            raise FetchFailed(
                f"{address} finds no row in version {version} of the data set",
                hint="compare its conditions with the data set's page in the catalogue.",
            )
        file.flush()
        return Got(store.keep(path, file_name=file_name), etag=version, last_modified=None)


def fetch_whole_data_set(
    address: str,
    *,
    file_name: str,
    store: FileStore,
    client: Client,
    known: Receipt | None = None,
    progress: Progress | None = None,
) -> Got | None:
    """Download a whole data set, unless the version meant is there already.

    The service marks no file, but a version never changes: it is asked for instead.

    Args:
        address: ``…/data-sets/{id}/csv``, with a ``dataSetVersion`` or none.
        file_name: what to call the file, ``….csv``.
        store: where it is kept.
        client: how to ask.
        known: receipt of the same address whose file is in the store.
        progress: called with bytes had and bytes in all.

    Returns:
        The file, with its version as ``etag``; ``None`` where the known one is of that version.

    Raises:
        FetchFailed: the service refuses, or what came is not the file.
    """
    query = DataSetQuery.of(address)
    service = StatisticsService(client, query.root)
    version = settled_version(service, query)
    if known is not None and known.etag == version:
        return None
    got = download(
        service.csv_address(query.data_set_id, version),
        file_name=file_name,
        store=store,
        client=client,
        progress=progress,
    )
    return replace(got, etag=version) if got else None


def settled_version(service: StatisticsService, query: DataSetQuery) -> str:
    """Return the one version that an address stands for now."""
    if query.is_pinned:
        return query.version
    return service.version(query.data_set_id, query.version).version


def _indicator_ids(query: DataSetQuery, meta: Meta) -> tuple[str, ...]:
    ids = [each.id for each in meta.indicators]
    named = {each.column: each.id for each in meta.indicators}
    if not query.indicators:
        return tuple(ids)
    unknown = [each for each in query.indicators if each not in ids and each not in named]
    if unknown:
        raise FetchFailed(
            f"data set {query.data_set_id} has no indicator {' or '.join(unknown)}; "
            f"it has {', '.join(named)}",
            hint="correct the address in the declaration.",
        )
    return tuple(each if each in ids else named[each] for each in query.indicators)


def _every_sort(meta: Meta) -> list[dict[str, str]]:
    """Order rows by everything that tells them apart, so that no order is left to chance."""
    fields = [
        "timePeriod",
        "geographicLevel",
        *(f"location|{group.level.code}" for group in meta.locations),
        *(f"filter|{each.id}" for each in meta.filters),
    ]
    return [{"field": field, "direction": "Asc"} for field in fields]


def _with_ids(criteria: Any, meta: Meta) -> Any:  # noqa: ANN401 - JSON
    """Put ids in the place of ``column|label`` wherever the criteria name filter options."""
    named = {
        f"{each.column}|{option.label}": option.id
        for each in meta.filters
        for option in each.options
    }

    def option(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, list):
            return [option(each) for each in value]
        if isinstance(value, str) and "|" in value and value not in named:
            some = ", ".join(sorted(named)[:LISTED])
            raise FetchFailed(
                f"the data set has no filter option {value}; it has {some}",
                hint="correct the address in the declaration.",
            )
        return named.get(value, value)

    def walk(node: Any) -> Any:  # noqa: ANN401
        if isinstance(node, list):
            return [walk(each) for each in node]
        if not isinstance(node, dict):
            return node
        return {
            name: {key: option(value) for key, value in below.items()}
            if name == "filters" and isinstance(below, dict)
            else walk(below)
            for name, below in node.items()
        }

    return walk(criteria)


def _write(file: IO[bytes], layout: Layout, rows: Iterable[Row]) -> int:
    """Write the rows; a row that comes twice means that another one never came."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(layout.columns)
    cells, keys = layout.writer(), len(layout.columns) - len(layout.indicators)
    seen: set[int] = set()
    written = 0
    for row in rows:
        line = cells(row)
        table.writerow(line)
        seen.add(hash(tuple(line[:keys])))
        written += 1
    text.detach()
    if len(seen) != written:
        raise FetchFailed(
            f"{written - len(seen):,} of {written:,} rows came twice",
            hint="the data set changed while it was read, or holds two rows of one kind.",
        )
    return written
