"""How many published years all modelled ones count as, by how near modelled offers came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.assumptions import assumptions
from ingest.planning.offer_chances import DRAWN_WORTH


@dataclass(frozen=True, slots=True)
class DrawnWorth:
    """What modelled years count as in the chance of an offer.

    Attributes:
        years: published years that all of them count as.
        is_judged: it was found by holding them against the newest offers.
    """

    years: float
    is_judged: bool


def drawn_worth(accuracy: Iterable[Mapping[str, Any]], phase: str) -> DrawnWorth:
    """Return what modelled years of a phase count as.

    Args:
        accuracy: rows of ``choice_accuracy`` that hold for the school's authority.
        phase: primary or secondary.
    """
    for row in accuracy:
        if (row["phase"], row["judged_by"]) == (phase, DRAWN_WORTH) and row["value"] is not None:
            return DrawnWorth(float(row["value"]), is_judged=True)
    unjudged = assumptions("admissions")["drawn_worth_unjudged"].value
    return DrawnWorth(unjudged, is_judged=False)
