"""Reads a school's oversubscription criteria, in an authority's words, as tiers of children."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag, StrEnum
from typing import Final


class Need(IntFlag):
    """What a criterion asks of a child; a criterion may ask for several at once."""

    NOTHING = 0
    LOOKED_AFTER = 1
    MEDICAL = 2
    STAFF = 4
    SIBLING = 8
    FAITH = 16
    LINKED = 32
    AREA = 64
    NEAREST = 128


class Order(StrEnum):
    """Who goes first among children who meet the same criterion."""

    STRAIGHT_LINE = "straight_line"
    WALKING_ROUTE = "walking_route"
    LOT = "lot"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a school.

    Attributes:
        needs: what a child must be; all of it.
        order: who goes first among those who are.
    """

    needs: Need
    order: Order = Order.STRAIGHT_LINE


BY_DISTANCE: Final = Criterion(Need.NOTHING)
USUAL: Final = (
    Criterion(Need.LOOKED_AFTER),
    Criterion(Need.MEDICAL),
    Criterion(Need.SIBLING),
    BY_DISTANCE,
)
"""Where a school's criteria are not known: what most authorities' own schools go by. Looked-after
children come first at every school (School Admissions Code 2021, 1.7)."""

USUAL_OF_FAITH: Final = (
    Criterion(Need.LOOKED_AFTER),
    Criterion(Need.FAITH | Need.SIBLING),
    Criterion(Need.FAITH),
    Criterion(Need.SIBLING),
    BY_DISTANCE,
)
"""The same of a school that may give priority by faith."""

_NOT_A_CRITERION: Final = re.compile(
    r"education,? health|\behc|applied late|late applica|not one of their preferred", re.IGNORECASE
)
"""Rows of published tables that are no criteria: named in a plan, late, or sent there."""

_PLACES_OUTSIDE: Final = re.compile(
    r"\b(outside|not resident|not live|do not live|not the nearest|without a brother)\b",
    re.IGNORECASE,
)
_NAMED_AFTER_A_CHURCH: Final = re.compile(r"(?<=\bboundary of )[^,;]*church\b", re.IGNORECASE)
_WORDS: Final = (
    (Need.LOOKED_AFTER, r"looked[ -]after|in care|\bp?lac\b"),
    (Need.MEDICAL, r"medical|social need|compelling need|sensitive family|exceptional"),
    (Need.STAFF, r"\bstaff\b"),
    (Need.SIBLING, r"sibling|brother or sister|brothers and sisters"),
    (
        Need.FAITH,
        r"catholic|church|faith|worship|baptis|christian|catechumen|orthodox|denominat|jewish"
        r"|synagogue|muslim|mosque|sikh|hindu",
    ),
    (Need.LINKED, r"feeder|linked|partner school|leads? to|named infant|named primary|key stage 1"),
    (
        Need.AREA,
        r"\bparish|catchment|admission area|priority area|within the (area|boundar)|"
        r"living within|resident (in|within)|living in|live within|live in|designated",
    ),
    (Need.NEAREST, r"is the nearest|nearest school"),
)
_ORDERS: Final = (
    (Order.WALKING_ROUTE, r"walking|shortest (safe )?route|by route|along the street"),
    (Order.LOT, r"\blots?\b|random|date of registration|order of registration|ballot"),
    (Order.SCORE, r"\bscore|\btest\b|ranking|aptitude|examination"),
)
_EVERYBODY: Final = re.compile(
    r"\b(any )?others?\b|distance|straight line|all children|all remaining|nearest"
    r"|whose parents wish|random|\blots?\b|ballot|registration|score|\btest\b",
    re.IGNORECASE,
)


_REMAINING: Final = re.compile(
    r"^\W*(any )?other (child|children)\b|whose parents (wish|want)", re.IGNORECASE
)


def read_criterion(words: str) -> Criterion | None:
    """Take a criterion's words for what it asks of a child and who goes first.

    Returns:
        Nothing where the words say nothing that is known.

    >>> read_criterion("Looked after and previously looked after children").needs
    <Need.LOOKED_AFTER: 1>
    >>> read_criterion("Distance from home to school by the shortest walking route").order
    <Order.WALKING_ROUTE: 'walking_route'>
    >>> read_criterion("Children with red hair") is None
    True
    """
    needs = Need.NOTHING
    told = _NAMED_AFTER_A_CHURCH.sub("", words)
    for need, pattern in _WORDS:
        if re.search(pattern, told, re.IGNORECASE):
            needs |= need
    is_outside = _PLACES_OUTSIDE.search(words)
    if is_outside:
        needs &= ~(Need.NEAREST if "nearest" in is_outside.group() else Need.AREA)
        if "brother" in is_outside.group():
            needs &= ~Need.SIBLING
    if _REMAINING.search(words) and not needs & Need.SIBLING:
        needs = Need.NOTHING
    if needs & Need.LOOKED_AFTER:
        needs &= Need.LOOKED_AFTER | Need.FAITH
    order = next(
        (each for each, pattern in _ORDERS if re.search(pattern, words, re.IGNORECASE)),
        Order.STRAIGHT_LINE,
    )
    if needs or is_outside or _EVERYBODY.search(words):
        return Criterion(needs, order)
    return None


@dataclass(frozen=True, slots=True)
class Read:
    """A school's criteria as far as their words are known.

    Attributes:
        criteria: in their order; the last is met by everybody.
        unknown: words that say nothing that is known; nobody is taken to meet them.
    """

    criteria: tuple[Criterion, ...]
    unknown: tuple[str, ...]


def read_criteria(words: Iterable[str]) -> Read:
    """Read a school's criteria, the one looked at first first.

    Whoever meets none of them goes last, by distance, as a school with places left must admit
    them all the same (School Admissions Code 2021, 1.6).
    """
    found, unknown = list[Criterion](), list[str]()
    for each in words:
        if _NOT_A_CRITERION.search(each):
            continue
        criterion = read_criterion(each)
        if criterion is None:
            unknown.append(each)
        else:
            found.append(criterion)
    if not any(each.needs is Need.NOTHING for each in found):
        found.append(BY_DISTANCE)
    return Read(tuple(found), tuple(unknown))
