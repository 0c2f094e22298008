"""How long a step took and how much memory it held."""

import os
import sys
import time
from pathlib import Path

CLEAR_REFS = Path("/proc/self/clear_refs")
STATUS = Path("/proc/self/status")
_RESET_PEAK = "5"
_KB_PER_MB = 1024


class Meter:
    """Measures from its making on.

    On Linux the peak is the step's own; elsewhere it is the process's since its start, and 0
    where the system does not tell.
    """

    def __init__(self) -> None:
        self._started = time.perf_counter()
        if os.access(CLEAR_REFS, os.W_OK):
            CLEAR_REFS.write_text(_RESET_PEAK)

    def seconds(self) -> float:
        """Return wall-clock seconds since the start."""
        return time.perf_counter() - self._started

    def peak_mb(self) -> float:
        """Return the highest resident memory since the start, in MB of 2^20 bytes."""
        if STATUS.is_file():
            for line in STATUS.read_text().splitlines():
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / _KB_PER_MB
        return _peak_of_process_mb()


def _peak_of_process_mb() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource  # noqa: PLC0415 - not there on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _KB_PER_MB if sys.platform != "darwin" else peak / _KB_PER_MB**2
