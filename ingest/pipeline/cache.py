"""Runs a step unless its inputs are those of an earlier run, which then serves again."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from config.region import Region
from config.settings import PROJECT_DIR
from ingest.fetch import Fetched
from ingest.issues import IssueLog
from ingest.pipeline.builds import StepRecord
from ingest.pipeline.loaded import Loaded, write_loaded
from ingest.pipeline.meter import Meter
from ingest.pipeline.reporter import Reporter
from ingest.pipeline.results import keep_record, read_record
from ingest.pipeline.work import Files, Step, Work

ISSUES = "issues.json"
CODE = ("config", "ingest", "planning", "travel")
"""Packages whose code, when it changes, makes every step run again."""

NO_MATTER = frozenset({("config", "regions"), ("ingest", "sample")})
"""Folders in them that no step depends on: region files are in the key, samples are input."""


@cache
def code_key() -> str:
    """Return a digest of the code and declarations that builds depend on."""
    digest = hashlib.sha256()
    for package in CODE:
        for path in sorted((PROJECT_DIR / package).rglob("*")):
            below = path.relative_to(PROJECT_DIR)
            if path.suffix in (".py", ".csv", ".toml") and below.parts[:2] not in NO_MATTER:
                digest.update(below.as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def step_key(step: Step, region: Region, files: Files, keys: Mapping[str, str]) -> str:
    """Return a digest of everything a step's result depends on."""
    unheeded = {"contact", "title"} | (set() if step.heeds_planning else {"planning"})
    parts = {
        "code": code_key(),
        "step": step.id,
        "region": region.model_dump(mode="json", exclude=unheeded),
        "files": {
            source: [[file.receipt.sha256, file.receipt.release] for file in files[source]]
            for source in step.sources
        },
        "needs": {needed: keys[needed] for needed in step.needs},
    }
    if own := step.own_files(region):
        parts["own_files"] = [_digest_of(path) for path in own]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _digest_of(path: Path) -> str:
    """Return a digest of a file's contents; of one that is not there, nothing."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_cached(
    step: Step,
    key: str,
    *,
    region: Region,
    files: Files,
    folders: Mapping[str, Path],
    steps: Path,
    reporter: Reporter,
) -> tuple[Path, StepRecord]:
    """Run a step, or find the result of an earlier run.

    The result appears under its final name only when it is whole, so that a run that was
    broken off leaves nothing that looks like one. One that was damaged since is made again.

    Returns:
        The folder of the result and what it took.
    """
    final = steps / step.id / key
    reporter.started(step.title)
    if record := read_record(final):
        reused = replace(record, is_reused=True)
        reporter.finished(
            seconds=record.seconds, peak_mb=record.peak_mb, rows=record.rows, is_reused=True
        )
        return final, reused
    making = final.with_name(f".{key}.part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        record = _run(step, key, making, region, files, folders, reporter)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        reporter.failed()
        raise
    shutil.rmtree(final, ignore_errors=True)
    making.rename(final)
    reporter.finished(
        seconds=record.seconds, peak_mb=record.peak_mb, rows=record.rows, is_reused=False
    )
    return final, record


def issues_of(step: str, folder: Path) -> pd.DataFrame:
    """Read the issues that a step found."""
    return pd.DataFrame(json.loads((folder / ISSUES).read_text(encoding="utf-8"))).assign(step=step)


def _run(
    step: Step,
    key: str,
    out: Path,
    region: Region,
    files: Files,
    folders: Mapping[str, Path],
    reporter: Reporter,
) -> StepRecord:
    inputs = out / "inputs"
    work = Work(
        region=region,
        out=out,
        files={
            source: tuple(
                _under_own_name(file, inputs / source / str(number))
                for number, file in enumerate(files[source])
            )
            for source in step.sources
        },
        before={needed: folders[needed] for needed in step.needs},
        issues=IssueLog(),
        progress=reporter.progressed,
        receipts={source: tuple(file.receipt for file in files[source]) for source in step.sources},
    )
    meter = Meter()
    step.run(work)
    seconds, peak_mb = meter.seconds(), meter.peak_mb()
    shutil.rmtree(inputs, ignore_errors=True)
    write_loaded(out, _loaded(step, work))
    issues = work.issues.frame(step.id).to_dict("records")
    (out / ISSUES).write_text(json.dumps(issues), encoding="utf-8")
    record = StepRecord(
        step=step.id,
        title=step.title,
        seconds=round(seconds, 3),
        peak_mb=round(peak_mb, 1),
        rows=work.rows,
        is_reused=False,
        key=key,
    )
    keep_record(out, record)
    return record


def _loaded(step: Step, work: Work) -> dict[str, Loaded]:
    """Say what a step read of each series; one that another package reads is the step's own."""
    if len(step.sources) == 1 and work.files[step.sources[0]]:
        told = Loaded(work.rows, len(work.issues.issues))
        return {step.sources[0]: work.loaded.get(step.sources[0], told)}
    return work.loaded


def _under_own_name(file: Fetched, folder: Path) -> Path:
    """Show a stored file under its publisher's name, so that messages name what people know.

    The folder is the file's alone: a second file of one name must never be written through the
    first one's link into the store.
    """
    folder.mkdir(parents=True)
    shown = folder / file.receipt.file_name
    try:
        shown.symlink_to(file.path.resolve())
    except OSError:  # a system or user without symbolic links
        shutil.copyfile(file.path, shown)
    return shown
