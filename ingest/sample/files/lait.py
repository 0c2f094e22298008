"""The Department's long table of indicators of authorities: a few of them, and their dictionary."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.authorities import WHOLE, known, with_country
from ingest.sample.files.census_by_school import OF_KIND, pupils_counted
from ingest.sample.files.pieces import FRAME, join_frames
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import added_up
from ingest.sample.files.spans import CENSUSES, RESULTS

PRIMARY, SECONDARY = "State-funded primary", "State-funded secondary"
NOT_KNOWN: Final = "-"
"""What stands for every reason why there is no value."""
ENGLAND_NUMBER: Final = 970.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        short: its short name, by which the table knows it.
        topic: heading.
        title: for readers.
        phase: the type of schools it is about.
        part: the column whose share it is.
        years: school years of which it is known.
        polarity: High or Low, where more is agreed to be better or worse.
    """

    short: str
    topic: str
    title: str
    phase: str
    part: str
    years: tuple[int, ...]
    polarity: str = ""


MEALS: Final = "Pupils known to be eligible for free school meals"
LANGUAGE: Final = "Pupils whose first language is not English"
INDICATORS: Final = (
    Indicator(
        "PriTotAbs", "Absence", "Primary: sessions missed", PRIMARY, "missed", RESULTS, "Low"
    ),
    Indicator(
        "SecTotAbs", "Absence", "Secondary: sessions missed", SECONDARY, "missed", RESULTS, "Low"
    ),
    Indicator("PriFSM", "School Population", f"{MEALS}, primary", PRIMARY, "meals", CENSUSES),
    Indicator("SecFSM", "School Population", f"{MEALS}, secondary", SECONDARY, "meals", CENSUSES),
    Indicator(
        "EALPri", "School Population", f"{LANGUAGE}, primary", PRIMARY, "other_language", CENSUSES
    ),
    Indicator(
        "EALSec",
        "School Population",
        f"{LANGUAGE}, secondary",
        SECONDARY,
        "other_language",
        CENSUSES,
    ),
)
DICTIONARY_HEADER: Final = (
    *("Measure_code", "Topic", "Measure", "Chart_title", "Measure_short", "Polarity"),
    *("y_axis_name", "state_funded_flag", "Table_status", "Description", "Last Update"),
    *("Next Update", "Data Owner (DO) /Supplier and Contact Details", "Methodology"),
    *("Hyperlink(s)", "dps", "Year_Type", "No_Quartile"),
)
COLUMNS: Final = ("pupils", "meals", "other_language", "missed", "followed")


def _figures(county: County) -> pd.DataFrame:
    """Count pupils by authority, type of school and year, and the sessions they missed."""
    absence = county.people.outcomes.absence.set_index(["school", "academic_year"])["missed"]
    rows = []
    for year in CENSUSES:
        counted = pupils_counted(county, year)
        missed = absence.reindex(pd.MultiIndex.from_frame(counted[["school", "academic_year"]]))
        share = missed.to_numpy() / 100
        followed = np.where(np.isnan(share), 0, counted["pupils"])
        table = counted.assign(
            phase=counted["kind"].map(OF_KIND),
            missed=np.nan_to_num(share) * counted["pupils"],
            followed=followed,
        )
        rows.append(table[["authority", "academic_year", "phase", *COLUMNS]])
    keys = ["authority", "academic_year", "phase"]
    return added_up(pd.concat(rows), keys)


def _part(county: County, folder: Path) -> None:
    _figures(county).to_parquet(folder / FRAME, index=False)


def _join(parts: Sequence[Path], out: Path, country: Country) -> None:
    keys = ["academic_year", "phase"]
    total = with_country(added_up(join_frames(parts), ["authority", *keys]), keys)
    authorities = known(country)
    tables = []
    for each in INDICATORS:
        own = total[total["phase"] == each.phase]
        of = own["followed" if each.part == "missed" else "pupils"].to_numpy()
        value = 100 * own[each.part].to_numpy() / np.maximum(of, 1)
        is_known = own["academic_year"].isin(each.years).to_numpy() & (of > 0)
        shown = [
            f"{one:.2f}" if there else NOT_KNOWN for one, there in zip(value, is_known, strict=True)
        ]
        numbers = [int(number) for number in own["authority"]]
        tables.append(
            pd.DataFrame(
                {
                    "Short Desc": each.short,
                    "Data item": each.title,
                    "Years": (own["academic_year"] + 1).astype(str).to_numpy(),
                    "LA and Regions": [
                        "England" if number == WHOLE else authorities[number].name
                        for number in numbers
                    ],
                    "Values": shown,
                    "LA Number": [
                        ENGLAND_NUMBER
                        if number == WHOLE
                        else float(authorities[number].la_code_dfe)
                        for number in numbers
                    ],
                    "Region": "NA",
                }
            )
        )
    pd.concat(tables, ignore_index=True).to_parquet(out, index=False, compression="snappy")


def _no_part(_county: County, _folder: Path) -> None:
    """A county adds nothing to the dictionary."""


def _join_dictionary(_: Sequence[Path], out: Path, __: Country) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(DICTIONARY_HEADER)
        for number, each in enumerate(INDICATORS, start=1):
            known_cells = {
                "Measure_code": number,
                "Topic": each.topic,
                "Measure": each.title,
                "Chart_title": f"{each.title} (%)",
                "Measure_short": each.short,
                "Polarity": each.polarity or "-",
                "y_axis_name": "%",
                "Table_status": "Active",
                "dps": 1,
                "Year_Type": "Academic",
            }
            writer.writerow([known_cells.get(name, "") for name in DICTIONARY_HEADER])


VALUES: Final = Series(source="lait", file="lait/bds_long_0.parquet", part=_part, join=_join)
DICTIONARY: Final = Series(
    source="lait", file="lait/lait_data_dictionary.csv", part=_no_part, join=_join_dictionary
)
