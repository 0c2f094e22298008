"""The field's engines beside ours: the same questions on the same streets in the same run."""

from typing import Any


def run() -> list[dict[str, Any]]:
    """Measure everything that can be measured here; one row says what could not."""
    from bench.peers.beside import rows  # noqa: PLC0415 - the peers' Python imports no more than this

    return rows()
