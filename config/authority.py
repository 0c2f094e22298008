"""The register of English education authorities."""

import csv
import difflib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from config.errors import ConfigError

REGISTER = Path(__file__).parent / "authorities.csv"

# Two boroughs were given new GSS codes in April 2025, when a few fields changed hands. Publishers
# moved at different times: the Department's register of May 2025 and ONS's LSOA and 2024 authority
# files have the old codes, ONS's 2025 wards and its list of active codes the new ones. The atlas
# uses the old ones throughout, as most files do; readers pass what they find through
# `register_code`. When the Department's register moves, swap the pairs here and in the CSV.
ALIASES: Final = MappingProxyType(
    {
        "E08000038": "E08000016",  # Barnsley
        "E08000039": "E08000019",  # Sheffield
    }
)
"""GSS codes that mean an authority of the register, to the code that the register uses."""

ENGLAND: Final = "E92000001"
"""GSS code of the whole country."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One English authority with education functions.

    Attributes:
        la_code_dfe: the Department for Education's three digits.
        la_code: the GSS code (``E06…`` to ``E10…``) that the Department's register used in
            May 2025; see `ALIASES` for two that ONS has changed since.
        name: as the Department writes it.
        region: one of the nine English regions; empty where a region file made the authority
            known and did not say.
        street_extract: path of the public street extract that covers it, below the
            extract publisher's ``england/`` folder, without ``-latest.osm.pbf``. One authority
            (Stockton-on-Tees) lies in two; their names are parted by a space. Empty for an
            authority that a region file made known.
    """

    la_code_dfe: str
    la_code: str
    name: str
    region: str
    street_extract: str = ""

    @property
    def street_extracts(self) -> tuple[str, ...]:
        """The public street extracts that together cover the authority; nearly always one."""
        return tuple(self.street_extract.split())


@cache
def authorities() -> tuple[Authority, ...]:
    """Return every authority, by name."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return tuple(sorted((Authority(**row) for row in csv.DictReader(file)), key=_by_name))


def _by_name(authority: Authority) -> str:
    return authority.name.casefold()


def register_code(la_code: str) -> str:
    """Return the GSS code by which the register knows an authority; others stay as they are.

    >>> register_code("E08000039"), register_code("E06000017")
    ('E08000019', 'E06000017')
    """
    return ALIASES.get(la_code, la_code)


def find_authority(text: str) -> Authority:
    """Return the authority with this name, DfE code or GSS code.

    Case and punctuation do not matter, nor does "City of" or "County of" after a comma.

    Raises:
        ConfigError: there is none; the hint names the nearest.
    """
    code = register_code(text.strip().upper())
    wanted = plain_name(text)
    for authority in authorities():
        if code in (authority.la_code_dfe, authority.la_code) or wanted == plain_name(
            authority.name
        ):
            return authority
    near = _near(wanted)
    raise ConfigError(
        f"no English education authority is called {text!r}",
        hint=f"did you mean {' or '.join(near)}?" if near else "`atlas region list` names all.",
    )


def _near(wanted: str) -> list[str]:
    """Name up to three authorities: those that hold the text as a word, then those like it."""
    names = {plain_name(authority.name): authority.name for authority in authorities()}
    holding = [key for key in names if wanted and f" {wanted} " in f" {key} "]
    like = difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)
    return [names[key] for key in dict.fromkeys([*holding, *like])][:3]


def plain_name(name: str) -> str:
    """Return a name as names are compared: without case, punctuation and "City of" at its end.

    >>> plain_name("Bristol, City of"), plain_name("St. Helens"), plain_name("Brighton & Hove")
    ('bristol', 'st helens', 'brighton and hove')
    """
    name = re.sub(r", (city|county) of$", "", name.strip().casefold())
    return " ".join(re.findall(r"[a-z0-9]+", name.replace("&", " and ")))
