"""An authority's own list of housing sites: planned homes by year, type, tenure and bedrooms."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import Status
from ingest.own.cells import Fault, faulty, read_own
from ingest.own.declare import Column, Template
from ingest.own.places import PLACE_COLUMNS, placed, unplaced
from ingest.own.source import own_source
from ingest.schema.people import HOUSING_HOMES, HOUSING_SITE
from ingest.source import Reading, Rows

ID: Final = "housing"
TYPES: Final = {
    **dict.fromkeys(("house", "houses", "bungalow"), "house"),
    **dict.fromkeys(("flat", "flats", "apartment", "apartments", "maisonette"), "flat"),
    **dict.fromkeys(("not_stated", "unknown", "mixed"), "not_stated"),
}
TENURES: Final = {
    **dict.fromkeys(("market", "private", "open market", "owner occupied"), "market"),
    **dict.fromkeys(("affordable", "shared ownership", "intermediate"), "affordable"),
    **dict.fromkeys(("social", "social rent", "council"), "social"),
    **dict.fromkeys(("not_stated", "unknown", "mixed"), "not_stated"),
}
BEDROOMS: Final = {
    **{str(number): str(number) for number in range(1, 4)},
    **dict.fromkeys(("4+", "4 or more", "4", "5", "5+", "6", "6+"), "4+"),
    **dict.fromkeys(("not_stated", "unknown", "mixed"), "not_stated"),
}
OF_THE_SITE: Final = (
    *("name", "status", "x", "y", "lon", "lat", "postcode"),
    *("planning_area_primary", "planning_area_secondary"),
)
"""Columns that say the same in every row of a site; those of its first row count."""

MIX: Final = ("home_type", "tenure", "bedrooms")

TEMPLATE: Final = Template(
    id=ID,
    title="Housing sites and planned homes",
    says=(
        "Homes that are expected to be finished, site by site and school year by school year. "
        "Pupils expected from new homes are worked out from it."
    ),
    columns=(
        Column(
            name="site_id",
            says="The authority's own reference of the site.",
            kind="text",
            required=True,
            also=("site reference", "site ref", "reference"),
            example="H12",
        ),
        Column(
            name="name",
            says="What the site is called.",
            kind="text",
            required=True,
            also=("site name", "site"),
            example="Land north of Mill Lane",
        ),
        Column(
            name="status",
            says="How sure it is, in the authority's words: allocated, permitted, under way …",
            kind="text",
            blank="not stated",
            example="permitted",
        ),
        *PLACE_COLUMNS,
        Column(
            name="planning_area_primary",
            says="Code of the primary planning area that its children count in.",
            kind="text",
            blank="the one it lies in",
        ),
        Column(
            name="planning_area_secondary",
            says="Code of the secondary planning area that its children count in.",
            kind="text",
            blank="the one it lies in",
        ),
        Column(
            name="school_year",
            says="The school year, September to August, in which the homes are finished.",
            kind="school_year",
            blank="only where homes is blank too: the site alone",
            also=("academic year", "year"),
            example="2027/28",
        ),
        Column(
            name="home_type",
            says="Houses have more children than flats.",
            kind="choice",
            choices=TYPES,
            blank="not stated: the default share of types is used",
            also=("type", "dwelling type"),
            example="house",
        ),
        Column(
            name="tenure",
            says="Who may live there.",
            kind="choice",
            choices=TENURES,
            blank="not stated: the default share of tenures is used",
            example="market",
        ),
        Column(
            name="bedrooms",
            says="1, 2, 3, or 4+ for four and more.",
            kind="choice",
            choices=BEDROOMS,
            blank="not stated: the default share of sizes is used",
            also=("beds",),
            example="3",
        ),
        Column(
            name="homes",
            says="Homes finished in that year, of that type, tenure and size.",
            kind="number",
            blank="not stated: the default is used; where there are none, write 0",
            also=("dwellings", "units", "completions"),
            example="24",
        ),
    ),
    key=("site_id", "school_year", "home_type", "tenure", "bedrooms"),
    notes=(
        "A blank and a 0 are two different things: a blank means that nobody has said yet, and the "
        "default is used; 0 means that there will be none.",
        "A site has as many rows as it has years, types, tenures and sizes, each with its name; "
        "its place may stand in its first row alone.",
    ),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one list of housing sites."""
    rows = _with_site(read_own(path, TEMPLATE, reading.issues))
    if faults := [*unplaced(rows), *_odd_homes(rows)]:
        raise faulty(ID, path.name, faults)
    sites = placed(rows[~rows.duplicated("site_id")], reading, file=path.name)
    homes = rows[rows["site_id"].isin(sites["site_id"]) & rows["school_year"].notna()]
    given = homes["homes"].notna()
    columns = [name for name in HOUSING_SITE.names if name not in ("source_id", "receipt")]
    return {
        HOUSING_SITE: sites[columns].assign(source_id=ID),
        HOUSING_HOMES: pd.DataFrame(
            {
                "site_id": homes["site_id"],
                "academic_year": homes["school_year"],
                **{name: homes[name].fillna("not_stated") for name in MIX},
                "homes": homes["homes"],
                "status": given.map({True: str(Status.FORECAST), False: str(Status.UNAVAILABLE)}),
            }
        ),
    }


def _with_site(rows: pd.DataFrame) -> pd.DataFrame:
    """Say in every row of a site what its first row says of it."""
    first = rows.groupby("site_id")[list(OF_THE_SITE)].transform("first")
    return rows.assign(**{name: first[name] for name in OF_THE_SITE})


def _odd_homes(rows: pd.DataFrame) -> list[Fault]:
    """Find homes without a year, and fewer than none; and rows that only spelling tells apart."""
    no_year = rows["homes"].notna() & rows["school_year"].isna()
    faults = [
        Fault(
            row,
            "school_year",
            f"is blank, and homes is not: say when the {rows['homes'][row]:g} homes of "
            f"{rows['site_id'][row]} are finished, or leave homes blank too",
        )
        for row in rows.index[no_year]
    ]
    negative = (rows["homes"] < 0).fillna(value=False)
    faults += [
        Fault(row, "homes", f"{rows['homes'][row]:g} is less than none")
        for row in rows.index[negative]
    ]
    key = rows[["site_id", "school_year", *MIX]].fillna("not_stated")
    again = key.duplicated() & rows["school_year"].notna()
    return faults + [
        Fault(row, "bedrooms", "the same site, year, type, tenure and bedrooms as in a row before")
        for row in rows.index[again]
    ]


SOURCE: Final = own_source(
    TEMPLATE,
    read_rows,
    (HOUSING_SITE, HOUSING_HOMES),
    caveats=("Planned, not built: sites slip, shrink and grow.",),
)
