"""Which open school the pupils of a closed one went to, followed from link to link."""

from collections import deque
from collections.abc import Mapping
from typing import Final

import pandas as pd

LINKS_AT_MOST: Final = 12
"""No chain of mergers and conversions is this long: more is a circle, or a mistake."""


def successions(links: pd.DataFrame) -> pd.DataFrame:
    """Follow the links of the register from every establishment to the last ones after it.

    Args:
        links: ``urn``, ``linked_urn`` and ``direction``, as in the ``school_link`` table. Links
            are used whichever of the two establishments names the other.

    Returns:
        Rows of the ``school_succession`` table: a row per establishment that has a successor and
        per last successor of it, with the number of links between them.
    """
    after = _successors(links)
    rows = [
        (urn, last, steps) for urn in sorted(after) for last, steps in sorted(_ends(urn, after))
    ]
    return pd.DataFrame(rows, columns=["urn", "successor_urn", "links"])


def _successors(links: pd.DataFrame) -> dict[int, set[int]]:
    """Return the establishments that came right after each one."""
    found: dict[int, set[int]] = {}
    for urn, linked, direction in zip(
        links["urn"].astype(int), links["linked_urn"].astype(int), links["direction"], strict=True
    ):
        if direction == "successor":
            found.setdefault(urn, set()).add(linked)
        elif direction == "predecessor":
            found.setdefault(linked, set()).add(urn)
    return found


def _ends(urn: int, after: Mapping[int, set[int]]) -> list[tuple[int, int]]:
    """Return the establishments at the ends of the chains from one, and how far each is."""
    distance = {urn: 0}
    waiting = deque([urn])
    while waiting:
        here = waiting.popleft()
        for following in after.get(here, ()):
            if following not in distance and distance[here] < LINKS_AT_MOST:
                distance[following] = distance[here] + 1
                waiting.append(following)
    return [(each, steps) for each, steps in distance.items() if steps and each not in after]
