"""English Indices of Deprivation: small areas of the whole made-up country put in order."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.pieces import FRAME, join_frames
from ingest.sample.files.series import Country, County, Series

SCORES: Final = MappingProxyType(
    {
        "IMD": "imd",
        "Income": "income",
        "Employment": "employment",
        "Education": "education",
        "Health": "health",
        "Crime": "crime",
        "Housing_and_Services": "housing",
        "Environment": "environment",
        "children_and_young_people": "children",
    }
)
"""The publisher's name of each domain, and the column of its scores."""

_TENTHS: Final = 10


def _part(county: County, folder: Path) -> None:
    scores = county.people.deprivation
    columns = {f"{name}_score": scores[ours].to_numpy() for name, ours in SCORES.items()}
    codes = county.land.areas["area_code"].to_numpy()
    pd.DataFrame({"lsoa21_code": codes, **columns}).to_parquet(folder / FRAME, index=False)


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    indices(join_frames(parts)).to_parquet(out, index=False, compression="zstd")


def indices(scores: pd.DataFrame) -> pd.DataFrame:
    """Rank small areas and cut them into tenths, 1 the most deprived.

    Args:
        scores: ``lsoa21_code`` and a ``_score`` column for each of ``SCORES``; more is more
            deprived.

    Returns:
        Columns named as in the publisher's table, numbers as it has them.
    """
    found = scores.round(3)
    for name in SCORES:
        rank = found[f"{name}_score"].rank(ascending=False, method="first")
        found[f"{name}_rank"] = rank
        found[f"{name}_decile"] = np.ceil(rank * _TENTHS / len(found))
    order = [f"{name}_{figure}" for figure in ("decile", "rank", "score") for name in SCORES]
    return found[["lsoa21_code", *order]].sort_values("lsoa21_code", ignore_index=True)


SERIES: Final = Series(
    source="imd2025", file="mhclg/imd2025_lsoa21.parquet", part=_part, join=_join
)
