"""Absence by school: sessions missed, and pupils who missed a tenth of them or more."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from ingest.sample.codes import la_code_dfe
from ingest.sample.files.marks import SUPPRESSED, decimals, marked, shares
from ingest.sample.files.results import of_year
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, Columns, cells, sheet
from ingest.sample.files.spans import RESULTS, folder_of

HEADER: Final = ("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10")
WITHOUT: Final = ("independent", "independent_prep", "nursery", "sixth_form")
FEWEST_PERSISTENT: Final = 3
NATIONAL: Final = {
    **dict.fromkeys(("infant", "junior", "primary", "first"), "PRI"),
    **dict.fromkeys(("middle", "secondary", "high", "grammar", "all_through"), "SEC"),
    "special": "SPE",
}


def _absence(county: County, academic_year: int) -> pd.DataFrame:
    return of_year(county, county.people.outcomes.absence, academic_year, without=WITHOUT)


def _file_of(academic_year: int) -> Series:
    def rows(county: County) -> Iterable[Cells]:
        own = _absence(county, academic_year)
        schools = county.people.schools.iloc[own["school"]].reset_index(drop=True)
        persistent = decimals(shares(own["persistent"], own["pupils"]))
        few = own["persistent"] < FEWEST_PERSISTENT
        columns: Columns = {
            "LA": own["authority"].map(la_code_dfe),
            "ESTAB": schools["establishment_number"],
            "URN": schools["urn"],
            "PERCTOT": decimals(own["missed"]),
            "PPERSABS10": marked(persistent, few, SUPPRESSED),
        }
        return cells({name: columns[name] for name in HEADER})

    def figures(county: County) -> pd.DataFrame:
        own = _absence(county, academic_year)
        missed = own["missed"] * own["pupils"]
        figures = own.assign(phase=own["kind"].map(NATIONAL), missed=missed)
        return figures[["phase", "pupils", "missed", "persistent"]]

    return sheet(
        source="absence",
        file=f"performance_tables/{folder_of(academic_year)}/england_abs.csv",
        header=HEADER,
        rows=rows,
        figures=figures,
        keys=("phase",),
        below=_national,
    )


def _national(total: pd.DataFrame, _: Country) -> Iterable[Cells]:
    return cells(
        {
            "LA": pd.Series("NAT", index=total.index),
            "ESTAB": total["phase"],
            "URN": pd.Series("", index=total.index),
            "PERCTOT": decimals(total["missed"] / total["pupils"]),
            "PPERSABS10": decimals(shares(total["persistent"], total["pupils"])),
        }
    )


SERIES: Final = tuple(_file_of(year) for year in RESULTS)
