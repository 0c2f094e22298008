"""The register of English education authorities."""

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.errors import ConfigError

REGISTER = Path(__file__).parent / "authorities.csv"


@dataclass(frozen=True, slots=True)
class Authority:
    """One English authority with education functions.

    Attributes:
        la_code_dfe: the Department for Education's three digits.
        la_code: the GSS code in force in 2025 (``E06…`` to ``E10…``).
        name: as the Department writes it.
        region: one of the nine English regions.
        street_extract: path of the public street extract that covers it, below the
            extract publisher's ``england/`` folder, without ``-latest.osm.pbf``.
    """

    la_code_dfe: str
    la_code: str
    name: str
    region: str
    street_extract: str


@cache
def authorities() -> tuple[Authority, ...]:
    """Return every authority, by name."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return tuple(sorted((Authority(**row) for row in csv.DictReader(file)), key=_by_name))


def _by_name(authority: Authority) -> str:
    return authority.name.casefold()


def find_authority(text: str) -> Authority:
    """Return the authority with this name, DfE code or GSS code.

    Raises:
        ConfigError: there is none; the hint names the nearest.
    """
    wanted = text.strip().casefold()
    for authority in authorities():
        if wanted in (authority.name.casefold(), authority.la_code_dfe, authority.la_code.lower()):
            return authority
    names = {authority.name.casefold(): authority.name for authority in authorities()}
    near = [names[name] for name in difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)]
    near += [name for key, name in names.items() if wanted in key and name not in near]
    raise ConfigError(
        f"no English education authority is called {text!r}",
        hint=f"did you mean {', '.join(near[:3])}?" if near else "`atlas region list` names all.",
    )
