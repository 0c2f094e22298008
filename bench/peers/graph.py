"""Our network as the plain graph that pandana, OSMnx, networkx and scipy are given."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from travel import Network
from travel.network import DECISECONDS


def write_graph(network: Network, path: Path) -> None:
    """Write junctions and the quickest arc between each two of them, as `.npz`.

    Turns are left out: these peers know none. Of parallel arcs only the quickest is kept, since
    scipy would add them up.
    """
    count = np.diff(network.arc_start.astype(np.int64))
    tail = np.repeat(np.arange(network.n_nodes), count)
    head = (network.arcs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    seconds = (network.arcs >> np.uint64(32)).astype(np.float64) / DECISECONDS
    order = np.lexsort((seconds, head, tail))
    tail, head, seconds = tail[order], head[order], seconds[order]
    is_first = np.ones(tail.size, np.bool_)
    is_first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    kept = is_first & (tail != head)
    np.savez(
        path,
        x=network.x,
        y=network.y,
        tail=tail[kept],
        head=head[kept],
        seconds=np.maximum(seconds[kept], 1 / DECISECONDS),
    )
