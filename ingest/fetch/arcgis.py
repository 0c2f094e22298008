"""Pages through a layer of an ArcGIS feature service, such as those of ONS Open Geography.

The rows become one file: GeoJSON, or CSV of the columns where the file's name ends so. Rows are
asked for in the order of their object id and written with sorted keys, so that the same rows
always give the same bytes.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.errors import FetchFailed
from ingest.fetch.answers import TryAgain
from ingest.fetch.client import Client
from ingest.fetch.download import Got, Progress
from ingest.fetch.receipts import Receipt
from ingest.fetch.store import FileStore

LARGEST_PAGE: Final = 2000
"""Rows asked for at a time; fewer where the layer allows fewer."""

_LAYER: Final = re.compile(r"/(FeatureServer|MapServer)/\d+/?$", re.IGNORECASE)
_SERVER_FAULT: Final = 500
_TOO_MANY_REQUESTS: Final = 429

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a service, and which of its rows are wanted.

    Attributes:
        address: ``…/FeatureServer/0`` without a query.
        where: the rows, in the service's SQL.
        fields: the columns, comma-separated; ``*`` is all.
        name: the publisher's name of the layer.
        id_field: the column that numbers the rows.
        page: rows the service gives at a time.
        edited: when the layer was last edited, as the service says it.
    """

    address: str
    where: str
    fields: str
    name: str
    id_field: str
    page: int
    edited: str | None

    def query(self, **parameters: object) -> str:
        """Return the address of a query with these parameters."""
        return f"{self.address}/query?{urlencode({'where': self.where, **parameters})}"


def is_feature_layer(address: str) -> bool:
    """Say whether an address is a layer to be paged through.

    >>> is_feature_layer("https://services1.arcgis.com/x/LAD/FeatureServer/0?where=1=1")
    True
    >>> is_feature_layer("https://services1.arcgis.com/x/LAD/FeatureServer/0/query?f=geojson")
    False
    """
    return _LAYER.search(urlsplit(address).path) is not None


def fetch_features(
    address: str,
    *,
    file_name: str,
    store: FileStore,
    client: Client,
    known: Receipt | None = None,
    progress: Progress | None = None,
) -> Got | None:
    """Page through a layer into one file in the store.

    Args:
        address: ``…/FeatureServer/0``, and after a ``?`` the ``where`` and ``outFields`` wanted.
        file_name: what to call it: ``….geojson`` (EPSG:4326), or ``….csv`` for the columns alone.
        store: where it is kept.
        client: how to ask.
        known: receipt of the same address whose file is in the store.
        progress: called with rows had and rows in all.

    Returns:
        The file; ``None`` where the layer was not edited since the known one.

    Raises:
        FetchFailed: the service refuses, or gave another number of rows than it counts.
    """
    layer = _layer(client, address)
    if known is not None and layer.edited and known.etag == layer.edited:
        return None
    count = _count(client, layer)
    with store.temporary() as (file, path):
        rows = _rows(client, layer, count, progress)
        written = _write_csv(file, rows) if file_name.endswith(".csv") else _write(file, rows)
        file.flush()
        if written != count:
            raise FetchFailed(
                f"{layer.address} ({layer.name}) counts {count:,} rows and gave {written:,}",
                hint="the layer was probably edited meanwhile; build again.",
            )
        stored = store.keep(path, file_name=file_name)
    return Got(stored, etag=layer.edited, last_modified=None)


def last_edited(client: Client, address: str) -> str | None:
    """Return when a layer was last edited, as the service says it; asks one question.

    Raises:
        FetchFailed: the service refuses.
    """
    return _layer(client, address).edited


def _layer(client: Client, address: str) -> Layer:
    parts = urlsplit(address)
    wanted = dict(parse_qsl(parts.query))
    bare = urlunsplit(parts._replace(query="", fragment="")).rstrip("/")
    said = _ask(client, f"{bare}?f=json")
    edited = (said.get("editingInfo") or {}).get("lastEditDate")
    return Layer(
        address=bare,
        where=wanted.get("where", "1=1"),
        fields=wanted.get("outFields", "*"),
        name=str(said.get("name", "no name")),
        id_field=str(said.get("objectIdField") or _id_field(said) or "FID"),
        page=min(LARGEST_PAGE, int(said.get("maxRecordCount") or LARGEST_PAGE)),
        edited=None if edited is None else str(edited),
    )


def _id_field(said: Row) -> str | None:
    fields = said.get("fields") or []
    return next((field["name"] for field in fields if field["type"] == "esriFieldTypeOID"), None)


def _count(client: Client, layer: Layer) -> int:
    address = layer.query(returnCountOnly="true", f="json")
    said = _ask(client, address)
    if not isinstance(said.get("count"), int):
        raise FetchFailed(f"{address} gave no count of rows; it said {str(said)[:120]}")
    return int(said["count"])


def _rows(client: Client, layer: Layer, count: int, progress: Progress | None) -> Iterator[Row]:
    had = 0
    while had < count:
        address = layer.query(
            outFields=layer.fields,
            outSR=4326,
            f="geojson",
            orderByFields=layer.id_field,
            resultOffset=had,
            resultRecordCount=layer.page,
        )
        said = _ask(client, address)
        rows = said.get("features")
        if not isinstance(rows, list):
            raise FetchFailed(f"{address} gave no features; it said {str(said)[:120]}")
        yield from rows
        had += len(rows)
        if progress:
            progress(had, count)
        if not rows or not (_has_more(said) or len(rows) == layer.page):
            return


def _has_more(said: Row) -> bool:
    properties = said.get("properties") or {}
    return bool(said.get("exceededTransferLimit") or properties.get("exceededTransferLimit"))


def _ask(client: Client, address: str) -> Row:
    """Ask for JSON; the service reports its errors inside an answer of 200."""

    def attempt() -> Row:
        said = client.get_json(address)
        if not isinstance(said, dict):
            raise FetchFailed(f"{address} is no feature layer; it said {str(said)[:120]}")
        if error := said.get("error"):
            _refuse(address, error)
        return said

    return client.retrying(attempt, address=address)


def _refuse(address: str, error: Row) -> None:
    code, message = error.get("code"), error.get("message") or "no reason"
    details = "; ".join(str(detail) for detail in error.get("details") or [])
    reason = f"the service answered {code}, {message}" + (f": {details}" if details else "")
    if isinstance(code, int) and (code >= _SERVER_FAULT or code == _TOO_MANY_REQUESTS):
        raise TryAgain(reason)
    raise FetchFailed(
        f"{address} could not be read: {reason}",
        hint="look for the layer on its publisher's portal: it may have been renamed.",
    )


def _write(file: IO[bytes], rows: Iterator[Row]) -> int:
    file.write(b'{"type":"FeatureCollection","features":[')
    written = 0
    for row in rows:
        file.write(b",\n" if written else b"\n")
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        file.write(text.encode("utf-8"))
        written += 1
    file.write(b"\n]}\n")
    return written


def _write_csv(file: IO[bytes], rows: Iterator[Row]) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    written = 0
    write: Callable[[Row], object] | None = None
    for row in rows:
        columns = row.get("properties") or {}
        if write is None:
            table = csv.DictWriter(text, list(columns), lineterminator="\n")
            table.writeheader()
            write = table.writerow
        write(columns)
        written += 1
    text.detach()
    return written
