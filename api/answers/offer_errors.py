"""How far off modelled offers were: of what was fitted and what was left out, the worse counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from api.narrative.choices import off_by_sentence, sure_sentence
from api.schemas.choices import ChoiceAccuracy
from ingest.planning.offer_left_out import LEFT_OUT

MODELLED: Final = ("fitted", "default")
OF_OFFERS: Final = ("cut_off", "full", "offer", "sure")
"""How the names of what offers are judged by begin."""


@dataclass(frozen=True, slots=True)
class OfferErrors:
    """How far off modelled offers of one phase were.

    Attributes:
        phase: primary or secondary.
        median_m: between modelled and published last distances; ``None`` where not known.
        schools: that it rests on.
        is_left_out: whether it is that of schools whose surroundings were left out of the fit.
        factor: by which four in five published last distances were at most off.
        sure_right_pct: of the offers that it was sure of, those that came as said.
    """

    phase: str
    median_m: float | None
    schools: int
    is_left_out: bool
    factor: float | None
    sure_right_pct: float | None

    @property
    def words(self) -> str:
        """What it says, in words; nothing where nothing is known."""
        told = []
        if self.median_m is not None and self.schools:
            told.append(
                off_by_sentence(
                    self.phase, self.median_m, self.schools, is_left_out=self.is_left_out
                )
            )
        if self.sure_right_pct is not None:
            told.append(sure_sentence(self.sure_right_pct))
        return " ".join(told)


def offer_errors(accuracy: Iterable[ChoiceAccuracy], phase: str) -> OfferErrors:
    """Return how far off offers of a phase were.

    What is shown is modelled with all that is known; of schools that were left out of that, the
    error is told where it is the larger one.
    """
    own = [each for each in accuracy if each.phase == phase]
    seen, left_out = _of(own, MODELLED), _of(own, (LEFT_OUT,))
    by, schools = "cut_off_median_m", "cut_offs"
    is_left_out = left_out.get(by, -1.0) >= seen.get(by, -1.0) and by in left_out
    worse = left_out if is_left_out else seen
    return OfferErrors(
        phase,
        worse.get(by),
        round(worse.get(schools, 0.0)),
        is_left_out,
        _worse(seen, left_out, "cut_off_factor_80", max),
        _worse(seen, left_out, "sure_right_pct", min),
    )


def _of(rows: Sequence[ChoiceAccuracy], methods: Sequence[str]) -> dict[str, float]:
    return {
        each.judged_by: each.value
        for each in rows
        if each.choice_method in methods and each.value is not None
    }


def _worse(
    seen: dict[str, float],
    left_out: dict[str, float],
    by: str,
    worst: Callable[[Iterable[float]], float],
) -> float | None:
    known = [told[by] for told in (seen, left_out) if by in told]
    return worst(known) if known else None
