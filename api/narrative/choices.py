"""What is said of modelled catchments and of the chance of an offer: never as a promise."""

import math
from collections.abc import Sequence
from typing import Final

from config.plurals import counted

ENTRY_WORDS: Final = {"R": "reception"}
NEARLY_ALL_PCT: Final = 99.5
NOT_KNOWN: Final = (
    "Whether the child has a sibling at the school, is or was looked after, has a medical or "
    "social need, or a plan that names the school: these go first.",
    "Whether the family meets a faith criterion, a parent works at the school, or the child comes "
    "from a school linked to it.",
    "Which schools the family names and in which order, and which families move in or away.",
    "How the authority measures to the metre: the point of the home and the gate that it takes.",
)
"""What may decide and is not known."""

CATCHMENT_METHOD: Final = (
    "A model of which schools families choose, by the journey, who may go there, how much schools "
    "are wanted, and borders. Shares under half a per cent are left out where nobody was counted. "
    "It is no admission area, and gives nobody a priority."
)


def off_by_sentence(phase: str, median_m: float, schools: int, *, is_left_out: bool) -> str:
    """Say how far off modelled last distances were.

    Args:
        phase: primary or secondary.
        median_m: between modelled and published ones.
        schools: that were compared.
        is_left_out: whether the schools' surroundings were left out of the fit.

    >>> off_by_sentence("primary", 532.2, 16, is_left_out=False)
    'For primary schools, half of the modelled last distances were within 532 m of the newest \
published one (16 schools).'
    >>> off_by_sentence("primary", 612.0, 16, is_left_out=True)
    'For primary schools, half of the modelled last distances were within 612 m of the newest \
published one (16 schools), modelled without what is known around the school and of its offers.'
    """
    without = ", modelled without what is known around the school and of its offers"
    return (
        f"For {phase} schools, half of the modelled last distances were within "
        f"{metres_words(median_m)} of the newest published one "
        f"({counted(schools, 'school', 'schools')}){without if is_left_out else ''}."
    )


def sure_sentence(right_pct: float) -> str:
    """Say how often a chance of nearly all or nearly nothing came as said.

    >>> sure_sentence(93.2)
    'Where it was sure of an offer or of a refusal (nine times in ten), it was right 93 % of the \
time.'
    """
    return (
        "Where it was sure of an offer or of a refusal (nine times in ten), it was right "
        f"{per_cent(right_pct)} of the time."
    )


def metres_words(metres: float) -> str:
    """Say a distance as one reads it on a letter of refusal.

    >>> metres_words(480.2), metres_words(1320), metres_words(12_345)
    ('480 m', '1,320 m', '12.3 km')
    """
    return f"{metres / 1000:.1f} km" if metres >= 10_000 else f"{round(metres):,} m"  # noqa: PLR2004


def entry_words(year_group: str) -> str:
    """Say which year group is entered.

    >>> entry_words("R"), entry_words("7")
    ('reception', 'year 7')
    """
    return ENTRY_WORDS.get(year_group, f"year {year_group}")


def per_cent(share: float) -> str:
    """Write a share in whole per cents, and small ones as such.

    >>> per_cent(45.98), per_cent(0.4), per_cent(0), per_cent(99.7)
    ('46 %', 'under 1 %', '0 %', 'over 99 %')
    """
    if 0 < share < 1:
        return "under 1 %"
    if NEARLY_ALL_PCT <= share < 100:  # noqa: PLR2004 - the whole
        return "over 99 %"
    return f"{math.floor(share + 0.5)} %"


def outcome_words(outcome: str, metres: float | None) -> str:
    """Say how far places went in one year.

    >>> outcome_words("distance", 476.0), outcome_words("all", None)
    ('the last child lived 476 m away', 'every child who asked was offered a place')
    """
    if outcome == "distance" and metres is not None:
        return f"the last child lived {metres_words(metres)} away"
    return {
        "all": "every child who asked was offered a place",
        "none": "all places went to children with a priority",
    }.get(outcome, "places went by lot or by a test")


def chance_sentence(
    *,
    metres: float,
    year_group: str,
    chance_pct: float | None,
    drawn: tuple[int, int],
    published: tuple[int, int],
    lives: str = "anywhere",
    likely_m: tuple[float, float] | None = None,
) -> str:
    """Say how likely an offer is, and on what that rests.

    Args:
        metres: from home to school.
        year_group: entered.
        chance_pct: the chance; ``None`` where no year tells.
        drawn: modelled years with an offer, and all of them.
        published: likewise.
        lives: inside or outside the school's area of priority, or anywhere.
        likely_m: between which distances the last child is likely to live; left out: not told.

    >>> chance_sentence(metres=480, year_group="R", chance_pct=100.0, drawn=(9, 9),
    ...     published=(0, 0), likely_m=(300.0, 1200.0))
    'For reception: in 9 of 9 modelled years a child living 480 m away without other priority \
would have been offered a place. So far that was always near enough, which is no promise. By how \
far off such years were at other schools, in a year in which places run out the last child may \
well live anywhere from 300 m to 1,200 m away.'
    >>> chance_sentence(metres=480, year_group="R", chance_pct=70.0, drawn=(7, 10),
    ...     published=(0, 0))
    'For reception: in 7 of 10 modelled years a child living 480 m away without other priority \
would have been offered a place. That is a chance of about 70 %, and no promise.'
    >>> chance_sentence(metres=480, year_group="7", chance_pct=64.0, drawn=(2, 5),
    ...     published=(2, 2), lives="inside")
    "For year 7: in 2 of 5 modelled years and 2 of 2 published ones a child living 480 m away, \
inside the school's area of priority, without other priority would have been offered a place. \
That is a chance of about 64 %, and no promise."
    >>> chance_sentence(metres=480, year_group="7", chance_pct=None, drawn=(0, 0),
    ...     published=(0, 0))
    'For year 7: no distance tells who is offered a place, or none is known.'
    """
    entry = f"For {entry_words(year_group)}"
    if chance_pct is None:
        return f"{entry}: no distance tells who is offered a place, or none is known."
    where = "" if lives == "anywhere" else f", {lives} the school's area of priority,"
    years = [
        f"{yes} of {total} {word}"
        for (yes, total), word in (
            (drawn, "modelled years"),
            (published, "published one" if published[1] == 1 else "published ones"),
        )
        if total
    ]
    if not drawn[1]:
        years = [f"{published[0]} of {counted(published[1], 'published year', 'published years')}"]
    return (
        f"{entry}: in {' and '.join(years)} a child living {metres_words(metres)} away"
        f"{where} without other priority would have been offered a place. "
        f"{_no_promise(chance_pct)}{_likely(likely_m)}"
    )


def _likely(likely_m: tuple[float, float] | None) -> str:
    if likely_m is None:
        return ""
    low, high = (metres_words(each) for each in likely_m)
    return (
        " By how far off such years were at other schools, in a year in which places run out the "
        f"last child may well live anywhere from {low} to {high} away."
    )


def _no_promise(chance_pct: float) -> str:
    """Say what a chance comes to, and that it is none of a certainty.

    >>> _no_promise(64.0), _no_promise(100.0)
    ('That is a chance of about 64 %, and no promise.', 'So far that was always near enough, \
which is no promise.')
    >>> _no_promise(0.0)
    'So far that was never near enough; places that are given back may still be offered.'
    """
    if chance_pct >= 100:  # noqa: PLR2004 - the whole
        return "So far that was always near enough, which is no promise."
    if chance_pct <= 0:
        return "So far that was never near enough; places that are given back may still be offered."
    return f"That is a chance of about {per_cent(chance_pct)}, and no promise."


def catchment_sentence(
    name: str, areas: Sequence[tuple[str, float]], *, basis: str | None, right_pct: float | None
) -> str:
    """Say where a school's pupils are expected to come from.

    Args:
        name: of the school.
        areas: name of each small area and the share of the school's pupils who live there, the
            largest first.
        basis: fitted or default; ``None`` where nothing is modelled.
        right_pct: share of pupils that the model puts in the right school.

    >>> catchment_sentence("Elm School", [("Oakham 1A", 46.0), ("Oakham 1B", 20.0)],
    ...     basis="fitted", right_pct=63.2)
    'Modelled catchment of Elm School: of its pupils, 46 % are expected to live in Oakham 1A; half \
of them in 2 small areas. In areas left out of the fit, the model put 63 % of pupils in the right \
school.'
    >>> catchment_sentence("Elm School", [], basis=None, right_pct=None)
    'There is no modelled catchment of Elm School: open mainstream state schools have one.'
    """
    if basis is None or not areas:
        return f"There is no modelled catchment of {name}: open mainstream state schools have one."
    first, share = areas[0]
    half, so_far = 0, 0.0
    while so_far < 50 and half < len(areas):  # noqa: PLR2004 - half of a hundred
        so_far += areas[half][1]
        half += 1
    many = counted(half, "small area", "small areas")
    return (
        f"Modelled catchment of {name}: of its pupils, {per_cent(share)} are expected to live in "
        f"{first}; half of them in {many}. {_sure(basis, right_pct)}"
    )


def destinations_sentence(
    area: str,
    schools: Sequence[tuple[str, str, float]],
    *,
    basis: str | None,
    right_pct: float | None,
) -> str:
    """Say which schools an area's children are expected at.

    Args:
        area: its name.
        schools: phase, name and share of the area's pupils, the largest of each phase first.
        basis: fitted or default; ``None`` where nothing is modelled.
        right_pct: share of pupils that the model puts in the right school.

    >>> destinations_sentence("Oakham 1A", [("primary", "Elm School", 52.0)], basis="default",
    ...     right_pct=None)
    'Modelled for Oakham 1A: 52 % of primary pupils are expected at Elm School. What families \
weigh was learnt elsewhere: nobody counted here, or too few were.'
    >>> destinations_sentence("Oakham 1A", [], basis=None, right_pct=None)
    'Where the children of Oakham 1A go to school is not modelled.'
    """
    if basis is None or not schools:
        return f"Where the children of {area} go to school is not modelled."
    first: dict[str, tuple[str, float]] = {}
    for phase, name, share in schools:
        first.setdefault(phase, (name, share))
    told = [
        f"{per_cent(share)} of {phase} pupils are expected at {name}"
        for phase, (name, share) in first.items()
    ]
    return f"Modelled for {area}: {'; '.join(told)}. {_sure(basis, right_pct)}"


def _sure(basis: str, right_pct: float | None) -> str:
    if basis == "default":
        return "What families weigh was learnt elsewhere: nobody counted here, or too few were."
    if right_pct is None:
        return "How well the model tells is not known."
    return (
        f"In areas left out of the fit, the model put {per_cent(right_pct)} of pupils in the right "
        "school."
    )
