"""Have OSRM answer a question list: `… ASKED ANSWERED`; see `asking`."""

from typing import Any

from asking import answer, timed
from osrm import OSRM, TableParameters

Question = dict[str, Any]
MOST = 5000
"""Places in one table."""


def engine(asked: Question) -> OSRM:
    """Open the contraction hierarchy."""
    return OSRM(
        storage_config=asked["streets"],
        algorithm="CH",
        use_shared_memory=False,
        max_locations_distance_table=MOST,
    )


def distances(asked: Question) -> dict[str, Any]:
    """Metres and seconds from each home to its places; nothing where unreachable."""
    opened = engine(asked)
    metres, seconds = [], []
    for home, places in zip(asked["homes"], asked["places"], strict=True):
        told = opened.Table(_table([home], places, ["duration", "distance"]))
        metres.append(_numbers(told["distances"][0]))
        seconds.append(_numbers(told["durations"][0]))
    return {"metres": metres, "seconds": seconds}


def tables(asked: Question) -> dict[str, Any]:
    """Seconds from each home to its places, and how long it takes to say."""
    opened = engine(asked)

    def times(home: int) -> Any:
        return opened.Table(_table([asked["homes"][home]], asked["places"][home], ["duration"]))

    homes = list(range(len(asked["homes"])))
    seconds = [_numbers(times(home)["durations"][0]) for home in homes]
    return {"seconds": seconds, "ms": timed(times, homes)}


def matrix(asked: Question) -> dict[str, Any]:
    """Time one large table."""
    opened = engine(asked)
    given = _table(asked["homes"], asked["places"], ["duration"])
    return {
        "ms": timed(opened.Table, [given]),
        "seconds": [_numbers(row) for row in opened.Table(given)["durations"]],
    }


def _table(sources: list[Any], targets: list[Any], annotations: list[str]) -> TableParameters:
    return TableParameters(
        coordinates=[(lon, lat) for lon, lat in [*sources, *targets]],
        sources=list(range(len(sources))),
        destinations=list(range(len(sources), len(sources) + len(targets))),
        annotations=annotations,
    )


def _numbers(row: Any) -> list[float | None]:
    return [None if each is None else float(each) for each in row]


answer({"distances": distances, "tables": tables, "matrix": matrix})
