"""The phase of places, as an authority's own files have it."""

from typing import Final

from ingest.own.declare import Column

PHASES: Final = dict.fromkeys(("primary", "p"), "primary") | dict.fromkeys(
    ("secondary", "s"), "secondary"
)
PHASE: Final = Column(
    name="phase",
    says="Which part of schooling: primary or secondary.",
    kind="choice",
    choices=PHASES,
    required=True,
    example="primary",
)
