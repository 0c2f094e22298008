"""Downloads one file: only if it changed, the rest only where part of it came before."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Final

import httpx

from ingest.errors import FetchFailed, StoreFull
from ingest.fetch.answers import TryAgain
from ingest.fetch.client import Client
from ingest.fetch.disk import megabytes, room_or_refusal
from ingest.fetch.parts import Part, Version, open_part
from ingest.fetch.receipts import Receipt
from ingest.fetch.sniff import refuse_wrong_content
from ingest.fetch.store import BLOCK, FileStore, Stored, suffix_of

Progress = Callable[[int, int | None], None]
"""Told the bytes had so far, and the bytes in all where the server says."""

_PACKED_ALREADY: Final = {".zip", ".osm.pbf", ".parquet", ".xlsx", ".ods", ".gz"}
_GZIP: Final = 31
"""What zlib calls a gzip stream."""


@dataclass(frozen=True, slots=True)
class Got:
    """A file that came, and the publisher's marks of its version."""

    stored: Stored
    etag: str | None
    last_modified: str | None


def download(
    address: str,
    *,
    file_name: str,
    store: FileStore,
    client: Client,
    known: Receipt | None = None,
    progress: Progress | None = None,
) -> Got | None:
    """Download a file into the store.

    Args:
        address: where its publisher serves it.
        file_name: what it is called; the suffix says what it should be.
        store: where it is kept, and the broken-off part of it.
        client: how to ask.
        known: receipt of the same address whose file is in the store.
        progress: called with bytes had and bytes in all.

    Returns:
        The file; ``None`` where the publisher says that the known one is still the latest.

    Raises:
        FetchFailed: it could not be had, or what came is not the file.
    """
    with room_or_refusal(store.parts), open_part(store.parts, address) as part:

        def attempt() -> Got | None:
            version = _transfer(address, file_name, client, part, known, progress)
            return _finish(address, file_name, store, part, version) if version else None

        try:
            got = client.retrying(attempt, address=address, had=lambda: part.bytes)
        except (StoreFull, OSError):
            part.remove()
            raise
        part.remove()
        return got


def _transfer(
    address: str,
    file_name: str,
    client: Client,
    part: Part,
    known: Receipt | None,
    progress: Progress | None,
) -> Version | None:
    headers = part.resume_headers() or _conditions(known)
    headers["Accept-Encoding"] = "identity" if suffix_of(file_name) in _PACKED_ALREADY else "gzip"
    with client.stream(address, headers) as response:
        if response.status_code == HTTPStatus.NOT_MODIFIED and known is not None:
            return None
        version = _begin_or_continue(response, part)
        _refuse_encoding(version, address)
        with room_or_refusal(part.path.parent, max(0, (version.total or 0) - part.bytes)):
            for block in response.iter_raw():
                part.write(block)
                if progress:
                    progress(part.bytes, version.total)
    if version.total is not None and part.bytes != version.total:
        raise TryAgain(
            f"the transfer ended after {megabytes(part.bytes)} of {megabytes(version.total)}"
        )
    return version


def _conditions(known: Receipt | None) -> dict[str, str]:
    headers = {}
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _begin_or_continue(response: httpx.Response, part: Part) -> Version:
    if response.status_code == HTTPStatus.OK:
        version = Version.of(response)
        part.start(version)
        return version
    is_rest = response.status_code == HTTPStatus.PARTIAL_CONTENT and part.continues_with(response)
    if is_rest and part.version is not None:
        return part.version
    part.discard()
    raise TryAgain("the file changed between two parts of its transfer", wait_s=0)


def _refuse_encoding(version: Version, address: str) -> None:
    if version.encoding not in {"", "gzip"}:
        raise FetchFailed(
            f"{address} is sent as {version.encoding!r}, which was not asked for",
            hint="save the file with a browser and give it with --mirror.",
        )


def _finish(address: str, file_name: str, store: FileStore, part: Part, version: Version) -> Got:
    try:
        if not version.encoding:
            return _kept(part.path, address, file_name, store, version)
        with store.temporary() as (file, path):
            _unpack(part, file)
            return _kept(path, address, file_name, store, version)
    except FetchFailed:
        part.discard()
        raise


def _kept(path: Path, address: str, file_name: str, store: FileStore, version: Version) -> Got:
    refuse_wrong_content(path, file_name=file_name, came_from=address)
    return Got(store.keep(path, file_name=file_name), version.etag, version.last_modified)


def _unpack(part: Part, target: IO[bytes]) -> None:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        with part.path.open("rb") as packed:
            while block := packed.read(BLOCK):
                while block:
                    target.write(unpacker.decompress(block))
                    block = unpacker.unused_data
                    if unpacker.eof and block:
                        unpacker = zlib.decompressobj(_GZIP)
    except zlib.error as error:
        part.discard()
        raise TryAgain(f"what came cannot be unpacked: {error}") from None
    if not unpacker.eof:
        part.discard()
        raise TryAgain("what came ends before its packing does")
    target.flush()
