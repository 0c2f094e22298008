"""How the chance of an offer is come by, in words."""

from collections.abc import Sequence


def chance_method(worths: Sequence[tuple[str, float, bool]]) -> str:
    """Say how a chance is come by, and what it is not.

    Args:
        worths: by phase, how many published years all modelled ones count as, and whether that was
            found by holding them against the newest offers.

    >>> chance_method([("secondary", 2, False)])[-176:-93]
    'all modelled ones together as 2 (how near they come is not known here). It is an es'
    """
    return (
        "Families of the area were drawn many times, with what they are known to like; they named "
        "schools, and schools admitted by their criteria up to their admission number. In each "
        "year the last child admitted by distance lived so far off. Published years count one "
        f"each, all modelled ones together {_worth_words(worths)}. It is an estimate: no school "
        "or authority has made it, and what was far enough once may be too far next."
    )


def _worth_words(worths: Sequence[tuple[str, float, bool]]) -> str:
    """Say what modelled years count as, and why; phase by phase where that differs.

    >>> _worth_words([("primary", 10, True), ("secondary", 10, True)])
    'as 10 (of what was tried, that came nearest to the newest published offers)'
    >>> _worth_words([("primary", 5, True), ("secondary", 2, False)])
    'as 5 at primary schools (of what was tried, that came nearest to the newest published \
offers), as 2 at secondary schools (how near they come is not known here)'
    """
    why = {
        True: "(of what was tried, that came nearest to the newest published offers)",
        False: "(how near they come is not known here)",
    }
    if len({each[1:] for each in worths}) == 1:
        (_, years, is_judged), *_ = worths
        return f"as {years:g} {why[is_judged]}"
    return ", ".join(
        f"as {years:g} at {phase} schools {why[is_judged]}" for phase, years, is_judged in worths
    )
