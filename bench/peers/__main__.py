"""Make the peers' environment and what they prepare, so that `make bench ARGS=peers` is short."""

import sys

from bench.peers.environment import NoPeers, environment
from bench.peers.places import extracts
from bench.peers.prepared import osrm_hierarchy, valhalla_tiles


def main() -> int:
    """Prepare every extract that is measured on, and say where it is kept."""
    try:
        print(f"environment: {environment().folder}")
        for extract in extracts():
            print(f"{extract.name}: {valhalla_tiles(extract)}")
            print(f"{extract.name}: {osrm_hierarchy(extract, 'car')}")
            print(f"{extract.name}: {osrm_hierarchy(extract, 'foot')}")
    except NoPeers as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
