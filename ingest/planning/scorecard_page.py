"""The page ``docs/scorecard-accuracy.md``, written from the scorecards of school places.

Whoever gets a newer edition writes it anew from a folder of publishers' files::

    .venv/bin/python -m ingest.planning.scorecard_page FOLDER
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from config.authority import authorities
from config.settings import PROJECT_DIR
from ingest.planning.scorecard_record import MAKERS, PHASES, read_editions, record
from ingest.sources.scorecards import RELEASES
from planning.forecast.accuracy import nearer

PAGE: Final = PROJECT_DIR / "docs" / "scorecard-accuracy.md"
COMMAND: Final = ".venv/bin/python -m ingest.planning.scorecard_page"
TOO_FEW_SCHOOLS: Final = frozenset({"E09000001", "E06000053"})
"""City of London and Isles of Scilly: with a school or two, a family is an error of a per cent."""

WORDS: Final = {
    "authority": "the authorities' own forecasts",
    "same": "same as last year",
    "drift": "last year's change once more",
}
HEAD: Final = f"""# How far off authorities' forecasts have been

Written from the Department for Education's local authority school places scorecards (editions of
2022 to 2025, Open Government Licence v3.0) by `{COMMAND} FOLDER`;
a test holds it to the publisher's files. Errors of every single authority are in the table
`scorecard_record` of any build, and at `/api/v1/accuracy`.

The error is (forecast - actual) / actual on an authority's total of mainstream state schools:
reception to year 6 for primary, years 7 to 11 for secondary. Means and medians are of its size,
over all authorities but the City of London and the Isles of Scilly, which have a school or two.
*Nearer* counts the authorities of which the method was nearer to what came than the authority
itself.

**No more than totals was tested.** The scorecards print no year groups, so that cohort survival
(3:2:1 among it) cannot be tried on them; and they reach back only so far that last year's change
is not known three years ahead. Pupils of the school year 2022/23, which the edition of 2022 does
not print, follow from their growth since 2009/10, for authorities of which that gives whole pupils.

"""


def page(rows: pd.DataFrame) -> str:
    """Write the page from rows of ``scorecard_record``."""
    kept = rows[~rows["la_code"].isin(list(TOO_FEW_SCHOOLS)) & rows["error_ratio"].notna()]
    return HEAD + "\n".join(part for phase in PHASES for part in _of_phase(kept, phase)) + "\n"


def _of_phase(rows: pd.DataFrame, phase: str) -> Iterator[str]:
    of_phase = rows[rows["phase"] == phase]
    yield f"## {phase.title()}\n"
    yield "| forecast of | made in | years ahead | method | authorities | mean | median | nearer |"
    yield "|---|---|---|---|---|---|---|---|"
    keys = ["academic_year", "years_ahead"]
    for (year, ahead), group in of_phase.groupby(keys, sort=False):
        errors = group.pivot_table("error_ratio", "la_code", "made_by", dropna=False)
        for maker in MAKERS:
            if maker in errors.columns:
                about = f"| {year} | {group['made_in'].iloc[0]} | {ahead} | {WORDS[maker]} "
                yield about + _figures(errors, maker)
    yield ""


def _figures(errors: pd.DataFrame, maker: str) -> str:
    sizes = 100 * errors[maker].abs().dropna()
    cells = f"| {len(sizes)} | {sizes.mean():.2f} % | {sizes.median():.2f} % "
    if maker == "authority":
        return f"{cells}| |"
    won, of = nearer(errors[maker].to_numpy(float), errors["authority"].to_numpy(float))
    return f"{cells}| {won} of {of} |"


def rows_in(folder: Path) -> pd.DataFrame:
    """Return the record of the editions that lie in a folder of publishers' files."""
    files = [folder / "scorecards" / str(release.mirror_file) for release in RELEASES]
    return record(read_editions(files, authorities()), authorities())


if __name__ == "__main__":
    PAGE.write_text(page(rows_in(Path(sys.argv[1]))), encoding="utf-8")
