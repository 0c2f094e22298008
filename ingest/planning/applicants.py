"""The homes that families live in, and how many of their children enter school."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ingest.planning.choice_reading import home_areas
from planning.arrays import Bools, Floats, Ints
from planning.choice.families import Addresses, Shares
from planning.choice.ordering import Admitting

MOST_PAIRS: Final = 40_000_000
"""Homes times schools that fit into a small machine's memory; above it small areas stand in for
postcodes."""


@dataclass(frozen=True, slots=True)
class Applicants:
    """Families and the schools that admit them: all of a market but what families like.

    Attributes:
        homes: rows of ``postcode`` that families live in, sorted by small area.
        home_area: row of the small area of each, shape (homes,).
        children: who enter, of each home, shape (homes,).
        minutes: from homes to schools, ``NaN`` where not known, shape (homes, schools); ``None``
            where none are.
        far: journeys, in any unit, shape (homes, schools).
        admits: schools that pupils enter with the year group, shape (schools,).
        schools: by what they admit.
        shares: how many families are of which kind.
        faith: number of each school's faith, zero without one, shape (schools,).
    """

    homes: pd.DataFrame
    home_area: Ints
    children: Floats
    minutes: Floats | None
    far: Floats
    admits: Bools
    schools: Admitting
    shares: Shares
    faith: Ints

    @property
    def addresses(self) -> Addresses:
        """Every home as an area of its own."""
        return Addresses(
            np.arange(len(self.homes)),
            self.homes["x"].to_numpy(np.float64),
            self.homes["y"].to_numpy(np.float64),
        )


def homes_of(
    postcode: pd.DataFrame, codes: tuple[str, ...], schools: int
) -> tuple[pd.DataFrame, Ints]:
    """Return the homes that families live in, sorted by small area, and the row of each's area.

    Postcodes, or where these are too many one for each small area: the one nearest its middle.
    """
    number = {code: row for row, code in enumerate(codes)}
    placed = postcode.dropna(subset=["lsoa21", "x", "y", "la_code"])
    placed = placed[placed["lsoa21"].isin(list(codes))]
    area = placed["lsoa21"].map(number).astype("int64")
    homes = placed.assign(area=area).sort_values("area", kind="stable", ignore_index=True)
    if len(homes) * schools > MOST_PAIRS:
        middle = homes.groupby("area")[["x", "y"]].transform("mean")
        off = ((homes[["x", "y"]] - middle) ** 2).sum(axis=1)
        homes = homes.loc[off.groupby(homes["area"]).idxmin()].reset_index(drop=True)
    return homes, homes["area"].to_numpy(np.int64)


def spread(children: Floats, home_area: Ints) -> Floats:
    """Spread the children of small areas evenly over their homes; none where not known."""
    homes = np.bincount(home_area, minlength=len(children))
    return np.asarray((np.nan_to_num(children) / np.maximum(homes, 1))[home_area])


def by_authority(
    children: Floats, codes: tuple[str, ...], postcode: pd.DataFrame
) -> "pd.Series[float]":
    """Add children up by the authority that most postcodes of their area are in."""
    own = postcode[~postcode["is_outside"].fillna(value=True).astype(bool)]
    whose = home_areas(own)["la_code"].to_dict()
    by_code = pd.Series(children, index=pd.Index(codes, dtype="object"))
    return by_code.groupby(by_code.index.map(whose)).sum()
