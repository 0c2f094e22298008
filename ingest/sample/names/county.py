"""What counties, their authorities and districts are called; one list for the whole country."""

from dataclasses import dataclass
from functools import cache
from typing import Final
from zlib import crc32

import numpy as np

from ingest.sample.names.lists import words
from ingest.sample.names.places import PLACES
from ingest.sample.names.words import RIVERS, SEAS

FINE_CITIES: Final = words("""
    Hexborough Aldminster Ambercester Ardenbury Brenchester Brenminster Calchester Corminster
    Cransbury Culminster Dunminster Eldermere Elmchester Elminster Fenminster Halminster Aldermere
    Iselminster Loxborough Merminster Ravelmere Skelborough Staminster Thelminster Tolchester
    Velchester Wendlebury Wexchester Wexminster Saxborough
""")
CITY_ENDINGS: Final = words(
    "cester minster borough bury ham ley field stow stead mere port den hurst bourne holme don "
    "hithe over holt"
)
FINE_SHIRES: Final = tuple(
    f"{stem}shire"
    for stem in words("""
        Arden Arkel Brack Bramsley Brendle Callow Cawder Corven Cressel Dunner Elver Esker Farrow
        Fenner Galder Halver Harrow Haver Iver Kelder Kelver Lamble Larken Lavens Ludger Marl
        Sallow Mundle Nestle Orling Osmer Pellow Rallow Ravel Merrow Selmer Skel Tarling Thel
        Tolver Ulver Varrow Wend Wether Wexel Windle Wissel Yarl Yelver
    """)
)
SHIRE_ENDINGS: Final = words("ford ton wick by bridge worth well thorpe dale combe")


@dataclass(frozen=True, slots=True)
class AuthorityNames:
    """An authority and its districts, the one that looks to the sea first.

    Attributes:
        name: of the authority.
        districts: of the districts it is cut into; a city is its own.
        town: the county town, after which the shire is called; empty where it is not.
    """

    name: str
    districts: tuple[str, ...]
    town: str = ""


@dataclass(frozen=True, slots=True)
class CountyNames:
    """The names that hold for a whole county.

    Attributes:
        city: the city, its authority and its district.
        shire: the authority around the city.
        fringe: the authority in the west, which belongs to no city of this county.
        districts: the two districts of the shire, the eastern first.
        fringe_district: the district that the fringe lies in.
        county_town: the first town of the shire, empty where the shire is called after none.
        river: with its article left out: "Merrow" for the River Merrow.
        sea: what lies in the east, such as "Curlew Bay".
        streams: becks and brooks, none of them twice.
    """

    city: str
    shire: str
    fringe: str
    districts: tuple[str, str]
    fringe_district: str
    county_town: str
    river: str
    sea: str
    streams: tuple[str, ...]


def authority_names(seed: int, authority: int, counties: int) -> AuthorityNames:
    """Name an authority, the same in whichever county it is met.

    Args:
        seed: the sample's seed.
        authority: its number: of county ``i`` the city has ``2 i`` and the shire ``2 i + 1``;
            from ``2 counties`` on come those beyond the western edge.
        counties: how many counties the sample has.
    """
    outer = authority - 2 * counties
    if outer >= 0:
        return _shire(seed, counties + outer)
    county, is_shire = divmod(authority, 2)
    return _shire(seed, county) if is_shire else _city(seed, county)


def county_names(seed: int, county: int, *, fringe: int = -1, counties: int = 1) -> CountyNames:
    """Name a county.

    Args:
        seed: the sample's seed.
        county: its number.
        fringe: number of the authority in its west; the first beyond the edge where not given.
        counties: how many counties the sample has.
    """
    rng = _rng(seed, "county", county)
    beyond = authority_names(seed, fringe if fringe >= 0 else 2 * counties, counties)
    shire = authority_names(seed, 2 * county + 1, counties)
    river = _river(seed, county)
    return CountyNames(
        city=authority_names(seed, 2 * county, counties).name,
        shire=shire.name,
        fringe=beyond.name,
        districts=(shire.districts[0], shire.districts[1]),
        fringe_district=beyond.districts[0],
        county_town=shire.town,
        river=river,
        sea=f"{_one(rng, SEAS)} {_one(rng, ('Bay', 'Bay', 'Bight', 'Sound', 'Deep'))}",
        streams=_streams(rng, river),
    )


def _city(seed: int, county: int) -> AuthorityNames:
    name = _order(seed, "city")[county]
    return AuthorityNames(name, (name,))


def _shire(seed: int, number: int) -> AuthorityNames:
    name = _order(seed, "shire")[number]
    rng = _rng(seed, "shire", number)
    stem = name.removesuffix("shire")
    town = stem if stem in _in_groups(SHIRE_ENDINGS) else ""
    ways = (
        (f"East {name}", f"West {name}"),
        (f"Vale of {_river(seed, number)}", f"West {name}"),
        (f"Lower {town or stem}", f"{town or stem} Wolds"),
        (f"East {name}", f"{town or stem} Wolds"),
    )
    return AuthorityNames(name, ways[int(rng.integers(len(ways)))], town)


@cache
def _order(seed: int, kind: str) -> tuple[str, ...]:
    """Return all cities or shires there can be, shuffled; the finest come first."""
    rng = _rng(seed, kind)
    if kind == "city":
        fine, rest = FINE_CITIES, _in_groups(CITY_ENDINGS)
    else:
        fine, rest = FINE_SHIRES, tuple(f"{name}shire" for name in _in_groups(SHIRE_ENDINGS))
    others = [name for name in rest if name not in fine]
    return (*map(str, rng.permutation(fine)), *map(str, rng.permutation(others)))


@cache
def _in_groups(endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for ending in endings for name in PLACES[ending])


def _river(seed: int, county: int) -> str:
    turn, place = divmod(county, len(RIVERS))
    return str(_rng(seed, "river", turn).permutation(RIVERS)[place])


def _streams(rng: np.random.Generator, river: str) -> tuple[str, ...]:
    stems = [stem for stem in RIVERS if stem != river]
    kinds = ("Brook", "Beck", "Brook", "Stream", "Burn", "Water")
    return tuple(f"{stem} {_one(rng, kinds)}" for stem in rng.permutation(stems)[:12])


def _one(rng: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]


def _rng(seed: int, stage: str, number: int = 0) -> np.random.Generator:
    return np.random.default_rng([seed, number, crc32(f"names of {stage}".encode())])
