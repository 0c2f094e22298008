"""The file store: publishers' files kept once, by the hash of their content.

Laid out below one folder as::

    files/ab/abcdef….csv          the bytes, read-only, named by their SHA-256
    receipts/gias/2025-05-24/….json   where they came from
    seen/….json                   size, time and hash of mirror files that were read before
    parts/                        broken-off transfers, to be resumed

A mirror file is copied, not linked: someone may edit it where it lies, and a link would change
the stored bytes under their name.
"""

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from ingest.errors import FetchFailed
from ingest.fetch.disk import room_or_refusal
from ingest.fetch.receipts import Receipt

SEALED_NS: Final = 946_684_800 * 10**9
"""Modification time given to stored files (1 January 2000): any other says they were touched."""

BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """One file in the store: where it lies, its hash (hexadecimal SHA-256) and size in bytes."""

    path: Path
    sha256: str
    bytes: int


class FileStore:
    """Publishers' files and their receipts below one folder, which is made when first needed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def parts(self) -> Path:
        """The folder of transfers that are under way or broken off; made if absent."""
        return _made(self.root / "parts")

    def path_of(self, sha256: str, file_name: str) -> Path:
        """Say where a file with this content is kept; readers that go by suffix find theirs."""
        return self.root / "files" / sha256[:2] / f"{sha256}{suffix_of(file_name)}"

    def find(self, receipt: Receipt) -> Path | None:
        """Return the stored file of a receipt, or ``None`` if it is gone or damaged.

        Cheap where nobody touched the file: size and time are looked at. Where the time is not
        the one the store gave, the content is hashed.
        """
        return self._intact(receipt.sha256, receipt.file_name, receipt.bytes)

    def verify(self, receipt: Receipt) -> bool:
        """Hash the stored file of a receipt in full and say whether it is the one received."""
        path = self.path_of(receipt.sha256, receipt.file_name)
        return path.is_file() and hash_of(path) == receipt.sha256

    def keep(self, temporary: Path, *, file_name: str, sha256: str | None = None) -> Stored:
        """Move a finished file into the store.

        Args:
            temporary: a file below `parts`; it is gone afterwards.
            file_name: its publisher's name, for the suffix.
            sha256: its hash, where the caller knows it.
        """
        sha256 = sha256 or hash_of(temporary)
        size = temporary.stat().st_size
        if path := self._intact(sha256, file_name, size):
            temporary.unlink()
            return Stored(path, sha256, size)
        path = self.path_of(sha256, file_name)
        _made(path.parent)
        _sync(temporary)
        _seal(temporary)
        temporary.replace(path)
        _sync_folder(path.parent)
        return Stored(path, sha256, size)

    def copy_in(self, original: Path, *, file_name: str) -> Stored:
        """Copy a file into the store, unless the same content is there already.

        Raises:
            FetchFailed: the file changed while it was read, or the disk is full.
        """
        before = original.stat()
        known = self._seen(original, before)
        if known and (kept := self._intact(known, file_name, before.st_size)):
            return Stored(kept, known, before.st_size)
        with self.temporary(before.st_size) as (file, path):
            sha256 = _copy_hashing(original, file)
            if _stamp(before) != _stamp(original.stat()):
                raise FetchFailed(
                    f"{original} changed while it was read",
                    hint="wait until it is written completely, then build again.",
                )
            file.flush()
            stored = self.keep(path, file_name=file_name, sha256=sha256)
        self._remember(original, before, sha256)
        return stored

    @contextlib.contextmanager
    def temporary(self, expected_bytes: int = 0) -> Iterator[tuple[IO[bytes], Path]]:
        """Open a new file below `parts` for writing; removed at the end unless it was kept.

        Raises:
            StoreFull: there is no room for the bytes expected, or for those written.
        """
        with room_or_refusal(self.parts, expected_bytes):
            handle, name = tempfile.mkstemp(dir=self.parts, prefix="new-")
            path = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    yield file, path
            finally:
                path.unlink(missing_ok=True)

    def save_receipt(self, receipt: Receipt) -> None:
        """Write a receipt, in place of an earlier one for the same file of the same release."""
        path = self._receipt_path(receipt.source_id, receipt.release, receipt.file_name)
        self._write(path, receipt.to_json())

    def receipt(self, source_id: str, release: str, file_name: str) -> Receipt | None:
        """Return the latest receipt for a file, or ``None`` if there is none that can be read."""
        return _read_receipt(self._receipt_path(source_id, release, file_name))

    def latest(self, source_id: str, address: str) -> Receipt | None:
        """Return the latest receipt of a series from this address, of whichever release."""
        paths = (self.root / "receipts" / _safe(source_id)).glob("*/*.json")
        found = [each for path in paths if (each := _read_receipt(path))]
        same = [each for each in found if each.address == address]
        return max(same, key=lambda each: each.fetched_at, default=None)

    def forget(self, receipt: Receipt) -> None:
        """Remove a receipt, and its file unless another receipt is for the same content."""
        path = self._receipt_path(receipt.source_id, receipt.release, receipt.file_name)
        path.unlink(missing_ok=True)
        if receipt.sha256 not in {other.sha256 for other in self.receipts()}:
            self.path_of(receipt.sha256, receipt.file_name).unlink(missing_ok=True)

    def receipts(self) -> tuple[Receipt, ...]:
        """Return every receipt that can be read, by series, release and file name."""
        paths = sorted((self.root / "receipts").glob("*/*/*.json"))
        return tuple(receipt for path in paths if (receipt := _read_receipt(path)))

    def _receipt_path(self, source_id: str, release: str, file_name: str) -> Path:
        folder = self.root / "receipts" / _safe(source_id) / _safe(release)
        return folder / f"{_safe(file_name)}.json"

    def _intact(self, sha256: str, file_name: str, size: int) -> Path | None:
        path = self.path_of(sha256, file_name)
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        if found.st_size != size:
            return None
        if found.st_mtime_ns != SEALED_NS:
            if hash_of(path) != sha256:
                return None
            _seal(path)
        return path

    def _seen(self, original: Path, now: os.stat_result) -> str | None:
        try:
            note = json.loads(self._seen_path(original).read_text(encoding="utf-8"))
            return str(note["sha256"]) if note["stamp"] == _stamp(now) else None
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None

    def _remember(self, original: Path, seen: os.stat_result, sha256: str) -> None:
        note = {"stamp": _stamp(seen), "sha256": sha256}
        self._write(self._seen_path(original), json.dumps(note))

    def _seen_path(self, original: Path) -> Path:
        name = hashlib.sha256(str(original.resolve()).encode("utf-8", "surrogateescape"))
        return self.root / "seen" / f"{name.hexdigest()[:32]}.json"

    def _write(self, path: Path, text: str) -> None:
        _made(path.parent)
        with self.temporary() as (file, temporary):
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's content, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def suffix_of(file_name: str) -> str:
    """Return the ending by which readers know a file, in lower case.

    >>> suffix_of("rutland-latest.osm.pbf"), suffix_of("Schools v1.2.CSV"), suffix_of("README")
    ('.osm.pbf', '.csv', '')
    """
    match = re.search(r"(\.[a-z][a-z0-9]{0,7})?\.[a-z][a-z0-9]{0,7}$", file_name.lower())
    return match[0] if match else ""


def _copy_hashing(original: Path, target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    with original.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


def _stamp(found: os.stat_result) -> list[int]:
    """Return what changes when somebody changes a file."""
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _read_receipt(path: Path) -> Receipt | None:
    try:
        return Receipt.from_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _safe(name: str) -> str:
    return quote(name, safe=" ").replace("..", "%2E%2E") or "_"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _seal(path: Path) -> None:
    path.chmod(0o444)
    os.utime(path, ns=(SEALED_NS, SEALED_NS))


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
