"""Where vintages lie: a folder each, outside of the builds, that nothing ever takes away."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

import numpy as np
import pandas as pd

from ingest.schema.fields import ALL
from ingest.vintages.packing import INPUTS, MadeFrom, digests, read_made_from

FORECAST_FILE: Final = "forecast.parquet"
TOLD: Final = "vintage.json"
KEPT: Final = (
    *("level", "unit_code", "academic_year", "year_group"),
    *("pupils_expected", "low_80", "high_80", "low_95", "high_95", "forecast_method"),
)
"""Columns of the forecast that are kept, of the chosen methods and both sexes together."""

SAID: Final = KEPT[:5]
"""Which of them tell one forecast from another."""

IN_WORDS: Final = {
    "rolls": "rolls",
    "totals": "rolls",
    "births": "births",
    "births_of_authorities": "births",
    "residents": "residents",
    "projected": "projections",
    "flows": "home-to-school counts",
    "homes": "small areas",
    "units": "planning areas",
    "moved_in": "planned homes",
    "capped": "limits on intakes",
    "settings": "settings",
    "forecast": "the program",
}
"""What a part of the inputs is called where a vintage says what was new about it."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """One forecast that was taken into use.

    Attributes:
        vintage: when the build that it was first in was made: ISO 8601, UTC.
        made_in: school year of the last roll.
        build_id: that build.
        parts: digest of each part of what it was made from, and of what it says.
        says: what was new about it.
    """

    vintage: str
    made_in: str
    build_id: str
    parts: Mapping[str, str]
    says: str = ""

    @property
    def digest(self) -> str:
        """Of all that it was made from, and of what it says."""
        told = json.dumps(dict(self.parts), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def after(self, before: Self | None) -> Self:
        """Say what is new about it since another."""
        return replace(self, says=_news(self, before))


def vintage_of(
    forecast: pd.DataFrame, made_from: MadeFrom, *, vintage: str, build_id: str
) -> Vintage:
    """Describe a forecast.

    Args:
        forecast: rows of the ``forecast`` table.
        made_from: its inputs and settings.
        vintage: when its build was made.
        build_id: of its build.
    """
    rows = chosen(forecast)
    rows["pupils_expected"] = rows["pupils_expected"].astype(float).round(3)
    hashes = pd.util.hash_pandas_object(rows[list(SAID)], index=False).to_numpy(np.uint64)
    parts = digests(made_from) | {"forecast": f"{int(hashes.sum(dtype=np.uint64)):016x}"}
    return Vintage(vintage, str(forecast["made_in"].iloc[0]), build_id, parts)


def chosen(forecast: pd.DataFrame) -> pd.DataFrame:
    """Return what is kept of a forecast."""
    rows = forecast[forecast["is_chosen"].astype(bool) & (forecast["sex"] == ALL)]
    return rows[list(KEPT)].reset_index(drop=True)


class Vintages:
    """The vintages of a region."""

    def __init__(self, home: Path, region_id: str) -> None:
        self.folder = home / "vintages" / region_id

    def all(self) -> list[Vintage]:
        """Return every vintage that can be read, the oldest first."""
        found = []
        for path in sorted(self.folder.glob(f"[!.]*/{TOLD}")):
            try:
                found.append(Vintage(**json.loads(path.read_text(encoding="utf-8"))))
            except (OSError, ValueError, TypeError):
                continue
        return sorted(found, key=lambda one: one.vintage)

    def keep(self, vintage: Vintage, forecast: pd.DataFrame, inputs_file: Path) -> bool:
        """Keep a forecast, unless the very same one is kept; it appears whole or not at all.

        Returns:
            Whether it is new.
        """
        before = self.all()
        if any(one.digest == vintage.digest for one in before):
            return False
        final = self._folder_of(vintage)
        making = final.with_name(f".{final.name}.part")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        try:
            chosen(forecast).to_parquet(making / FORECAST_FILE, index=False)
            shutil.copyfile(inputs_file, making / INPUTS)
            told = asdict(vintage.after(before[-1] if before else None))
            (making / TOLD).write_text(json.dumps(told, indent=1), encoding="utf-8")
            shutil.rmtree(final, ignore_errors=True)
            making.rename(final)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        return True

    def forecast_of(self, vintage: Vintage) -> pd.DataFrame:
        """Return what a vintage said."""
        return pd.read_parquet(self._folder_of(vintage) / FORECAST_FILE)

    def made_from(self, vintage: Vintage) -> MadeFrom:
        """Return what a vintage was made from.

        Raises:
            Unreadable: by a program that knew other inputs.
        """
        return read_made_from(self._folder_of(vintage) / INPUTS)

    def _folder_of(self, vintage: Vintage) -> Path:
        return self.folder / vintage.build_id


def _news(vintage: Vintage, before: Vintage | None) -> str:
    if before is None:
        return f"First forecast kept, from rolls up to {vintage.made_in}."
    changed = [name for name, digest in vintage.parts.items() if before.parts.get(name) != digest]
    because = [name for name in changed if name != "forecast"] or changed
    words = list(dict.fromkeys(IN_WORDS.get(name, name) for name in because))
    rolls = "" if vintage.made_in == before.made_in else f"Rolls of {vintage.made_in} are new. "
    return f"{rolls}Different from the one before: {', '.join(words)}."
