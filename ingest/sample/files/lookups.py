"""Which small area lies in which ward and district, and which district in which authority."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.sample.codes import la_code
from ingest.sample.files.outlines import district_names
from ingest.sample.files.pieces import ROWS, join_rows, write_rows
from ingest.sample.files.series import Country, County, Series

AREA_HEADER: Final = "lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code\n"
DISTRICT_HEADER: Final = "ltla23_code,ltla23_name,utla23_code,utla23_name\n"


def _area_part(county: County, folder: Path) -> None:
    areas = county.land.areas
    columns = ("name", "area_code", "ward_name", "ward_code", "district_name", "district_code")
    rows = areas.assign(district_name=district_names(county))[list(columns)]
    write_rows(folder / ROWS, rows.itertuples(index=False))


def _join_areas(parts: Sequence[Path], out: Path, _: Country) -> None:
    join_rows(parts, out, AREA_HEADER)


def _district_part(county: County, folder: Path) -> None:
    areas = county.land.areas.assign(district_name=district_names(county))
    rows = []
    for code, area in areas.groupby("district_code", sort=True).first().iterrows():
        authority = int(area["authority"])
        above = la_code("city" if area["part"] == "city" else "shire", authority)
        rows.append((code, area["district_name"], above, county.names_of(authority).name))
    write_rows(folder / ROWS, rows)


def _join_districts(parts: Sequence[Path], out: Path, _: Country) -> None:
    """Put the look-up together; a district that lies in two counties stands there once."""
    rows = {row[0]: row for part in parts for row in _read(part / ROWS)}
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows[code] for code in sorted(rows))
    out.write_bytes((DISTRICT_HEADER + text.getvalue()).encode())


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


AREAS: Final = Series(
    source="lsoa21_lookup",
    file="ons/lookup_lsoa21_ward24_ltla24.csv",
    part=_area_part,
    join=_join_areas,
)
DISTRICTS: Final = Series(
    source="district_lookup",
    file="ons/lookup_ltla23_utla23.csv",
    part=_district_part,
    join=_join_districts,
)
