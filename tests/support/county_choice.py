"""A made-up county's children, schools and counts, as an authority that counts them has them."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from ingest.sample.people import supply
from ingest.sample.people.births import expected_births
from ingest.sample.people.choice import minutes, possible
from ingest.sample.people.homes import homes_of
from ingest.sample.people.lives import live
from ingest.sample.people.market import ANY_SEX, CRITERIA, FAITH, SCORE, STREET, year_index
from ingest.sample.people.parameters import Parameters
from ingest.sample.people.provision import NONE
from ingest.sample.people.years import FIRST_COHORT
from ingest.sources.own_counts import safe
from planning.choice.fit import Counts
from planning.choice.market import Kind, Market
from planning.choice.model import Options
from tests.support.sample_land import PlainNames, make_land

SMALLEST = 5
"""The smallest count that the authority tells."""

YEAR = 2024
YEARS = tuple(range(YEAR - 4, YEAR + 1))
"""Years in which pupils of years 7 to 11 entered year 7."""

FIRST_YEAR_GROUP = 7
"""That secondary schools begin with, unless they begin with the youngest."""

BY_SCORE = -1.0
"""Last distance of a school that goes by a score instead."""

HOMES_AN_AREA = 5


class County:
    """A county of full size, its schools and the lives of its children."""

    def __init__(self, seed):
        self.land = make_land(1.0, seed=seed)
        homes = homes_of(self.land)
        rng = np.random.default_rng(seed)
        births = expected_births(homes, rng)
        self.market = supply(self.land, homes, births, PlainNames(), Parameters()).market
        self.lives = live(homes, births, self.market, rng)

    def truth(self, year_group, names):
        weights = self.market.parameters.weights(year_group)
        return np.array([getattr(weights, name) for name in names])

    def first_preferences(self, year_group, *, children):
        """Return what some families named first, and what they weighed, before any admission."""
        found = self.lives.enrolments[year_group]
        take = np.random.default_rng(0).permutation(len(found.children))[:children]
        take = take[found.wishes[take, 0] != NONE]
        some, first = found.children.take(take), found.wishes[take, 0]
        serving = self.market.serves(year_group).any(axis=1) & self.market.is_chosen
        columns = np.flatnonzero(serving)
        can = possible(some, columns, year_group, self.market)
        named = {
            name: values
            for name, values in self._attributes(some, columns, year_group).items()
            if (np.ptp(np.where(can, values, values[:, :1]), axis=1) > 0).any()
        }
        pupils = np.zeros(can.shape)
        pupils[np.arange(len(some)), np.searchsorted(columns, first)] = 1
        options = Options(
            school=np.tile(np.arange(len(columns)), (len(some), 1)),
            is_option=can,
            attributes=np.stack(list(named.values())),
            journey=np.zeros(can.shape),
            admits=np.ones((1, len(columns)), bool),
            kind_share=np.ones(1),
        )
        return tuple(named), options, Counts(pupils, np.zeros(can.shape, bool))

    def _attributes(self, children, columns, year_group):
        market = self.market
        faith = market.faith[columns]
        is_own = faith == children.faith[:, None]
        leads = market.comes_from[columns]
        parts = {
            "minute": minutes(children, columns, year_group, market),
            "popularity": market.popularity[columns].T[year_index(children.cohort, year_group)],
            "own_faith": (faith > 0) & is_own,
            "other_faith": (faith > 0) & ~is_own,
            "midway": ~market.admits_at(year_group)[columns],
            "linked": (leads != NONE) & (leads == children.before[:, None]),
            "independent": market.is_independent[columns],
            "affluence": market.is_independent[columns] * market.affluence[children.area][:, None],
            "selective": market.is_selective[columns],
            "single_sex": market.only_sex[columns] != ANY_SEX,
        }
        shape = is_own.shape
        return {name: np.broadcast_to(part, shape).astype(float) for name, part in parts.items()}


@dataclass(frozen=True)
class Published:
    """What an authority publishes of the secondary schools of a county.

    Attributes:
        market: homes, schools, and last distances offered in the five years.
        attributes: what families weigh, as ``options_of`` takes them.
        counts: pupils of years 7 to 11 by small area and school, small ones suppressed.
    """

    market: Market
    attributes: dict
    counts: Counts


def published(county):
    """Publish counts and last distances; areas of which some go to middle schools are left out."""
    market = county.market
    serving = market.serves(7)[:, YEARS[0] - 7 - FIRST_COHORT :].any(axis=1) & market.is_chosen
    columns = np.flatnonzero(serving & ~market.is_independent)
    entered = market.admits_at(7)[columns]
    counts, areas = _counts(county, columns, entered)
    columns = columns[entered]
    postcodes = county.land.postcodes["area"].to_numpy()
    households = county.land.postcodes["households"].to_numpy(float)
    homes = [_some(np.flatnonzero(postcodes == area), households) for area in areas]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in homes])])
    rows, gates = np.concatenate(homes), market.ways.now[columns]
    way = market.ways.minutes[rows][:, gates].astype(float)
    by_street = market.criterion[columns] == CRITERIA.index(STREET)
    metres = np.where(
        by_street, market.ways.street_m[rows][:, gates], market.ways.crow_m[rows][:, gates]
    )
    kinds, of_faith = _kinds(county, columns, postcodes[rows])
    known = Market(
        starts=starts,
        metres=metres,
        cut_off=np.stack([_cut_offs(county, columns, year) for year in YEARS]),
        left=np.stack([_left(county, columns, year) for year in YEARS]),
        minutes=way,
        kinds=kinds,
        named=np.array(market.parameters.secondary.preferences, float),
    )
    faith = market.faith[columns]
    own = (faith > 0) & (faith == of_faith[:, None])
    popularity = market.popularity[columns].T[
        [year_index(np.array(y - 7 - FIRST_COHORT), 7) for y in YEARS]
    ]
    attributes = {
        "minute": way[:, None, None],
        "popularity": popularity[None, :, None].astype(float),
        "own_faith": own[None, None].astype(float),
        "other_faith": ((faith > 0) & ~own)[None, None].astype(float),
        "selective": market.is_selective[columns][None, None, None].astype(float),
        "single_sex": (market.only_sex[columns] != ANY_SEX)[None, None, None].astype(float),
    }
    return Published(known, attributes, counts)


def _some(postcodes, households):
    """Return postcodes of an area that stand for equal parts of its households."""
    reached = np.cumsum(households[postcodes])
    parts = (np.arange(HOMES_AN_AREA) + 0.5) / HOMES_AN_AREA
    return postcodes[np.searchsorted(reached, parts * reached[-1])]


def _counts(county, columns, entered):
    rolls = county.lives.rolls
    now = rolls.take(
        (rolls.academic_year == YEAR) & (rolls.year_group >= 7) & (rolls.year_group <= 11)
    )
    now = now.take(np.isin(now.school, columns))
    cells = pd.DataFrame({"home_code": now.area, "urn": now.school, "pupils": now.pupils})
    cells = cells.groupby(["home_code", "urn"], as_index=False)["pupils"].sum()
    told = safe(cells.assign(academic_year="2024/25", phase="secondary"), smallest=SMALLEST)
    shape = (len(county.land.areas), len(columns))
    at = (told["home_code"].to_numpy(), np.searchsorted(columns, told["urn"]))
    pupils, at_most = np.zeros(shape), np.zeros(shape)
    pupils[at] = told["pupils"].astype("Float64").fillna(0)
    is_hidden = told["pupils"].isna().to_numpy()
    hidden = (at[0][is_hidden], at[1][is_hidden])
    at_most[hidden] = told["at_most"].astype("Float64").fillna(np.inf)[is_hidden]
    suppressed = np.zeros(shape, bool)
    suppressed[hidden] = True
    middle = (pupils + suppressed)[:, ~entered].sum(axis=1)
    everybody = (pupils + suppressed).sum(axis=1)
    areas = np.flatnonzero((everybody > 0) & (middle < 0.05 * everybody))
    # Of the pupils of an all-through school some chose it at the age of four: no count of it says
    # how many chose it at eleven.
    is_through = entered & (county.market.first[columns] < FIRST_YEAR_GROUP)
    pupils[:, is_through], suppressed[:, is_through], at_most[:, is_through] = 0, True, np.inf
    use = np.ix_(areas, np.flatnonzero(entered))
    return Counts(pupils[use], suppressed[use], at_most[use], at_least=1), areas


def _offers(county, columns, year):
    """Return offers to those who named a school, and its places."""
    found, cohort = county.lives.enrolments[7], year - 7 - FIRST_COHORT
    named = (found.children.cohort == cohort) & (found.rank != NONE)
    offers = np.bincount(found.school[named], minlength=len(county.market))[columns]
    return offers, found.places[columns, cohort]


def _left(county, columns, year):
    """Return the places for those sent: none at schools that choose by a test."""
    offers, places = _offers(county, columns, year)
    return np.where(county.market.is_selective[columns], 0.0, places - offers)


def _cut_offs(county, columns, year):
    """Return the last distance offered by each school, infinite where it had places left."""
    market, found = county.market, county.lives.enrolments[7]
    cohort = year - 7 - FIRST_COHORT
    cut = np.full(len(columns), np.inf)
    is_full = np.less_equal(*reversed(_offers(county, columns, year)))
    this = found.children.cohort == cohort
    for at, column in enumerate(columns):
        here = this & (found.school == column)
        if not is_full[at]:
            continue
        if market.criterion[column] == CRITERIA.index(SCORE):
            cut[at] = BY_SCORE
            continue
        by_distance = here & (found.rank != NONE)
        if market.criterion[column] == CRITERIA.index(FAITH):
            by_distance &= found.children.faith != market.faith[column]
        gate = market.ways.now[column]
        way = (
            market.ways.street_m
            if market.criterion[column] == CRITERIA.index(STREET)
            else market.ways.crow_m
        )
        cut[at] = way[found.children.postcode[by_distance], gate].max(initial=0)
    return cut


def _kinds(county, columns, areas):
    """Return girls and boys, by faith and test where a school asks: alike ones are put together.

    A census tells the faith of the children of an area, here that of each home.
    """
    children, market = county.lives.enrolments[7].children, county.market
    born = county.lives.born
    of_faiths = pd.crosstab(born.area, born.faith, normalize="index").loc[areas].to_numpy()
    only, faith = market.only_sex[columns], market.faith[columns]
    by_faith = market.criterion[columns] == CRITERIA.index(FAITH)
    by_test = market.criterion[columns] == CRITERIA.index(SCORE)
    enough = np.array([_last_score(county, columns[by_test], year) for year in YEARS])
    got = np.array([(children.score >= least).mean() for least in enough])
    passed = (children.score >= market.parameters.pass_score).mean()
    results = {(False, False): 1 - passed, (True, False): passed - got, (True, True): got}
    kinds = {}
    for sex, own, (has_passed, is_enough) in product((0, 1), (0, 1, 2), results):
        can = ((only == ANY_SEX) | (only == sex)) & (~market.is_selective[columns] | has_passed)
        share = (children.sex == sex).mean() * np.outer(
            of_faiths[:, own], np.broadcast_to(results[has_passed, is_enough], len(YEARS))
        )
        first = (by_faith & (faith == own)) | (by_test & is_enough)
        of_faith = own if own in faith else 0
        like = (of_faith, can.tobytes(), first.tobytes())
        before = kinds[like][0].share if like in kinds else 0.0
        kinds[like] = (Kind(before + share, can, first), of_faith)
    return [kind for kind, _ in kinds.values()], np.array([own for _, own in kinds.values()])


def _last_score(county, columns, year):
    """Return the last score with which schools offered a place: that of the test, if not full."""
    found, least = county.lives.enrolments[7], county.market.parameters.pass_score
    offers, places = _offers(county, columns, year)
    this = found.children.cohort == year - 7 - FIRST_COHORT
    full = columns[offers >= places]
    last = [found.children.score[this & (found.school == each)].min() for each in full]
    return max([least, *last])
