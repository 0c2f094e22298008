"""Workbooks written row by row, so that no sheet is ever held in memory."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPENS: Final = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
_CLOSES: Final = "</sheetData></worksheet>"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY: Final = (2025, 5, 24, 0, 0, 0)
"""Of every entry, so that the same cells give the same bytes."""


def row_xml(cells: Iterable[object]) -> str:
    """Write a row of a sheet.

    >>> row_xml(["A & B", 3])
    '<row><c t="inlineStr"><is><t>A &amp; B</t></is></c><c><v>3</v></c></row>'
    """
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def write_workbook(out: Path, sheets: Mapping[str, tuple[str, Sequence[Path]]]) -> None:
    """Put a workbook together.

    Args:
        out: the file.
        sheets: by name, its first rows and files of further ones, all as ``row_xml`` writes them.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _frame(list(sheets)).items():
            archive.writestr(_entry(name), text)
        for number, (first, pieces) in enumerate(sheets.values(), start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as file:
                file.write((_OPENS + first).encode())
                for piece in pieces:
                    file.write(piece.read_bytes())
                file.write(_CLOSES.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _frame(names: Sequence[str]) -> dict[str, str]:
    """Return the parts of a workbook beside its sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    relationships = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'{relationships}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f"{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"{relationships}{links}</Relationships>",
    }
