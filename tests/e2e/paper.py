"""The words on printed pages, read from Chromium's own kind of PDF."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
ONE = re.compile(rb"^<(\w+)> <(\w+)>$", re.MULTILINE)
RUN = re.compile(rb"^<(\w+)> <(\w+)> <(\w+)>$", re.MULTILINE)
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>|(Tm|ET)\b")


def words_on_paper(path: Path) -> str:
    """Return all text of a PDF, its lines and words parted by single spaces."""
    objects = {int(number): body for number, body in OBJECT.findall(path.read_bytes())}
    fonts = {
        name: _letters(objects, int(number))
        for body in objects.values()
        for name, number in FONT.findall(body.partition(b"stream")[0])
    }
    pages = (_stream(body) for body in objects.values() if b"/Subtype /Image" not in body[:200])
    words = (part for page in pages if b"BT\n" in page for part in _shown(page, fonts))
    return " ".join("".join(words).split())


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Return what each glyph of a font stands for."""
    found = UNICODE.search(objects[font])
    table = _stream(objects[int(found[1])]) if found else b""
    letters = {int(glyph, 16): _text(text) for glyph, text in ONE.findall(table)}
    for first, last, text in RUN.findall(table):
        start = ord(_text(text))
        for glyph in range(int(first, 16), int(last, 16) + 1):
            letters[glyph] = chr(start + glyph - int(first, 16))
    return letters


def _text(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be")


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    if found is None:
        return b""
    return zlib.decompress(found[1]) if b"/FlateDecode" in body else found[1]


def _shown(page: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[str]:
    letters: dict[int, str] = {}
    for font, glyphs, moved in SHOWN.findall(page):
        if font:
            letters = fonts.get(font, {})
        elif moved:
            yield " "
        else:
            codes = (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))
            yield "".join(letters.get(code, "?") for code in codes)
