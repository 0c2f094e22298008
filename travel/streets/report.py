"""What became of an extract: what is in the network, what is not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.rules.verdict import Verdict
from travel.streets.extract import Extract

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

Named = tuple[tuple[str, str, str], ...]
"""``(rule, subject, what was found and done)``."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Ways left out for one reason.

    Attributes:
        ways: how many.
        metres: how long they are together.
    """

    ways: int
    metres: float


@dataclass(frozen=True, slots=True)
class WalkCoverage:
    """How much of what people may walk along counts as safe, and how well that is known.

    Attributes:
        metres: of ways open to people on foot.
        road_m: of those with motor traffic, from service roads up.
        pavement_mapped_m: of those of which it is mapped whether they have a pavement.
        lit_mapped_m: of those of which it is mapped whether they are lit.
        safe_m: of ways that count as safe; see `travel.rules.safe`.
    """

    metres: float
    road_m: float
    pavement_mapped_m: float
    lit_mapped_m: float
    safe_m: float

    @property
    def pavement_mapped_share(self) -> float:
        """Share of road of which it is mapped whether it has a pavement."""
        return self.pavement_mapped_m / max(self.road_m, 1.0)

    @property
    def lit_mapped_share(self) -> float:
        """Share of road of which it is mapped whether it is lit."""
        return self.lit_mapped_m / max(self.road_m, 1.0)

    @property
    def safe_share(self) -> float:
        """Share of ways that count as safe."""
        return self.safe_m / max(self.metres, 1.0)


@dataclass(frozen=True, slots=True)
class NetworkReport:
    """What became of an extract.

    Attributes:
        ways_read: ways in the extract.
        ways_kept: ways open to the mode; some may lie in a component left out.
        nodes: of the network.
        edges: of the network.
        metres: length of the network.
        left_out: ways closed to the mode, by reason, most metres first.
        barriers_closed: barriers on ways that stop people; the way ends on either side.
        components: parts of the open streets that are not connected, the kept one included.
        components_metres: length of the parts left out.
        ways_cut: ways of which the extract holds a part only.
        odd: ``(rule, subject, says)`` of tags and restrictions that cannot be taken as they are.
        traps: likewise, of streets that one-way streets lead into but not out of, or out of but
            not into; they are among the parts left out.
        walk: how much of a walking network counts as safe, and how well that is known; ``None``
            for other modes.
        turns_forbidden: pairs and longer runs of edges that a restriction forbids to drive one
            after the other.
    """

    ways_read: int
    ways_kept: int
    nodes: int
    edges: int
    metres: float
    left_out: dict[str, LeftOut]
    barriers_closed: int
    components: int
    components_metres: float
    ways_cut: int
    odd: Named
    traps: Named = ()
    turns_forbidden: int = 0
    walk: WalkCoverage | None = None


def ways_left_out(
    verdicts: Sequence[Verdict], judged_as: Ints, way_m: Floats
) -> dict[str, LeftOut]:
    """Count the ways that are closed, by reason, most metres first.

    Args:
        verdicts: of kinds of way.
        judged_as: the verdict of each way.
        way_m: length of each way.
    """
    ways = np.bincount(judged_as, minlength=len(verdicts))
    metres = np.bincount(judged_as, way_m, len(verdicts))
    counted: defaultdict[str, list[float]] = defaultdict(lambda: [0, 0.0])
    for verdict, n, length in zip(verdicts, ways.tolist(), metres.tolist(), strict=True):
        if verdict.reason and n:
            counted[verdict.reason][0] += n
            counted[verdict.reason][1] += length
    found = {reason: LeftOut(int(n), length) for reason, (n, length) in counted.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].metres, item[0])))


def worst(left_out: dict[str, LeftOut]) -> str:
    """Name the three reasons that most metres are left out for."""
    return ", ".join(f"{each.ways:,} {reason}" for reason, each in list(left_out.items())[:3])


def odd_tags(extract: Extract, verdicts: Sequence[Verdict], judged_as: Ints) -> Named:
    """Name every way with a tag that cannot be taken as it is, in the extract's order."""
    is_odd = np.array([bool(verdict.odd) for verdict in verdicts], np.bool_)
    which = np.flatnonzero(is_odd[judged_as])
    return tuple(
        ("odd-tag", f"way {way}: {key}={value}", says)
        for way, judged in zip(
            extract.way_id[which].tolist(), judged_as[which].tolist(), strict=True
        )
        for key, value, says in verdicts[judged].odd
    )


def open_squares(extract: Extract) -> Named:
    """Name squares that could not be read, since their outline has a gap."""
    says = "its outline does not close within the extract; the square is left out"
    return tuple(("squares close", f"relation {each}", says) for each in extract.squares_open)


def name_traps(
    way_id: npt.NDArray[np.int64], metres: Floats, says: str
) -> Iterator[tuple[str, str, str]]:
    """Name the ways of a kind of trap, each once, with the metres that are left out."""
    ways, at = np.unique(way_id, return_inverse=True)
    lengths = np.bincount(at, metres, ways.size)
    for way, length in zip(ways.tolist(), lengths.tolist(), strict=True):
        yield ("one-way trap", f"way {way}", f"{says}; {length:,.0f} m are left out")
