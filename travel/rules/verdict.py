"""What the rules of a mode make of one kind of way."""

from dataclasses import dataclass

STRESS_BITS = 0b111
"""Part of an edge's traits: level of traffic stress, 1 to 4; 0 where the mode has none."""

FOR_ACCESS = 0b1000
"""Part of an edge's traits: open only to those whose journey starts or ends along it."""

ROUNDABOUT = 0b1_0000
"""Part of an edge's traits: it goes round a roundabout."""

ROAD_CLASS_SHIFT = 5
"""The three bits of an edge's traits from here on say which class of road it is, 0 (no motor
traffic) to 7 (motorway); see `travel.rules.classes`. Every mode has them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one kind of way is travelled.

    Attributes:
        forward_kmh: pace in the direction the way is drawn; 0 where that is not allowed.
        backward_kmh: pace in the other direction.
        reason: why the way is left out; empty where it is not.
        odd: ``(key, value, what was done about it)`` of tags that cannot be taken as they are.
        traits: ``STRESS_BITS``, ``FOR_ACCESS`` and ``ROUNDABOUT``, added up; the class of road is
            added when a network is built.
        duration_s: seconds the whole way takes, which then set the pace; 0 where not said.
    """

    forward_kmh: float
    backward_kmh: float
    reason: str = ""
    odd: tuple[tuple[str, str, str], ...] = ()
    traits: int = 0
    duration_s: float = 0.0


def left_out(reason: str, odd: tuple[tuple[str, str, str], ...] = ()) -> Verdict:
    """Make the verdict on a way that is closed to the mode."""
    return Verdict(0.0, 0.0, reason, odd)
