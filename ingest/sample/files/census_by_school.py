"""School census by school: pupils, and how many are girls, need support, speak what, eat free."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from ingest.sample.codes import la_code_dfe
from ingest.sample.files.marks import NOT_AVAILABLE, Texts, decimals, marked, shares, wholes
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, Columns, cells, sheet
from ingest.sample.files.spans import CENSUSES, folder_of

HEADER: Final = (
    *("URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "NORG", "NORB", "PNORG", "PNORB"),
    *("TSENELSE", "PSENELSE", "TSENELK", "PSENELK"),
    *("NUMEAL", "NUMENGFL", "NUMUNCFL", "PNUMEAL", "PNUMENGFL", "PNUMUNCFL"),
    *("NUMFSM", "NUMFSMEVER", "PNUMFSMEVER"),
)
OF_KIND: Final = {
    **dict.fromkeys(("infant", "junior", "primary", "first"), "State-funded primary"),
    **dict.fromkeys(
        ("middle", "secondary", "high", "grammar", "all_through"), "State-funded secondary"
    ),
    "nursery": "State-funded nursery",
    "special": "State-funded special school",
    "ap": "Pupil referral unit",
    **dict.fromkeys(("independent", "independent_prep"), "Independent school"),
}
"""The publisher's type by kind of school; colleges take no part."""

NATIONAL: Final = {
    "PRI": "State-funded primary",
    "SEC": "State-funded secondary",
    "SPE": "State-funded special school",
}
"""Rows at the foot of the file, about the whole country: what stands for the school's number."""

COUNTED: Final = (
    *("pupils", "girls", "plans", "support", "other_language", "language_not_said"),
    *("meals", "meals_ever"),
)


def pupils_counted(county: County, academic_year: int) -> pd.DataFrame:
    """Return a row per school of a census: its traits, and ``urn``, ``authority`` and so on."""
    traits = county.people.traits
    now = traits[traits["academic_year"] == academic_year]
    names = ["urn", "authority", "establishment_number", "kind"]
    schools = county.people.schools[names].rename_axis("school")
    joined = now.join(schools, on="school")
    return joined[joined["kind"].isin(OF_KIND)].reset_index(drop=True)


def figures_of(rows: pd.DataFrame) -> dict[str, Texts]:
    """Return the figures of some rows as the publisher writes them.

    Args:
        rows: ``type`` in the publisher's words, and the columns of ``COUNTED``.
    """
    own = {name: rows[name].to_numpy() for name in COUNTED}
    pupils = own["pupils"]
    numbers = {
        "NOR": pupils,
        "NORG": own["girls"],
        "NORB": pupils - own["girls"],
        "TSENELSE": own["plans"],
        "TSENELK": own["support"],
        "NUMEAL": own["other_language"],
        "NUMENGFL": pupils - own["other_language"] - own["language_not_said"],
        "NUMUNCFL": own["language_not_said"],
        "NUMFSM": own["meals"],
        "NUMFSMEVER": own["meals_ever"],
    }
    columns = {name: wholes(each) for name, each in numbers.items()}
    for name, each in numbers.items():
        columns[f"P{name.removeprefix('T')}"] = decimals(shares(each, pupils))
    kind = rows["type"].to_numpy()
    fees = kind == "Independent school"
    for name, column in columns.items():
        if name.startswith(("NUM", "PNUM")):
            of_meals_ever = name.endswith("NUMFSMEVER")
            unknown = fees | (of_meals_ever & (kind == "State-funded nursery"))
            columns[name] = marked(column, unknown, NOT_AVAILABLE)
    return columns


def of_year(academic_year: int) -> Series:
    """Return the file of one census."""

    def rows(county: County) -> Iterable[Cells]:
        counted = pupils_counted(county, academic_year)
        counted["type"] = counted["kind"].map(OF_KIND)
        columns: Columns = {
            "URN": counted["urn"],
            "LA": counted["authority"].map(la_code_dfe),
            "ESTAB": counted["establishment_number"],
            "SCHOOLTYPE": counted["type"],
            **figures_of(counted),
        }
        return cells({name: columns[name] for name in HEADER})

    def figures(county: County) -> pd.DataFrame:
        counted = pupils_counted(county, academic_year)
        return counted.assign(type=counted["kind"].map(OF_KIND))[["type", *COUNTED]]

    return sheet(
        source="school_census",
        file=f"performance_tables/{folder_of(academic_year)}/england_census.csv",
        header=HEADER,
        rows=rows,
        figures=figures,
        keys=("type",),
        below=_national,
    )


def _national(total: pd.DataFrame, _: Country) -> Iterable[Cells]:
    """Return the rows about the whole country, with words where a school has numbers."""
    marks = {name: mark for mark, name in NATIONAL.items()}
    kept = total[total["type"].isin(marks)].reset_index(drop=True)
    columns: Columns = {
        "URN": pd.Series("NAT", index=kept.index),
        "LA": pd.Series("", index=kept.index),
        "ESTAB": kept["type"].map(marks),
        "SCHOOLTYPE": kept["type"],
        **figures_of(kept),
    }
    return cells({name: columns[name] for name in HEADER})


SERIES: Final = tuple(of_year(year) for year in CENSUSES)
