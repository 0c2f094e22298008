"""Publishers' files of a tiny made-up place, in the publishers' own formats.

Four small areas of a kilometre each, two by two, make one ward and one authority (which borrows
Rutland's codes, since the register has no made-up ones). Streets run every 250 metres. North is
up: small area 1 is south west, 2 south east, 3 north west, 4 north east.
"""

import csv
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import osmium
import pandas as pd
import shapely
from pyproj import Transformer

from tests.unit.travel.transit.feeds import Row, bus, feed_files, write_feed

X0, Y0 = 480_000, 300_000
AREA_M = 1000
BLOCK_M = 250
LSOAS = ("E01099001", "E01099002", "E01099003", "E01099004")
WARD = "E05099001"
DISTRICT = "E06000017"
TO_DEGREES = Transformer.from_crs(27700, 4326, always_xy=True)

REGION = f"""\
id = "tiny"
title = "Tiny"
la_codes = ["{DISTRICT}"]
border_km = 1
[streets]
extracts = ["tiny"]
[timetable]
feeds = ["east_midlands"]
"""

TIMETABLE = "itm_east_midlands_gtfs.zip"
STOPS = {"west": (125, 250), "middle": (1000, 250), "east": (1875, 250), "far": (90_000, 250)}
"""Metres east and north of X0, Y0."""

TRIPS = {
    "early": bus(("west", "08:00"), ("middle", "08:03"), ("east", "08:06"), ("far", "09:00")),
    "late": bus(("west", "08:30"), ("middle", "08:33"), ("east", "08:36")),
    "abroad": bus(("far", "10:00"), ("east", "10:30")),
    "backwards": bus(("east", "08:10"), ("middle", "08:05")),
}
"""On weekdays of January 2026; two of the four can be used here."""

SCHOOLS = tuple(
    line.split(",")
    for line in """\
900001,857,St Anne's CofE Primary School,Community school,Open,Primary,210,180,250,250
900002,857,Northgate Primary,Academy converter,Open,Primary,420,430,1250,1750
900003,857,Tiny College,Academy converter,Open,Secondary,900,850,1000,1000
900004,857,Old Primary,Community school,Closed,Primary,100,,500,500
900005,857,Tiny Special,Community special school,Open,Not applicable,,40,1500,500
900006,925,Over the Border Primary,Community school,Open,Primary,210,200,2400,1000
900007,925,Far Away Primary,Community school,Open,Primary,210,200,90000,1000
""".splitlines()
)
"""URN, authority, name, type, status, phase, capacity, pupils, metres east and north of X0, Y0."""


def write_region(folder: Path) -> Path:
    """Write the region file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tiny.toml"
    path.write_text(REGION, encoding="utf-8")
    return path


def write_mirror(mirror: Path) -> Path:
    """Write every file into a mirror folder, and return it."""
    for series in ("gias", "os", "ons", "mhclg", "osm", "gtfs"):
        (mirror / series).mkdir(parents=True, exist_ok=True)
    write_register(mirror / "gias")
    write_postcodes(mirror / "os" / "codepo_gb.zip")
    _write_outlines(mirror / "ons")
    _write_values(mirror)
    write_streets(mirror / "osm" / "tiny-latest.osm.pbf")
    write_timetable(mirror / "gtfs" / TIMETABLE)
    return mirror


def write_timetable(path: Path, files: Mapping[str, Sequence[Row]] | None = None) -> Path:
    """Write a bus line from west to east along the second row of streets, or other files."""
    stops = {name: (X0 + east, Y0 + north) for name, (east, north) in STOPS.items()}
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w") as archive:
        for each in sorted(write_feed(Path(folder), files or feed_files(stops, TRIPS)).iterdir()):
            archive.write(each, each.name)
    return path


def write_register(folder: Path, *, encoding: str = "cp1252") -> Path:
    """Write the register and its links."""
    header = [
        "URN",
        "LA (code)",
        "LA (name)",
        "EstablishmentNumber",
        "EstablishmentName",
        "TypeOfEstablishment (name)",
        "EstablishmentTypeGroup (name)",
        "EstablishmentStatus (name)",
        "OpenDate",
        "CloseDate",
        "PhaseOfEducation (name)",
        "StatutoryLowAge",
        "StatutoryHighAge",
        "NurseryProvision (name)",
        "OfficialSixthForm (name)",
        "Gender (name)",
        "ReligiousCharacter (name)",
        "AdmissionsPolicy (name)",
        "SchoolCapacity",
        "CensusDate",
        "NumberOfPupils",
        "PercentageFSM",
        "Trusts (name)",
        "Federations (name)",
        "Street",
        "Locality",
        "Town",
        "Postcode",
        "SchoolWebsite",
        "TelephoneNum",
        "HeadFirstName",
        "HeadLastName",
        "Easting",
        "Northing",
    ]
    rows = [_register_row(header, *school) for school in SCHOOLS]
    path = folder / "edubasealldata20250524.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    links = folder / "links_edubasealldata20250422.csv"
    links.write_text(
        '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\r\n'
        '900002,900004,"Old Primary","Predecessor","01-09-2020"\r\n'
        '900004,900002,"Northgate Primary","Successor","31-08-2020"\r\n',
        encoding="cp1252",
    )
    return path


def _register_row(header: list[str], *school: str) -> list[object]:
    urn, authority, name, kind, status, phase, capacity, pupils, east, north = school
    values = dict.fromkeys(header, "") | {
        "URN": urn,
        "LA (code)": authority,
        "LA (name)": "Rutland" if authority == "857" else "Lincolnshire",
        "EstablishmentNumber": int(urn) - 897_000,
        "EstablishmentName": name,
        "TypeOfEstablishment (name)": kind,
        "EstablishmentStatus (name)": status,
        "PhaseOfEducation (name)": phase,
        "OpenDate": "01-09-2001",
        "CensusDate": "16-01-2025",
        "StatutoryLowAge": 4,
        "StatutoryHighAge": 11,
        "SchoolCapacity": capacity,
        "NumberOfPupils": pupils,
        "PercentageFSM": "12.5",
        "Town": "Tinytown",
        "Postcode": "TT1 1AA",
        "SchoolWebsite": "www.school.example",
        "TelephoneNum": "01234567890",
        "HeadFirstName": "Firstname",
        "HeadLastName": "Lastname",
        "Easting": X0 + int(east),
        "Northing": Y0 + int(north),
    }
    return [values[column] for column in header]


def write_postcodes(path: Path, *, east_m: int = 0, district: str = DISTRICT) -> Path:
    """Write 64 postcodes in the authority, one a block, and one over its border.

    Each lies 100 metres east of a street that runs north and 110 metres north of one that runs
    east, so that its nearest street is never in doubt.
    """
    rows = [
        f'"TT1 {1 + north // 2}{"ABDEFGHJ"[east]}{"ABDEFGHJ"[north]}",10,'
        f'{X0 + east_m + 100 + BLOCK_M * east},{Y0 + 110 + BLOCK_M * north},'
        f'"E92000001","","","","{district}","{WARD}"'
        for north in range(8)
        for east in range(8)
    ]  # fmt: skip
    rows.append(
        f'"TT2 1AA",10,{X0 + 2500},{Y0 + 1000},"E92000001","","","E10000019","E07000141",""'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/CSV/tt.csv", "\r\n".join(rows) + "\r\n")
        archive.writestr(
            "Doc/Code-Point_Open_Column_Headers.csv",
            "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\n"
            "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,"
            "NHS_regional_HA_code,NHS_HA_code,Admin_county_code,Admin_district_code,"
            "Admin_ward_code\r\n",
        )
        archive.writestr("Doc/metadata.txt", "COPYRIGHT DATE: 20251020\r\n")
    return path


def _write_outlines(folder: Path) -> None:
    lsoas = gpd.GeoDataFrame(
        {
            "LSOA21CD": LSOAS,
            "LSOA21NM": [f"Tiny 00{n}A" for n in range(1, 5)],
            "geometry": [
                _square(east, north, AREA_M) for north in (0, AREA_M) for east in (0, AREA_M)
            ],
        },
        crs=27700,
    ).to_crs(4326)
    lsoas.to_parquet(folder / "lsoa21_bgc_tiny.parquet")
    whole = gpd.GeoSeries([_square(0, 0, 2 * AREA_M)], crs=27700).to_crs(4326)
    gpd.GeoDataFrame(
        {"WD25CD": [WARD], "WD25NM": ["Tiny Ward"], "LAD25CD": [DISTRICT]}, geometry=whole
    ).to_parquet(folder / "ward25_tiny.parquet")
    east = gpd.GeoSeries([_square(2 * AREA_M, 0, 2 * AREA_M)], crs=27700).to_crs(4326)
    gpd.GeoDataFrame(
        {
            "ltla24_code": [DISTRICT, "E07000141"],
            "ltla24_name": ["Tiny", "South Kesteven"],
        },
        geometry=pd.concat([whole, east], ignore_index=True),
        crs=4326,
    ).to_file(folder / "boundaries_ltla24.geojson", driver="GeoJSON")
    lookup = "".join(f"Tiny,{code},Tiny Ward,{WARD},Tiny,{DISTRICT}\n" for code in LSOAS)
    (folder / "lookup_lsoa21_ward24_ltla24.csv").write_text(
        "lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code\n" + lookup
    )
    (folder / "lookup_ltla23_utla23.csv").write_text(
        "ltla23_code,ltla23_name,utla23_code,utla23_name\n"
        f"{DISTRICT},Tiny,{DISTRICT},Tiny\n"
        "E07000141,South Kesteven,E10000019,Lincolnshire\n"
    )


def _write_values(mirror: Path) -> None:
    deciles = (
        "IMD Income Employment Education Health Crime Housing_and_Services Environment "
        "children_and_young_people"
    )
    pd.DataFrame(
        {"lsoa21_code": LSOAS} | {f"{name}_decile": [1, 4, 7, 10] for name in deciles.split()}
    ).to_parquet(mirror / "mhclg" / "imd2025_lsoa21.parquet")
    pd.DataFrame(
        {
            "lsoa21_code": LSOAS,
            "Aged 15 years and under": [200, 300, 250, 100],
            "Aged 16 to 24 years": [100] * 4,
            "Aged 25 to 34 years": [200] * 4,
            "Aged 35 to 49 years": [200] * 4,
            "Aged 50 to 64 years": [200] * 4,
            "Aged 65 years and over": [100] * 4,
        }
    ).to_parquet(mirror / "ons" / "census21_agegroups_lsoa21.parquet")


def _square(east: float, north: float, side: float) -> shapely.Polygon:
    return shapely.box(X0 + east, Y0 + north, X0 + east + side, Y0 + north + side)


def write_streets(path: Path, *, side_m: int = 2 * AREA_M, east_m: int = 0) -> Path:
    """Write a square grid of residential streets, a junction every 250 metres.

    A junction has the same number in every file that holds it, so that files can be joined.
    """
    across = side_m // BLOCK_M + 1
    first = east_m // BLOCK_M
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for north in range(across):
            for east in range(first, first + across):
                place = TO_DEGREES.transform(X0 + BLOCK_M * east, Y0 + BLOCK_M * north)
                writer.add_node(osmium.osm.mutable.Node(id=_junction(east, north), location=place))
        for line in range(across):
            row = [_junction(first + step, line) for step in range(across)]
            column = [_junction(first + line, step) for step in range(across)]
            for way, (name, nodes) in enumerate((("Row", row), ("Column", column))):
                writer.add_way(
                    osmium.osm.mutable.Way(
                        id=1 + 1000 * first + 2 * line + way,
                        nodes=nodes,
                        tags={"highway": "residential", "name": f"{name} {line + 1} Street"},
                    )
                )
    return path


def _junction(east: int, north: int) -> int:
    return 1 + 1000 * north + east
