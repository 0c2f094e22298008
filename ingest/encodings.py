"""Tells in which encoding a text file is written."""

import io
from pathlib import Path
from typing import Final

from ingest.columns import unreadable

_SNIFFED_BYTES: Final = 1 << 20


def encoding_of(path: Path, declared: str, source: str) -> str:
    """Return the encoding to read with: the declared one, unless the bytes say otherwise.

    Raises:
        SourceChanged: the file is UTF-16, or no text.
    """
    with path.open("rb") as file:
        head = file.read(_SNIFFED_BYTES)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:1000]:
        raise unreadable(
            source,
            path.name,
            "is no CSV: it is UTF-16 (the *Unicode text* of a spreadsheet) or no text at all; save "
            "it as CSV (UTF-8) or as a workbook (.xlsx)",
        )
    if declared.startswith("utf"):
        return declared if _is_utf8(head) else "cp1252"
    if head.isascii() or not _is_utf8(head):
        return declared
    return "utf-8-sig"


def _is_utf8(head: bytes) -> bool:
    try:
        io.TextIOWrapper(io.BytesIO(head), encoding="utf-8").read()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # cut inside the last character
    return True
