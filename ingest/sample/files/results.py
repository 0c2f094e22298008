"""What performance tables of every stage say of a school, an authority and the country."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from ingest.sample.codes import la_code_dfe
from ingest.sample.files.marks import FEWEST, NOT_PUBLISHED, SUPPRESSED, Texts, marked, texts
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, Columns, cells, sheet
from ingest.sample.files.spans import RESULTS, folder_of

Figures = Mapping[str, npt.NDArray[Any]]

OF_TYPE: Final = {
    "Academy converter": "ACC",
    "Academy sponsor led": "AC",
    "Academy special converter": "ACCS",
    "Community school": "CY",
    "Community special school": "CYS",
    "Foundation school": "FD",
    "Foundation special school": "FDS",
    "Free schools": "F",
    "Further education": "SFC",
    "Other independent school": "IND",
    "Voluntary aided school": "VA",
    "Voluntary controlled school": "VC",
}
"""The tables' abbreviations of types of establishment."""
COHORT: Final = ("TELIG", "TPUP", "TPUP1618", "COHORT")
"""Columns of a school's cohort, which is told however small it is."""
LEFT_OUT: Final = ("ap",)
"""Kinds of school of which the tables have no row."""
MAINSTREAM, SPECIAL = "1", "2"


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table of results, which comes as a file a year.

    Attributes:
        source: the series that it imitates.
        name: of the file.
        header: its columns.
        results: a county's results of a year, a row a school.
        written: writes the figures of a year down.
        counts: columns of results that are counts; ``pupils`` first.
        means: columns that are means over pupils.
        authority: what stands in the first column of an authority's row.
        country: what stands there in the rows about the country.
        otherwise: what stands where an authority has no figure.
    """

    source: str
    name: str
    header: Sequence[str]
    results: Callable[[County, int], pd.DataFrame]
    written: Callable[[Figures, int], Columns]
    counts: Sequence[str]
    means: Sequence[str]
    authority: str
    country: Sequence[str]
    otherwise: str = ""

    def series(self) -> tuple[Series, ...]:
        """Return the files, one a year."""
        return tuple(self._of_year(year) for year in RESULTS)

    def _of_year(self, year: int) -> Series:
        def rows(county: County) -> Iterable[Cells]:
            own = self.results(county, year)
            columns = suppressed(self.written(arrays(own), year), own["pupils"].to_numpy())
            return laid_out(self.header, {**columns, **about_schools(county, own)}, len(own))

        return sheet(
            source=self.source,
            file=f"performance_tables/{folder_of(year)}/{self.name}",
            header=self.header,
            rows=rows,
            figures=lambda county: self._sums(self.results(county, year)),
            keys=("authority",),
            below=lambda total, country: self._below(total, country, year),
        )

    def _sums(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return what authorities' figures are made from: counts, and means times pupils."""
        weighted = rows[list(self.means)].mul(rows["pupils"], axis="index")
        return pd.concat([rows[["authority", *self.counts]], weighted], axis="columns")

    def _means_again(self, total: pd.DataFrame) -> Figures:
        """Turn sums back into means over pupils."""
        of = np.maximum(total["pupils"].to_numpy(), 1)
        return arrays(total) | {name: total[name].to_numpy() / of for name in self.means}

    def _below(self, total: pd.DataFrame, country: Country, year: int) -> Iterable[Cells]:
        """Return the rows of authorities, and those of the country."""
        names = country.names()
        authorities = total["authority"].tolist()
        own = {
            "RECTYPE": [self.authority] * len(total),
            "LEA": [la_code_dfe(each) for each in authorities],
            "SCHNAME": [names[each] for each in authorities],
        }
        columns = {**own, **self.written(self._means_again(total), year)}
        found = laid_out(self.header, columns, len(total), self.otherwise)
        whole = self._means_again(total.drop(columns="authority").sum().to_frame().T)
        written = self.written(whole, year)
        for mark in self.country:
            found += laid_out(self.header, {"RECTYPE": [mark], **written}, 1, self.otherwise)
        return found


def arrays(rows: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """Return a table as arrays, which are quicker to reckon with."""
    return {str(name): rows[name].to_numpy() for name in rows}


def about_schools(county: County, rows: pd.DataFrame) -> Columns:
    """Return who the schools of some results are.

    Args:
        county: their county.
        rows: ``school``, a row of the county's schools.
    """
    own = arrays(county.people.schools.iloc[rows["school"].to_numpy()])
    special = own["kind"] == "special"
    return {
        "RECTYPE": np.where(special, SPECIAL, MAINSTREAM),
        "ALPHAIND": 100 + 10 * own["number"],
        "LEA": [la_code_dfe(each) for each in own["authority"].tolist()],
        "ESTAB": own["establishment_number"],
        "URN": own["urn"],
        "SCHNAME": own["name"],
        "ADDRESS1": own["street"],
        "TOWN": own["town"],
        "PCODE": own["postcode"],
        "NFTYPE": [OF_TYPE.get(each, "") for each in own["type"]],
        "ICLOSE": (own["status_gias"] == "Closed").astype(int),
        "RELDENOM": own["religious_character"],
        "AGERANGE": [
            f"{low}-{high}" for low, high in zip(own["age_low"], own["age_high"], strict=True)
        ],
        "EGENDER": [each.upper() for each in own["gender"]],
        "ADMPOL": np.where(own["admissions_policy"] == "Selective", "SEL", "NSE"),
    }


def of_year(
    county: County, table: pd.DataFrame, academic_year: int, *, without: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the results of a year, without schools of some kinds."""
    left_out = table["kind"].isin((*LEFT_OUT, *without))
    kept = table[(table["academic_year"] == academic_year) & ~left_out]
    authority = county.people.schools["authority"].to_numpy()[kept["school"]]
    return kept.assign(authority=authority).reset_index(drop=True)


def laid_out(
    header: Sequence[str], columns: Columns, size: int, otherwise: str = ""
) -> list[Cells]:
    """Lay columns out in the order of a header; the others hold the same everywhere."""
    rest = [otherwise] * size
    return cells({name: columns.get(name, rest) for name in header})


def suppressed(columns: Columns, pupils: npt.NDArray[Any], *, fewest: int = FEWEST) -> Columns:
    """Put the mark of suppression in every column but the cohort's where that is too small."""
    small = pupils < fewest
    if not small.any():
        return columns
    return {
        name: each if name in COHORT else marked(np.asarray(each, object), small, SUPPRESSED)
        for name, each in columns.items()
    }


def not_published(like: npt.NDArray[Any]) -> Texts:
    """Return the mark of what is not published, for every row."""
    return texts([NOT_PUBLISHED] * len(like))
