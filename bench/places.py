"""Places to measure with, read from publishers' files; kept apart from what is measured."""

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEEDS_POSTCODE_AREAS = ("ls", "bd", "wf", "hg")
NO_POSITION = 90
"""Code-Point Open's quality mark of a postcode without a position."""


def postcodes(codepo_zip: Path, areas: tuple[str, ...] = LEEDS_POSTCODE_AREAS) -> Floats:
    """Read easting and northing of every placed postcode of some postcode areas, shape (n, 2)."""
    found = []
    with zipfile.ZipFile(codepo_zip) as archive:
        for area in areas:
            with archive.open(f"Data/CSV/{area}.csv") as file:
                rows = csv.reader(io.TextIOWrapper(file, "utf-8"))
                found += [(float(r[2]), float(r[3])) for r in rows if int(r[1]) < NO_POSITION]
    return np.array(found)


def open_schools(edubase_csv: Path) -> Floats:
    """Read easting and northing of every open school, shape (n, 2)."""
    with edubase_csv.open(encoding="cp1252", newline="") as file:
        return np.array(
            [
                (float(row["Easting"]), float(row["Northing"]))
                for row in csv.DictReader(file)
                if row["EstablishmentStatus (name)"].startswith("Open") and row["Easting"]
            ]
        )
