"""The three ways to a publisher's file, behind one function."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from config.errors import AtlasError
from ingest.errors import CheckFailed, FetchFailed, StoreFull, SuppliedFileMissing
from ingest.fetch.arcgis import fetch_features, is_feature_layer
from ingest.fetch.client import Client, web_address
from ingest.fetch.download import Got, Progress, download
from ingest.fetch.ees import (
    fetch_data_set,
    fetch_whole_data_set,
    is_data_set,
    is_data_set_query,
)
from ingest.fetch.mirror import find_in_mirror
from ingest.fetch.receipts import Clock, Receipt, iso, utc_now
from ingest.fetch.sniff import refuse_wrong_content
from ingest.fetch.store import FileStore, Stored, suffix_of

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of one release of a series, and every way to it.

    Attributes:
        source_id: the series, such as ``gias``.
        release: the release, as its source names it.
        file_name: what to call the file where the address does not say.
        addresses: where its publisher serves it, tried in order. The address of an ArcGIS layer
            (``…/FeatureServer/0``, with or without a ``where``) is paged through, and so is a data
            set of Explore Education Statistics (``…/data-sets/{id}/query?…``); a whole one
            (``…/csv``) is had once a version.
        mirror_folder: the series' folder in a mirror.
        mirror_patterns: names or glob patterns in that folder, the most wanted first; the file
            name, where none are given.
        supplied: a file of the authority's own, which wins over both.
        shield: for a supplied file that must not be kept: reads it where it lies and gives what
            is kept in its place.
    """

    source_id: str
    release: str
    file_name: str
    addresses: tuple[str, ...] = ()
    mirror_folder: str = ""
    mirror_patterns: tuple[str, ...] = ()
    supplied: Path | None = None
    shield: Callable[[Path], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file in the store, to be read and left alone, and where it came from."""

    path: Path
    receipt: Receipt


def fetch(
    wanted: Wanted,
    *,
    store: FileStore,
    mirror: Path | None = None,
    progress: Progress | None = None,
    client: Client | None = None,
    clock: Clock = utc_now,
) -> Fetched:
    """Bring a publisher's file into the store, unless the same bytes are there already.

    Where nothing changed since the last time, the earlier receipt is returned.

    Args:
        wanted: the file.
        store: where it is kept.
        mirror: a folder laid out by series; where given, nothing is downloaded.
        progress: called while downloading with bytes had and bytes in all (``None``: not said).
        client: how to download; one with the usual patience where not given.
        clock: gives the time of the receipt.

    Raises:
        SuppliedFileMissing: the authority's own file is not there.
        MirrorFileMissing: the mirror does not hold it.
        FetchFailed: no address gave it, or what came is not the file.
        CheckFailed: a file that is counted on the way in cannot be read.
    """
    if wanted.supplied is not None:
        return _supplied(wanted, wanted.supplied, store, clock)
    if mirror is not None:
        return _mirrored(wanted, mirror, store, clock)
    if client is not None:
        return _downloaded(wanted, store, client, progress, clock)
    with Client() as own:
        return _downloaded(wanted, store, own, progress, clock)


def _supplied(wanted: Wanted, path: Path, store: FileStore, clock: Clock) -> Fetched:
    if not path.is_file():
        raise SuppliedFileMissing(
            f"the file {path.absolute()}, named for {wanted.source_id}, is not there",
            hint="check its path in the region file.",
        )
    if wanted.shield is not None:
        return _shielded(wanted, path, wanted.shield, store, clock)
    try:
        return _local(wanted, path, f"supplied:{path.name}", store, clock)
    except StoreFull:
        raise
    except FetchFailed as error:
        what = str(error).partition("\n")[0]
        fault = what.partition("publisher's file: ")[2] or what
        raise SuppliedFileMissing(
            f"the file {path.absolute()}, named for {wanted.source_id}, cannot be used: {fault}",
            hint="save it again, or leave it out of the region file.",
        ) from error


def _shielded(
    wanted: Wanted, path: Path, shield: Callable[[Path], bytes], store: FileStore, clock: Clock
) -> Fetched:
    """Keep what is made of a file in its place; nothing of the file itself is written down."""
    try:
        content = shield(path)
    except AtlasError:
        raise
    except Exception as error:  # noqa: BLE001 - any other message may quote the file's rows
        raise CheckFailed(
            f"{path.absolute()} cannot be read as {wanted.source_id} ({type(error).__name__})",
            hint="compare it with the template; what stands in it is not told here.",
        ) from None
    with store.temporary(len(content)) as (file, temporary):
        file.write(content)
        file.flush()
        stored = store.keep(temporary, file_name=wanted.file_name)
    address = f"supplied:{path.name}, counted"
    return _receipted(
        wanted, stored, store, _receipt(wanted, wanted.file_name, address, stored, clock)
    )


def _mirrored(wanted: Wanted, mirror: Path, store: FileStore, clock: Clock) -> Fetched:
    patterns = wanted.mirror_patterns or (wanted.file_name,)
    path = find_in_mirror(mirror, wanted.mirror_folder, patterns)
    return _local(wanted, path, f"mirror:{path.relative_to(mirror).as_posix()}", store, clock)


def _local(wanted: Wanted, path: Path, address: str, store: FileStore, clock: Clock) -> Fetched:
    try:
        refuse_wrong_content(path, file_name=path.name, came_from=str(path.absolute()))
        stored = store.copy_in(path, file_name=path.name)
    except PermissionError as error:
        raise FetchFailed(
            f"{path.absolute()} cannot be read: {error.strerror}",
            hint="allow the user who builds the atlas to read it.",
        ) from error
    return _receipted(wanted, stored, store, _receipt(wanted, path.name, address, stored, clock))


def _downloaded(
    wanted: Wanted, store: FileStore, client: Client, progress: Progress | None, clock: Clock
) -> Fetched:
    if not wanted.addresses:
        raise FetchFailed(
            f"{wanted.file_name} ({wanted.source_id}) has no address to download it from",
            hint="give it with --mirror or name a file of your own in the region file.",
        )
    failures = []
    for address in wanted.addresses:
        try:
            return _from_address(wanted, address, store, client, progress, clock)
        except StoreFull:
            raise
        except FetchFailed as failure:
            failures.append(failure)
    if len(failures) == 1:
        raise failures[0]
    told = "\n  ".join(failure.message for failure in failures)
    raise FetchFailed(
        f"{wanted.file_name} ({wanted.source_id}) could not be had from any of "
        f"{len(failures)} addresses:\n  {told}",
        hint=failures[-1].hint,
    )


def _from_address(
    wanted: Wanted,
    address: str,
    store: FileStore,
    client: Client,
    progress: Progress | None,
    clock: Clock,
) -> Fetched:
    web_address(address)
    name = _name_in(address, wanted.file_name)
    known = _still_there(store, _earlier(wanted, name, address, store), address)
    got = _taker(address)(
        address,
        file_name=name,
        store=store,
        client=client,
        known=known.receipt if known else None,
        progress=progress,
    )
    if got is not None:
        receipt = _receipt(wanted, name, address, got.stored, clock)
        receipt = replace(receipt, etag=got.etag, last_modified=got.last_modified)
        return _receipted(wanted, got.stored, store, receipt)
    if known is not None:
        return known
    raise FetchFailed(f"{address}: the server says that nothing changed since nothing was had")


def _taker(address: str) -> Callable[..., Got | None]:
    """Return what makes one file of what an address serves."""
    if is_feature_layer(address):
        return fetch_features
    if is_data_set(address):
        return fetch_data_set if is_data_set_query(address) else fetch_whole_data_set
    return download


def _earlier(wanted: Wanted, name: str, address: str, store: FileStore) -> Receipt | None:
    """Return the receipt of the same file, had before.

    A series whose release is the day on which it is asked for is the same file on the next day,
    as long as its publisher, or its content, says so.
    """
    same = store.receipt(wanted.source_id, wanted.release, name)
    if same is None and _DAY.fullmatch(wanted.release):
        return store.latest(wanted.source_id, address)
    return same


def _still_there(store: FileStore, receipt: Receipt | None, address: str) -> Fetched | None:
    if receipt is None or receipt.address != address:
        return None
    path = store.find(receipt)
    return Fetched(path, receipt) if path else None


def _name_in(address: str, otherwise: str) -> str:
    last = unquote(urlsplit(address).path).rpartition("/")[2]
    suffix = suffix_of(otherwise)
    return last if suffix and suffix_of(last) == suffix else otherwise


def _receipt(wanted: Wanted, name: str, address: str, stored: Stored, clock: Clock) -> Receipt:
    return Receipt(
        source_id=wanted.source_id,
        release=wanted.release,
        file_name=name,
        address=address,
        fetched_at=iso(clock()),
        etag=None,
        last_modified=None,
        bytes=stored.bytes,
        sha256=stored.sha256,
    )


def _receipted(wanted: Wanted, stored: Stored, store: FileStore, new: Receipt) -> Fetched:
    old = _earlier(wanted, new.file_name, new.address, store)
    if old and replace(new, fetched_at=old.fetched_at, release=old.release) == old:
        return Fetched(stored.path, old)
    store.save_receipt(new)
    return Fetched(stored.path, new)
