"""All changes from one build to another, in reading order."""

from collections.abc import Iterator, Mapping

from config.terms import ChangeKind
from ingest.changes.change import Change
from ingest.changes.reading import BuildTables
from ingest.changes.schools import school_changes
from ingest.changes.values import value_change


def compare(before: BuildTables, after: BuildTables) -> list[Change]:
    """Tell what is different for readers of ``after`` who knew ``before``.

    Returns:
        Changes by kind, in the order in which kinds are declared; schools by name, measures in
        reading order.
    """
    changes = [
        *_by_name(school_changes(before.schools(), after.schools(), after.successors())),
        *_values(before, after),
        *source_changes(before.releases(), after.releases()),
        *coverage_changes(before.covered_pct(), after.covered_pct()),
    ]
    order = list(ChangeKind)
    return sorted(changes, key=lambda change: order.index(change.kind))


def source_changes(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> Iterator[Change]:
    """Compare the newest releases of every series, given with its title by its id."""
    for source, (title, release) in sorted(after.items()):
        if source not in before:
            says = f"New series: {title}{_of(release)}."
            yield Change(
                kind=ChangeKind.SOURCE_NEW, source_id=source, after=release or None, says=says
            )
            continue
        was = before[source][1]
        if was != release:
            says = f"{title}: now{_of(release) or ' of another release'}, before{_of(was)}."
            yield Change(
                kind=ChangeKind.SOURCE_RELEASE,
                source_id=source,
                before=was or None,
                after=release or None,
                says=says,
            )
    for source in sorted(set(before) - set(after)):
        title, was = before[source]
        says = f"Series no longer there: {title}."
        yield Change(kind=ChangeKind.SOURCE_GONE, source_id=source, before=was or None, says=says)


def coverage_changes(before: float | None, after: float | None) -> Iterator[Change]:
    """Compare the share of postcodes that streets cover, in per cent."""
    if before is None or after is None or before == after:
        return
    yield Change(
        kind=ChangeKind.COVERAGE,
        before=f"{before:g}",
        after=f"{after:g}",
        says=f"Streets now cover {after:g} % of the postcodes, before {before:g} %.",
    )


def _values(before: BuildTables, after: BuildTables) -> Iterator[Change]:
    now = after.measure_ids()
    for measure in dict.fromkeys([*now, *before.measure_ids()]):
        change = value_change(measure, before.figures(measure), after.figures(measure))
        if change is not None:
            yield change


def _by_name(changes: Iterator[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.after or change.before or "", change.urn))


def _of(release: str) -> str:
    return f" of {release}" if release else ""
