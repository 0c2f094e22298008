"""A transfer under way, kept on disk so that the rest can be asked for after a break."""

import contextlib
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import httpx

if sys.platform != "win32":
    import fcntl

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a file a server is sending, and how.

    Attributes:
        etag: the server's mark of the version.
        last_modified: the server's date of the version.
        encoding: ``gzip``, or empty where the bytes are the file's own.
        total: bytes that a complete transfer has, where the server says.
    """

    etag: str | None
    last_modified: str | None
    encoding: str
    total: int | None

    @classmethod
    def of(cls, response: httpx.Response) -> "Version":
        """Read the version from the headers of an answer."""
        headers = response.headers
        encoding = headers.get("Content-Encoding", "").strip().lower()
        return cls(
            etag=headers.get("ETag"),
            last_modified=headers.get("Last-Modified"),
            encoding="" if encoding == "identity" else encoding.removeprefix("x-"),
            total=_total(headers),
        )

    @property
    def mark(self) -> str | None:
        """What to send as ``If-Range``: weak ETags promise too little."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    def agrees(self, other: "Version") -> bool:
        """Say whether nothing shows that these are two versions."""
        pairs = (
            (self.etag, other.etag),
            (self.last_modified, other.last_modified),
            (self.total, other.total),
        )
        return self.encoding == other.encoding and all(
            mine is None or theirs is None or mine == theirs for mine, theirs in pairs
        )


class Part:
    """The bytes of one transfer so far, with a note of the version they belong to."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path = path
        self._note = path.with_suffix(".json")
        self._file = file
        self.version = self._read_note()
        self.bytes = file.seek(0, 2)
        if self.version is None:
            self.discard()

    def resume_headers(self) -> dict[str, str]:
        """Return the headers that ask for the rest; empty where all must be asked for."""
        mark = self.version.mark if self.version else None
        if not self.bytes or not mark:
            return {}
        return {"Range": f"bytes={self.bytes}-", "If-Range": mark}

    def continues_with(self, response: httpx.Response) -> bool:
        """Say whether a 206 answer is the rest of the same version."""
        match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
        return (
            match is not None
            and int(match[1]) == self.bytes
            and self.version is not None
            and self.version.agrees(Version.of(response))
        )

    def start(self, version: Version) -> None:
        """Begin a transfer of this version, with no bytes."""
        self.discard()
        self.version = version
        self._note.write_text(json.dumps(asdict(version)), encoding="utf-8")

    def write(self, block: bytes) -> None:
        """Add bytes; they are on their way to the disk when this returns."""
        left = memoryview(block)
        while left:  # an unbuffered write may take only some of it
            written = self._file.write(left)
            self.bytes += written
            left = left[written:]

    def discard(self) -> None:
        """Forget the bytes and their version."""
        self._note.unlink(missing_ok=True)
        if self._file.seek(0, 2):
            self._file.truncate(0)
        self.bytes = 0
        self.version = None

    def remove(self) -> None:
        """Take the files away, if they were not moved already."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _read_note(self) -> Version | None:
        try:
            return Version(**json.loads(self._note.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None


@contextlib.contextmanager
def open_part(folder: Path, address: str) -> Iterator[Part]:
    """Open the transfer from an address: the one broken off earlier, or a new one.

    Where another process transfers from the same address, a part of our own is opened, so that
    the two cannot mix; it is not kept for later.
    """
    name = hashlib.sha256(address.encode()).hexdigest()[:32]
    with (folder / f"{name}.lock").open("wb") as lock:
        if _lock(lock):
            with (folder / f"{name}.part").open("a+b", buffering=0) as file:
                part = Part(folder / f"{name}.part", file)
                try:
                    yield part
                finally:
                    if not part.bytes:
                        part.remove()
            return
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = Path(own, f"{name}.part")
        with path.open("a+b", buffering=0) as file:
            yield Part(path, file)


def _lock(file: IO[bytes]) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _total(headers: httpx.Headers) -> int | None:
    if match := _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip()):
        return None if match[2] == "*" else int(match[2])
    length = headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None
