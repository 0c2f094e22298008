"""The county as someone sees it who looks for places to put schools."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.sample.people.homes import Homes
from ingest.sample.people.needs import Bools, Floats, Land, Singles, Words
from ingest.sample.people.parameters import PARTS, Parameters
from ingest.sample.people.provision import NONE, Provision
from ingest.sample.people.years import FIRST_COHORT, RECEPTION

FULL_YEARS: Final = (2014, 2018)
"""Reception of these years: the children of the wave's peak."""
ESTATE_FULL_YEARS: Final = (2025, 2029)

THREE_TIER_FROM: Final = 170
"""Children a year that a district needs for middle schools and an upper school."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Homes, sites, and how far it is between them.

    Attributes:
        share: how much of a whole county it is.
        gaps: metres from each site (rows) to each postcode (columns), as the crow flies.
        children: who enter reception in a full year, by postcode.
        home_kind: kind of the small area, by postcode.
        home_three_tier: in the district with middle schools, by postcode.
        kind: of the small area, by site.
        part: by site.
        three_tier: in the district with middle schools, by site.
        affluence: of the small area, by site.
        hectares: by site.
        x: of the gate, by site.
        y: of the gate, by site.
    """

    share: float
    gaps: Singles
    children: Floats
    home_kind: Words
    home_three_tier: Bools
    kind: Words
    part: Words
    three_tier: Bools
    affluence: Floats
    hectares: Floats
    x: Floats
    y: Floats

    def free(self, schools: tuple[Provision, ...]) -> Bools:
        """Say which sites no school has, had or will have."""
        taken = {site for each in schools for site in (each.site, each.old_site, each.second_site)}
        return np.array([site not in taken for site in range(len(self.x))])

    def metres(self, site: int) -> Floats:
        """Return the way from one site to every site, as the crow flies."""
        return np.asarray(np.hypot(self.x - self.x[site], self.y - self.y[site]))

    def nearest_free(
        self, site: int, schools: tuple[Provision, ...], *, within_m: float = 1000.0
    ) -> int:
        """Return the free site of the same part that is nearest to a site, or ``NONE``."""
        fits = self.free(schools) & (self.part == self.part[site])
        metres = np.where(fits & (self.three_tier == self.three_tier[site]), self.metres(site), 1e9)
        nearest = int(metres.argmin())
        return nearest if metres[nearest] <= within_m else NONE


def ground_of(
    land: Land, homes: Homes, births: Floats, affluence: Floats, parameters: Parameters
) -> Ground:
    """Survey a county.

    Args:
        land: the county.
        homes: its homes.
        births: expected, by small area and cohort.
        affluence: by small area.
        parameters: who survives until reception.
    """
    postcodes, sites, areas = land.postcodes, land.sites, land.areas
    home_area, site_area = postcodes["area"].to_numpy(), sites["area"].to_numpy()
    reception = _reception(homes, births, parameters)
    weight = postcodes["households"].to_numpy(float).clip(0.01)
    weight /= np.bincount(home_area, weights=weight, minlength=len(areas))[home_area]
    three_tier = _three_tier(land, reception)
    kind, part = (areas[column].to_numpy(str) for column in ("kind", "part"))
    x, y = (sites[axis].to_numpy(float) for axis in "xy")
    east = x[:, None] - postcodes["x"].to_numpy(float)
    north = y[:, None] - postcodes["y"].to_numpy(float)
    return Ground(
        share=land.tile.share,
        gaps=np.hypot(east, north, dtype=np.float32, casting="same_kind"),
        children=reception[home_area] * weight,
        home_kind=kind[home_area],
        home_three_tier=three_tier[home_area],
        kind=kind[site_area],
        part=part[site_area],
        three_tier=three_tier[site_area],
        affluence=affluence[site_area],
        hectares=sites["hectares"].to_numpy(float),
        x=x,
        y=y,
    )


def _reception(homes: Homes, births: Floats, parameters: Parameters) -> Floats:
    """Return the children who enter reception in a full year, by small area."""
    survive = [np.prod(parameters.survival[part][: RECEPTION + 5]) for part in PARTS]
    first, last = (np.array(FULL_YEARS) - FIRST_COHORT).tolist()
    full = births[:, first : last + 1].mean(axis=1) * np.array(survive)[homes.part]
    first, last = (np.array(ESTATE_FULL_YEARS) - FIRST_COHORT).tolist()
    estate = births[:, first : last + 1].mean(axis=1)
    return np.asarray(np.where(np.array(homes.kind) == "new", estate, full))


def _three_tier(land: Land, reception: Floats) -> Bools:
    """Say which small areas lie in the one district of the shire that keeps middle schools."""
    areas = land.areas
    is_shire = areas["part"].to_numpy(str) == "shire"
    district = areas["district_code"].to_numpy(str)
    children = {name: reception[district == name].sum() for name in np.unique(district[is_shire])}
    large = {name: count for name, count in children.items() if count >= THREE_TIER_FROM}
    if len(children) == 1 or not large:
        return np.zeros(len(areas), bool)
    chosen = min(large, key=lambda name: (large[name], name))
    return np.asarray((district == chosen) & is_shire)
