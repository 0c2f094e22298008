"""Local Authority Interactive Tool: hundreds of indicators of authorities, for comparison."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.english_regions import ENGLAND, REGIONS
from config.terms import Status
from ingest.authority_values import compared, filled
from ingest.errors import SourceChanged
from ingest.marks import MARKS, Mark, marked
from ingest.rhythm import Rhythm
from ingest.schema.areas import AUTHORITY_VALUE, MEASURE
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import Names, read_table

ID: Final = "lait"
VALUES: Final[Names] = {
    "short": "Short Desc",
    "years": "Years",
    "la": "LA Number",
    "value": "Values",
}
DICTIONARY: Final[Names] = {
    "short": "Measure_short",
    "topic": "Topic",
    "title": "Measure",
    "says": "Chart_title",
    "unit": "y_axis_name",
    "polarity": "Polarity",
    "decimals": "dps",
    "year_type": "Year_Type",
    "state": "Table_status",
}
POLARITY: Final = {"High": "more_is_better", "Low": "more_is_worse"}
_NUMBERS: Final = {
    "970": ENGLAND,
    **dict(
        zip(
            ("980", "981", "982", "983", "984", "985", "986", "989", "990"),
            REGIONS.values(),
            strict=True,
        )
    ),
}
"""The tool's own numbers of England and its regions; 987 and 988 are halves of London."""

_MARKS: Final = {**MARKS, "-": Mark(Status.UNAVAILABLE)}
"""A dash stands here for every reason, also for counts too small to be told."""

_BRACKETS: Final = re.compile(r"\s*\(.*\)$")
_NEXT: Final = re.compile(r"(\d{4})[-/](\d\d)")


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read the long table of values, or the dictionary that says what they are of.

    Returns:
        Of the values: rows of ``authority_value`` for the authorities shown, their regions and
        England. Of the dictionary: rows of ``measure``.
    """
    if path.suffix == ".parquet":
        return {AUTHORITY_VALUE: _values(path, reading)}
    return {MEASURE: _measures(path, reading)}


def measure_id(short: str) -> str:
    """Make a measure's id of the tool's short name.

    >>> measure_id("No_3&4yr_olds"), measure_id("LAC_SGO_FFC_Rel%")
    ('lait_no_3_and_4yr_olds', 'lait_lac_sgo_ffc_rel_pct')
    """
    words = short.replace("%", " pct ").replace("&", " and ").replace("+", " plus ")
    return "lait_" + re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _values(path: Path, reading: Reading) -> pd.DataFrame:
    rows = read_table(path, VALUES, source=ID, issues=reading.issues)
    areas = {**reading.cut.la_codes, **_NUMBERS}
    numbers = pd.to_numeric(rows["la"], errors="coerce").astype("Int64").astype("string")
    rows = rows.assign(area_code=numbers.map(areas))
    rows = rows[rows["area_code"].isin(compared(reading))]
    periods = {years: _period(str(years)) for years in rows["years"].unique()}
    rows = rows.assign(period=rows["years"].map(periods))
    undated = rows["period"].isna()
    for short, of_one in rows[undated].groupby("short"):
        says = f"{len(of_one):,} values of no year; left out"
        reading.issues.warn("an indicator has a year", f"{path.name}, {short}", says)
    rows = rows[~undated]
    cells = marked(rows["value"], issues=reading.issues, of=path.name, marks=_MARKS)
    ids = {short: measure_id(str(short)) for short in rows["short"].unique()}
    told = rows[["area_code", "period"]].assign(
        measure=rows["short"].map(ids), value=cells["value"], status=cells["status"]
    )
    return filled(told.drop_duplicates(["measure", "area_code", "period"]))


def _period(years: str) -> str | None:
    """Write a school or financial year as 2016/17; longer spans and single years stay."""
    plain = _BRACKETS.sub("", years.strip())
    match = _NEXT.fullmatch(plain)
    if match and (int(match[1]) + 1) % 100 == int(match[2]):
        return f"{match[1]}/{match[2]}"
    return plain if re.match(r"\d{4}", plain) else None


def _measures(path: Path, reading: Reading) -> pd.DataFrame:
    """Lay out the dictionary; of indicators that stand under two topics the first is kept."""
    rows = read_table(path, DICTIONARY, source=ID, issues=reading.issues)
    named = rows.dropna(subset=["short", "title"])
    if named.empty:
        raise SourceChanged(f"{ID}: {path.name} names no indicator", hint="fetch it again.")
    first = named.drop_duplicates("short")
    texts = {name: first[name].str.replace(r"\s+", " ", regex=True) for name in ("title", "says")}
    stopped = first["state"].str.startswith("Discontinued").fillna(value=False)
    return pd.DataFrame(
        {
            "measure": first["short"].map(measure_id),
            "level": "authority",
            "position": np.arange(len(first)),
            "topic": first["topic"].fillna("Other"),
            "title": texts["title"].str.strip(),
            "says": texts["says"].fillna(texts["title"]).str.strip(),
            "unit": first["unit"].str.strip(),
            "decimals": pd.to_numeric(first["decimals"], errors="coerce").fillna(1),
            "period": pd.NA,
            "polarity": first["polarity"].map(POLARITY).fillna("neutral"),
            "source_id": ID,
            "release": pd.NA,
            "method": "As published. A single year is that in which the "
            + first["year_type"].fillna("year").str.lower()
            + " ends.",
            "note": stopped.map({True: "No longer published.", False: pd.NA}),
        }
    )


_AT: Final = (
    "https://raw.githubusercontent.com/dfe-analytical-services/"
    "local-authority-interactive-tool/main/01_data/02_prod/"
)
SOURCE: Final = Source(
    id=ID,
    title="Local Authority Interactive Tool: indicators of authorities",
    publisher="Department for Education",
    landing_page=(
        "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=lambda _region, _today: tuple(
        Release(name="newest", file_name=name, addresses=(f"{_AT}{name}",))
        for name in ("bds_long_0.parquet", "lait_data_dictionary.csv")
    ),
    every=Rhythm("every month", days=31),
    mirror_folder=ID,
    mirror_files=(),
    read_rows=read_rows,
    tables=(AUTHORITY_VALUE, MEASURE),
    caveats=(
        "Gathered by the Department from many publishers; a dash stands for every kind of missing "
        "value.",
        "Single years are those in which a school year or financial year ends.",
    ),
)
