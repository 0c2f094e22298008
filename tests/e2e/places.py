"""Where the tests go: found by asking the atlas, so that no name of the county is written down."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import product
from statistics import median
from typing import Any

import httpx

from tests.e2e.serving import answer

LETTERS = "ZYXWUTSRQPNLJHGFEDBA"
"""Letters that postcodes end in, the rarest first."""


@dataclass(frozen=True)
class Places:
    """Places of one atlas; those of the first authority, which in the made-up county is the city.

    Attributes:
        title: what its region is called.
        centre: longitude and latitude of the middle of the city.
        suburb: the same of a neighbourhood that half of all lie further out than.
        area: code of that neighbourhood.
        school: the largest secondary school.
        postcode: that school's, from which several schools can be walked to.
        begun: the same without its last two letters, as one types it.
        unknown: a postcode that begins so and is none.
    """

    title: str
    centre: tuple[float, float]
    suburb: tuple[float, float]
    area: str
    school: dict[str, Any]
    postcode: str
    begun: str
    unknown: str


@cache
def find_places(site: str) -> Places:
    """Ask an atlas for places to go to."""
    release = answer(site, "/release")
    la_code = release["authorities"][0]["la_code"]
    areas = answer(site, "/areas?kind=lsoa21&outside=false")["items"]
    own = [area for area in areas if area["parent_code"] == la_code]
    centre = (median(area["lon"] for area in own), median(area["lat"] for area in own))
    own.sort(key=lambda area: math.dist(centre, (area["lon"], area["lat"])))
    suburb = own[len(own) // 2]
    school = _largest_secondary(site, la_code)
    begun = school["postcode"][:-2]
    return Places(
        title=release["title"],
        centre=centre,
        suburb=(suburb["lon"], suburb["lat"]),
        area=suburb["area_code"],
        school=school,
        postcode=school["postcode"],
        begun=begun,
        unknown=_unknown(site, begun),
    )


def _largest_secondary(site: str, la_code: str) -> dict[str, Any]:
    schools = answer(site, f"/schools?phase=secondary&sector=state&la_code={la_code}")["items"]
    placed = (school for school in schools if school["postcode"] and school["is_covered"])
    return max(placed, key=lambda school: school["pupils"] or 0)


def _unknown(site: str, begun: str) -> str:
    for pair in product(LETTERS, repeat=2):
        postcode = begun + "".join(pair)
        response = httpx.get(f"{site}/api/v1/postcodes/{postcode}", timeout=30)
        if response.status_code == httpx.codes.NOT_FOUND:
            return postcode
    raise AssertionError(f"every postcode that begins with {begun} is in use")
