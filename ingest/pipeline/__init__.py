"""Runs the steps of a build and keeps its results."""

from ingest.pipeline.build import build_region
from ingest.pipeline.builds import BuildMissing, Builds, Manifest, StepRecord
from ingest.pipeline.reporter import Reporter, Silent

__all__ = [
    "BuildMissing",
    "Builds",
    "Manifest",
    "Reporter",
    "Silent",
    "StepRecord",
    "build_region",
]
