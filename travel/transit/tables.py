"""The text files of a timetable, from a zip or a folder, as columns of numbered texts."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from travel.errors import TimetableError
from travel.transit.issues import Issues

GTFS_HINT = (
    "a GTFS timetable holds stops.txt, routes.txt, trips.txt, stop_times.txt and a calendar."
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    Attributes:
        code: ``int32``, one per row: the position of its text.
        texts: distinct texts, without blanks around them.
    """

    code: npt.NDArray[np.int32]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return self.code.size

    def listed(self) -> list[str]:
        """Return the text of every row."""
        return [self.texts[code] for code in self.code.tolist()]


Table = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Feed:
    """The files of a timetable.

    Attributes:
        path: the zip or folder they are in.
        inside: the folder within a zip that holds them.
        names: files there.
    """

    path: Path
    inside: str
    names: frozenset[str]

    def require(self, *names: str) -> None:
        """Make sure that files are there.

        Raises:
            TimetableError: naming all that are not.
        """
        missing = [name for name in names if name not in self.names]
        if missing:
            raise TimetableError(f"{self.path} has no {', '.join(missing)}", hint=GTFS_HINT)

    def read(
        self, name: str, columns: Iterable[str], optional: Iterable[str], issues: Issues
    ) -> Table:
        """Read some columns of one file.

        A byte order mark, blanks around texts and other columns are passed over. Rows with more
        or fewer fields than the header are left out and logged. An optional column that is not
        there is blank in every row.

        Raises:
            TimetableError: a column is missing, or the file is empty or no text in UTF-8.
        """
        data = self._bytes(name)
        try:
            header = next(csv.reader([data.partition(b"\n")[0].decode("utf-8-sig")]), [])
            names = [each.strip() for each in header]
            missing = [each for each in columns if each not in names]
            if missing:
                raise TimetableError(
                    f"{name} in {self.path} has no column {', '.join(missing)}; it has "
                    f"{', '.join(names) or 'no header'}",
                    hint="fetch the timetable again, or ask its publisher.",
                )
            return _columns(name, data, names, (*columns, *optional), issues)
        except (UnicodeDecodeError, csv.Error, pa.ArrowInvalid) as error:
            raise TimetableError(
                f"{name} in {self.path} cannot be read: {error}",
                hint="GTFS files are comma-separated text in UTF-8.",
            ) from error

    def _bytes(self, name: str) -> bytes:
        if self.path.is_dir():
            return (self.path / name).read_bytes()
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.inside + name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise TimetableError(
                f"{name} in {self.path} is damaged: {error}", hint="fetch the timetable again."
            ) from error


def open_feed(path: Path) -> Feed:
    """Look what files a timetable has.

    Raises:
        TimetableError: there is nothing at the path, or it is neither a folder nor a zip.
    """
    if path.is_dir():
        return Feed(path, "", frozenset(each.name for each in path.iterdir() if each.is_file()))
    if not path.is_file():
        raise TimetableError(
            f"there is no timetable at {path}", hint="download it, or correct the path."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            members = [PurePosixPath(each) for each in archive.namelist()]
    except (zipfile.BadZipFile, OSError) as error:
        raise TimetableError(
            f"{path} ({path.stat().st_size:,} bytes) is no zip: {error}",
            hint="it may have been cut off while downloading; fetch it again.",
        ) from error
    folders = [str(each.parent) for each in members if each.name == "stops.txt"] or ["."]
    inside = min(folders, key=len)
    names = frozenset(each.name for each in members if str(each.parent) == inside)
    return Feed(path, "" if inside == "." else f"{inside}/", names)


def _columns(
    name: str, data: bytes, names: list[str], wanted: tuple[str, ...], issues: Issues
) -> Table:
    bad: list[str] = []

    def pass_over(row: pa.csv.InvalidRow) -> str:
        bad.append(row.text)
        return "skip"

    texts = pa.dictionary(pa.int32(), pa.string())
    found = [each for each in wanted if each in names]
    table = pa.csv.read_csv(
        io.BytesIO(data),
        pa.csv.ReadOptions(column_names=names, skip_rows=1),
        pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=pass_over),
        pa.csv.ConvertOptions(
            column_types=dict.fromkeys(found, texts),
            include_columns=found,
            strings_can_be_null=False,
        ),
    ).unify_dictionaries()
    issues.add(
        "row", name, (repr(each) for each in bad), "not as many fields as the header; left out"
    )
    rows = table.num_rows
    blank = Column(np.zeros(rows, np.int32), ("",))
    return {
        each: _column(table.column(each)) if each in found and rows else blank for each in wanted
    }


def _column(column: pa.ChunkedArray) -> Column:
    """Number the distinct texts without the blanks around them."""
    code = np.concatenate([chunk.indices.to_numpy() for chunk in column.chunks])
    number: dict[str, int] = {}
    clean = [
        number.setdefault(text.strip(), len(number))
        for text in column.chunk(0).dictionary.to_pylist()
    ]
    return Column(np.array(clean, np.int32)[code], tuple(number))
