"""What stands beside the publishers' files: a note that all is made up, and the region file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.sample.files import (
    admissions,
    housing,
    own_counts,
    own_rolls,
    planning,
    school_leads,
)
from ingest.sample.files.series import Country, County, MadeUpAuthority, Series
from ingest.sample.files.truth import TRUTH

REGION_ID: Final = "sample"
BORDER_KM: Final = 5
OWN_FILES: Final = (
    own_rolls.SERIES,
    own_counts.SERIES,
    housing.SERIES,
    planning.OUTLINES,
    planning.SCHOOLS,
    admissions.LAST_DISTANCES,
    admissions.ORDER,
    admissions.AREAS,
    school_leads.SERIES,
)


def title(country: Country) -> str:
    """Say what the sample is of.

    >>> title(Country(1.0, 1, ()))
    'A made-up country of 0 counties'
    """
    shown = country.shown()
    if len(country.tiles) == 1:
        return f"{shown[0].name} and {shown[1].name}"
    return f"A made-up country of {len(country.tiles)} counties"


def region_text(country: Country) -> str:
    """Return the text of the region file."""
    shown = country.shown()
    codes = ",\n".join(f'  "{authority.la_code}"' for authority in shown)
    return f"""\
# Written by `atlas sample`: every place, school and person in it is made up.
id = "{REGION_ID}"
title = "{title(country)}"
la_codes = [
{codes},
]
made_up = true
border_km = {BORDER_KM}

[streets]
extracts = ["{REGION_ID}"]

[timetable]
feeds = ["{REGION_ID}"]

[own_files]
{own_files()}
{"".join(map(_new_authority, (*shown, *country.beside())))}"""


def own_files() -> str:
    """Name the files of the authorities' own, which lie in the folder of the publishers'."""
    by_source: dict[str, list[str]] = {}
    for series in OWN_FILES:
        by_source.setdefault(series.source, []).append(f'"{series.file}"')
    return "\n".join(f"{source} = [{', '.join(files)}]" for source, files in by_source.items())


def _new_authority(authority: MadeUpAuthority) -> str:
    return f"""
[[new_authorities]]
la_code_dfe = "{authority.la_code_dfe}"
la_code = "{authority.la_code}"
name = "{authority.name}"
"""


def readme_text(country: Country) -> str:
    """Return the note for whoever finds the folder."""
    return f"""\
MADE-UP DATA

{title(country)}

Every place, authority, school, street and person in this folder is made up. The files
look like those of the publishers whose series they imitate (Department for Education,
Office for National Statistics, Ordnance Survey, Ministry of Housing, Communities and Local
Government, OpenStreetMap), so that the atlas reads them like real ones; none of them comes
from these publishers.

Made by: atlas sample OUT --scale {country.scale:g} --seed {country.seed}
(1 is a county with a city, 270 is as large as England; the same scale and seed give the
same bytes.)

To build and look at it, in the folder that holds this one's files:

  ATLAS_REGIONS_DIR=. atlas build {REGION_ID} --mirror .
  ATLAS_REGIONS_DIR=. atlas serve {REGION_ID}

{TRUTH} holds the numbers that made it: how families choose, how cohorts move, what the next
five years will be. Tests and benchmarks read it; the atlas never does.
"""


def _no_part(county: County, folder: Path) -> None:
    """A county adds nothing: all that is said follows from the scale and the seed."""


def _join_readme(_: Sequence[Path], out: Path, country: Country) -> None:
    out.write_text(readme_text(country), encoding="utf-8", newline="\n")


def _join_region(_: Sequence[Path], out: Path, country: Country) -> None:
    out.write_text(region_text(country), encoding="utf-8", newline="\n")


README: Final = Series(source="", file="README.txt", part=_no_part, join=_join_readme)
REGION: Final = Series(source="", file=f"{REGION_ID}.toml", part=_no_part, join=_join_region)
