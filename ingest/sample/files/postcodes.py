"""OS Code-Point Open: a zip with a file a postcode area, without headers."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np

from ingest.sample.codes import la_code, postcode_area
from ingest.sample.files.pieces import append
from ingest.sample.files.series import Country, County, Series

HEADERS: Final = (
    "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n"
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,"
    "NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,Admin_ward_code\n"
)
ENGLAND: Final = "E92000001"
WELL_PLACED: Final = 10
ROUGHLY_PLACED: Final = 50
NOT_PLACED: Final = 90
ONE_IN_ROUGHLY: Final = 430
ONE_IN_NOT_PLACED: Final = 2_000
"""The publisher's own shares, about: 4,068 and 836 of 1,745,849."""

UNIT_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters that Royal Mail ends a postcode with: none of C, I, K, M, O and V."""

DATE: Final = (2025, 10, 20)
_PERMISSIONS: Final = 0o644 << 16


def _part(county: County, folder: Path) -> None:
    postcodes, areas = county.land.postcodes, county.land.areas
    rng = county.tile.rng("postcode quality")
    area = postcodes["area"].to_numpy()
    is_city = (areas["part"] == "city").to_numpy()[area]
    rough = rng.integers(ONE_IN_ROUGHLY, size=len(postcodes)) == 0
    above = [
        "" if city else la_code("shire", authority)
        for city, authority in zip(is_city, areas["authority"].to_numpy()[area], strict=True)
    ]
    rows = zip(
        postcodes["postcode"],
        np.where(rough, ROUGHLY_PLACED, WELL_PLACED).tolist(),
        postcodes["x"].round().astype(int),
        postcodes["y"].round().astype(int),
        above,
        areas["district_code"].to_numpy()[area],
        areas["ward_code"].to_numpy()[area],
        strict=True,
    )
    lines = [
        (pc, quality, x, y, ENGLAND, "", "", *codes) for pc, quality, x, y, *codes in sorted(rows)
    ]
    nowhere = _nowhere(postcodes["postcode"], len(postcodes) // ONE_IN_NOT_PLACED + 1)
    lines += [(pc, NOT_PLACED, 0, 0, ENGLAND, "", "", "", "", "") for pc in nowhere]
    name = f"{postcode_area(county.tile.index)[0].lower()}.csv"
    with (folder / name).open("w", encoding="ascii", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC).writerows(lines)


def _nowhere(postcodes: Iterable[str], count: int) -> list[str]:
    """Return postcodes that are not among some, one in each of the last sectors."""
    known = set(postcodes)
    sectors = sorted({postcode[:-2] for postcode in known}, reverse=True)
    units = [f"{first}{second}" for first, second in product(UNIT_LETTERS[::-1], repeat=2)]
    free = (next((s + u for u in units if s + u not in known), None) for s in sectors[:count])
    return sorted(postcode for postcode in free if postcode)


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    """Zip the files, every one with the same date, so that equal contents are equal bytes."""
    by_area: dict[str, list[Path]] = {}
    for piece in (piece for part in parts for piece in sorted(part.glob("*.csv"))):
        by_area.setdefault(piece.name, []).append(piece)
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(by_area):
            with archive.open(_entry(f"Data/CSV/{name}"), "w") as file:
                append(file, by_area[name])  # type: ignore[arg-type]
        archive.writestr(_entry("Doc/Code-Point_Open_Column_Headers.csv"), HEADERS)
        archive.writestr(_entry("Doc/metadata.txt"), _metadata(by_area))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (*DATE, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _PERMISSIONS
    return entry


def _metadata(by_area: dict[str, list[Path]]) -> str:
    counts = [
        f"{name.removesuffix('.csv').upper():>8}\t{sum(_lines(piece) for piece in pieces)}\n"
        for name, pieces in sorted(by_area.items())
    ]
    year, month, day = DATE
    return (
        "MADE-UP DATA IN THE LAYOUT OF\nORDNANCE SURVEY\nPRODUCT: OS CODE-POINT_03.02\n"
        f"DATASET VERSION NUMBER: {year}.4.0\nCOPYRIGHT DATE: {year}{month:02d}{day:02d}\n"
        f"RM UPDATE DATE: {year}{month:02d}{day - 3:02d}\n{''.join(counts)}"
    )


def _lines(piece: Path) -> int:
    with piece.open("rb") as file:
        return sum(1 for _ in file)


SERIES: Final = Series(source="code_point_open", file="os/codepo_gb.zip", part=_part, join=_join)
