"""The truth behind the made-up data, for tests and benchmarks; the pipeline never reads it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from ingest.sample.files.differences import differences
from ingest.sample.files.pieces import append
from ingest.sample.files.series import Country, County, Series

TRUTH: Final = "truth.json"


def _part(county: County, folder: Path) -> None:
    names = county.names_of
    tile = county.tile
    whole = {
        "county": tile.index,
        "city": names(tile.city).name,
        "shire": names(tile.shire).name,
        **county.people.truth,
        "differences": differences(county),
    }
    text = json.dumps(whole, ensure_ascii=False, default=_plain, allow_nan=False)
    (folder / TRUTH).write_text(text, encoding="utf-8")


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever the numbers are
    """Return numpy's numbers as Python's."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _join(parts: Sequence[Path], out: Path, country: Country) -> None:
    """Write one object whose last member lists the counties, without holding them all."""
    head = {"made_up": True, "scale": country.scale, "seed": country.seed}
    with out.open("wb") as file:
        file.write(json.dumps(head).removesuffix("}").encode() + b', "counties": [\n')
        for number, part in enumerate(parts):
            file.write(b",\n" if number else b"")
            append(file, [part / TRUTH])
        file.write(b"\n]}\n")


SERIES: Final = Series(source="", file=TRUTH, part=_part, join=_join)
