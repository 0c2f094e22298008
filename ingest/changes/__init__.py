"""What changed for readers from one build to another."""

from ingest.changes.change import Change, change_rows
from ingest.changes.compare import compare
from ingest.changes.reading import BuildTables, Figures, read_build

__all__ = [
    "BuildTables",
    "Change",
    "Figures",
    "change_rows",
    "compare",
    "read_build",
]
