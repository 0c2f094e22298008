"""Places to ask for, and the slow way to answer."""

import numpy as np

from travel import Network, Snapped, snap, times_from


def places_near(network: Network, seed: int, n: int) -> Snapped:
    """Places beside streets; some share an edge, and some are nearer to each other than to it."""
    random = np.random.default_rng(seed)
    node = random.integers(0, network.n_nodes, n)
    x = network.x[node] + random.normal(0, 30, n)
    y = network.y[node] + random.normal(0, 30, n)
    x[1::5], y[1::5] = x[::5][: x[1::5].size] + 1.0, y[::5][: y[1::5].size]
    return snap(network, x, y)


def on_every_edge(network: Network, fraction: float = 0.5) -> Snapped:
    """A place on each edge, so far along it."""
    edge = np.arange(network.n_edges, dtype=np.int32)
    points = [point_along(network, e, fraction * network.length_m[e]) for e in edge]
    x, y = np.ascontiguousarray(np.transpose(points))  # as `snap` gives them
    return Snapped(x, y, edge, np.full(edge.size, fraction), np.zeros(edge.size))


def point_along(network: Network, edge: int, metres: float) -> tuple[float, float]:
    """The place so many metres from an edge's tail."""
    part = slice(network.shape_start[edge], network.shape_start[edge + 1])
    x, y, along_m = network.shape_x[part], network.shape_y[part], network.shape_m[part]
    return float(np.interp(metres, along_m, x)), float(np.interp(metres, along_m, y))


def one_by_one(
    network: Network, origins: Snapped, destinations: Snapped, limit_s: float
) -> np.ndarray:
    """Search from each origin by itself."""
    return np.array(
        [
            times_from(network, origins[i : i + 1], destinations, limit_s=limit_s).seconds
            for i in range(len(origins))
        ]
    )
