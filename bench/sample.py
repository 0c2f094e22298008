"""How long a made-up county takes to make, how much memory, and how both grow with its scale."""

import subprocess
import sys
import tempfile
from typing import Any

SCALES = (0.5, 1.0, 2.0, 4.0)

MAKING = """\
import resource, sys
from pathlib import Path
from ingest.sample.write import write_sample

made = write_sample(Path(sys.argv[1]), scale=float(sys.argv[2]), workers=1)
peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(made.seconds, peak_kb / 1024, made.size_bytes / 1e6, made.counts.street_nodes)
"""
"""One process of its own a scale, so that its peak of memory is its own; imports are left out."""


def run() -> list[dict[str, Any]]:
    """Make samples of several scales, one after another, each by one worker."""
    return [row for scale in SCALES for row in _measured(scale)]


def _measured(scale: float) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", MAKING, f"{folder}/sample", str(scale)],
            capture_output=True,
            text=True,
            check=True,
        )
    seconds, peak_mb, size_mb, nodes = map(float, made.stdout.split())
    name = f"sample of scale {scale:g}"
    return [
        {
            "name": f"{name}: made by one worker",
            "value": seconds,
            "unit": "s",
            "note": f"{seconds / scale:.1f} s a county; {size_mb:.1f} MB, {nodes:,.0f} junctions",
        },
        {"name": f"{name}: peak of memory", "value": round(peak_mb), "unit": "MB"},
    ]
