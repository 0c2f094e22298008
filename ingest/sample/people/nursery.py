"""Children of three in schools' nursery classes."""

from typing import Final

import numpy as np

from ingest.sample.people.admission import deferred_acceptance
from ingest.sample.people.children import NOWHERE, Children
from ingest.sample.people.choice import gumbel
from ingest.sample.people.market import Market
from ingest.sample.people.needs import Ints
from ingest.sample.people.provision import NONE
from ingest.sample.people.years import COHORTS, FIRST_COHORT, NURSERY

NAMED: Final = 2


def in_nursery(children: Children, market: Market, rng: np.random.Generator) -> Ints:
    """Return the provision whose nursery class each child attends, or ``NOWHERE``.

    Some families ask at the two schools they like best, of those with a nursery class; the
    nearest children are admitted. Nobody who gets no place is sent elsewhere, and nobody has
    to stay for reception.
    """
    has_class = np.array([each.nursery_places > 0 for each in market.schools])
    columns = np.flatnonzero(has_class)
    found = np.full(len(children), NOWHERE, np.int32)
    asking = np.flatnonzero(
        (rng.random(len(children)) < market.parameters.nursery) & ~children.at_home
    )
    if not (len(columns) and len(asking)):
        return found
    some = children.take(asking)
    minutes = market.ways.minutes[some.postcode[:, None], market.ways.now[columns]]
    liking = np.float32(market.parameters.primary.minute) * minutes
    liking += gumbel(liking.shape, rng)
    years = some.cohort[:, None] + (FIRST_COHORT + NURSERY)
    is_open = (market.opens[columns] <= years) & (years < market.closes[columns])
    liking[~is_open] = -np.inf
    best = np.argsort(-liking, axis=1, kind="stable")[:, :NAMED]
    is_open = np.take_along_axis(is_open, best, axis=1)
    wishes = np.where(is_open, columns[best] * COHORTS + some.cohort[:, None], NONE)
    nearest = np.take_along_axis(minutes, best, axis=1) + some.luck[:, None]
    places = np.repeat([each.nursery_places for each in market.schools], COHORTS)
    got = deferred_acceptance(wishes.astype(np.int32), nearest.astype(float), places)
    slot = np.take_along_axis(wishes, np.maximum(got, 0)[:, None], axis=1)[:, 0]
    found[asking] = np.where(got != NONE, slot // COHORTS, NOWHERE)
    return found
