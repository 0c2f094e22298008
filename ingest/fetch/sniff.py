"""Tells a publisher's file from a web page, or half a file, that came under its name."""

import re
import zipfile
from pathlib import Path
from typing import Final

from ingest.errors import FetchFailed
from ingest.fetch.disk import megabytes

HEAD: Final = 4096
"""Bytes looked at."""

_PAGE = re.compile(rb"<(!doctype\s+html|html[\s>])", re.IGNORECASE)
_XML = re.compile(rb"<(\?xml|Error>)")
_TITLE = re.compile(rb"<title[^>]*>\s*(.{1,120}?)\s*</title>", re.IGNORECASE | re.DOTALL)

_MARKS: Final = {
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".xlsx": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".parquet": (b"PAR1",),
    ".gz": (b"\x1f\x8b",),
}
_TEXTS: Final = {".csv", ".json", ".geojson", ".txt"}


def refuse_wrong_content(path: Path, *, file_name: str, came_from: str) -> None:
    """Check that a file starts, and a zip ends, as its name promises.

    Args:
        path: the file.
        file_name: its publisher's name; the suffix says what it should be.
        came_from: address or folder, for the message.

    Raises:
        FetchFailed: it is empty, a web page, or another kind of file.
    """
    fault = _fault(path, Path(file_name).suffix.lower(), file_name)
    if fault:
        raise FetchFailed(
            f"{file_name} is not the publisher's file: {fault}\n  it came from {came_from}",
            hint="open it in a browser to see what it is: the file may have moved, or the site be "
            "closed for maintenance. A file saved by hand can be given with --mirror.",
        )


def _fault(path: Path, suffix: str, file_name: str) -> str | None:
    with path.open("rb") as file:
        head = file.read(HEAD)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return "it is empty"
    if suffix not in {".html", ".htm"} and _PAGE.match(start):
        return f"it is a web page{_titled(head)}"
    if suffix in _TEXTS and _XML.match(start):
        return f"it is an XML message, {start[:80].decode('utf-8', 'replace')!r}"
    if not _has_mark(head, suffix, file_name):
        return f"it starts with {head[:12]!r}, as no {suffix} file does"
    if suffix == ".zip" and not zipfile.is_zipfile(path):
        return f"the zip ends too early, after {megabytes(path.stat().st_size)}"
    return None


def _has_mark(head: bytes, suffix: str, file_name: str) -> bool:
    if file_name.lower().endswith(".osm.pbf"):
        return b"OSMHeader" in head[:64]
    return head.startswith(_MARKS.get(suffix, b""))


def _titled(head: bytes) -> str:
    title = _TITLE.search(head)
    return f" titled {title[1].decode('utf-8', 'replace')!r}" if title else ""
