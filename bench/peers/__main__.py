"""Make the peers' environment and what they prepare, so that `make bench ARGS=peers` is short."""

import sys

from bench.peers.environment import NoPeers, environment
from bench.peers.matrices import PROFILES
from bench.peers.places import leeds, region
from bench.peers.prepared import osrm_hierarchy, valhalla_tiles


def main() -> int:
    """Prepare every extract that is measured on, and say where it is kept."""
    try:
        print(f"environment: {environment().folder}")
        for place in (leeds("walk"), leeds("drive"), region("drive")):
            if place.extract.exists():
                print(f"{place.name}: {valhalla_tiles(place.extract)}")
                print(f"{place.name}: {osrm_hierarchy(place.extract, PROFILES[place.mode])}")
    except NoPeers as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
