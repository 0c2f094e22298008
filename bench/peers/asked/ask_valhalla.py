"""Have valhalla answer a question list: `… ASKED ANSWERED`; see `asking`."""

from typing import Any

from asking import answer, timed
from valhalla import Actor

Question = dict[str, Any]

ON_FOOT = {
    "walking_speed": 4.8,
    "maneuver_penalty": 0,
    "gate_penalty": 0,
    "gate_cost": 0,
    "destination_only_penalty": 0,
    "service_penalty": 0,
    "service_factor": 1,
    "step_penalty": 0,
    "elevator_penalty": 0,
    "walkway_factor": 1,
    "sidewalk_factor": 1,
    "alley_factor": 1,
    "driveway_factor": 1,
    "use_tracks": 1,
    "use_living_streets": 0.5,
    "use_hills": 1,
}
"""The quickest walk, whatever it is like; by itself valhalla prefers some ways to others."""

COSTING: dict[str, Question] = {
    "walk": {"costing": "pedestrian", "costing_options": {"pedestrian": ON_FOOT}},
    "drive": {"costing": "auto"},
}


def actor(asked: Question) -> Actor:
    return Actor(asked["settings"])


def place(lon_lat: list[float]) -> dict[str, float]:
    return {"lon": lon_lat[0], "lat": lon_lat[1]}


def distances(asked: Question) -> dict[str, Any]:
    """Metres and seconds from each home to its places; nothing where unreachable."""
    engine = actor(asked)
    metres, seconds = [], []
    for home, places in zip(asked["homes"], asked["places"], strict=True):
        told = engine.matrix(_matrix(asked, [home], places))["sources_to_targets"]
        metres.append([None if km is None else km * 1000 for km in told["distances"][0]])
        seconds.append(told["durations"][0])
    return {"metres": metres, "seconds": seconds}


def tables(asked: Question) -> dict[str, Any]:
    """Seconds from each home to its places, and how long it takes to say."""
    engine = actor(asked)

    def times(home: int) -> list[float | None]:
        given = _matrix(asked, [asked["homes"][home]], asked["places"][home])
        seconds: list[float | None] = engine.matrix(given)["sources_to_targets"]["durations"][0]
        return seconds

    homes = list(range(len(asked["homes"])))
    return {"seconds": [times(home) for home in homes], "ms": timed(times, homes)}


def bands(asked: Question) -> dict[str, Any]:
    """Time the bands around each home."""
    engine = actor(asked)
    return {"ms": timed(lambda home: _bands(engine, asked, home), asked["homes"])}


def band_and_times(asked: Question) -> list[dict[str, Any]]:
    """Outline one band around each home; and the seconds to places strewn about it."""
    engine = actor(asked)
    found = []
    for home, places in zip(asked["homes"], asked["places"], strict=True):
        told = engine.matrix(_matrix(asked, [home], places))["sources_to_targets"]["durations"][0]
        (feature,) = _bands(engine, asked, home)["features"]
        found.append({"seconds": told, "outline": feature["geometry"]})
    return found


def _matrix(asked: Question, sources: list[Any], targets: list[Any]) -> Question:
    return {
        "sources": [place(each) for each in sources],
        "targets": [place(each) for each in targets],
        "verbose": False,
        **COSTING[asked["mode"]],
    }


def _bands(engine: Actor, asked: Question, home: list[float]) -> Question:
    bands: Question = engine.isochrone(
        {
            "locations": [place(home)],
            "contours": [{"time": minutes} for minutes in asked["minutes"]],
            "polygons": True,
            "generalize": 0,
            **COSTING[asked["mode"]],
        }
    )
    return bands


answer({"distances": distances, "tables": tables, "bands": bands, "band_and_times": band_and_times})
