"""Builds that are killed: the atlas goes on from the old one, and the next run goes on too."""

import shutil
import signal

import pytest
import sqlalchemy as sa

from ingest.pipeline.reporter import Silent
from ingest.pipeline.steps import STEPS
from tests.builds.atlas import NEW, OLD, Atlas, change
from tests.builds.conftest import on_both_databases
from tests.support import dying
from tests.support.dying import Moment, killed

pytestmark = pytest.mark.long


@pytest.fixture
def atlas(place):
    running = Atlas(place)
    yield running
    running.served.close()


class Listener(Silent):
    def __init__(self):
        self.title, self.reused = "", []

    def started(self, title):
        self.title = title

    def finished(self, *, seconds, peak_mb, rows, is_reused):  # noqa: ARG002 - a Reporter is told so
        if is_reused:
            self.reused.append(self.title)


def _kill(place, moment):
    code = killed(
        moment,
        region=place.region,
        home=place.home,
        mirror=place.mirror,
        database_url=place.database_url,
    )
    assert code == -signal.SIGKILL, f"it was not killed when {moment}"


def _schemas(place):
    """Name the schemas of builds that the database holds, and what it shows for the region."""
    engine = sa.create_engine(place.database_url)
    with engine.connect() as connection:
        names = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'atlas\\_tiny\\_%'"
        schemas = set(connection.execute(sa.text(names)).scalars())
        shown = connection.execute(sa.text("SELECT name FROM tiny.school WHERE urn = 900002"))
        name = shown.scalar()
    engine.dispose()
    return schemas, name


def _is_tidy(place):
    """Say whether nothing is left but whole builds and whole results."""
    halves = [*place.builds.folder.glob(".*.part"), *place.builds.folder.glob(".*.gone")]
    return not halves and not list(place.builds.steps.glob("*/.*.part"))


def test_a_build_killed_at_every_step_changes_nothing_and_the_next_goes_on(place, atlas):
    first = place.builds.current()
    assert atlas.name() == OLD
    shutil.rmtree(place.home / "steps")
    change(place)
    for done, step in enumerate(STEPS):
        _kill(place, Moment(step=step.title, is_end=True))
        assert atlas.name() == OLD
        assert (place.builds.current(), place.builds.ids()) == (first, [first])
        assert len(list(place.builds.steps.glob("*/*/step.json"))) == done
    listener = Listener()
    place.build(listener)
    assert listener.reused == [step.title for step in STEPS[:-1]]
    assert atlas.name() == NEW
    assert _is_tidy(place)


@on_both_databases
@pytest.mark.parametrize(
    "moment",
    [
        Moment(step="Publishers' files"),
        Moment(step="Tables into the database"),
        Moment(table="school"),
        Moment(named=dying.BEFORE_MANIFEST),
        Moment(named=dying.BEFORE_NAMED),
        Moment(named=dying.BEFORE_USE),
        Moment(named=dying.BETWEEN),
    ],
    ids=str,
)
def test_until_a_build_is_in_use_the_old_one_answers_and_the_next_run_ends_it(place, atlas, moment):
    first = place.builds.current()
    change(place)
    assert atlas.name() == OLD
    _kill(place, moment)
    assert atlas.name() == OLD
    assert place.builds.current() == first
    place.build()
    assert atlas.name() == NEW
    assert _is_tidy(place)
    if place.database_url:
        schemas, shown = _schemas(place)
        assert len(schemas) == len(place.builds.ids())
        assert shown == NEW


@on_both_databases
@pytest.mark.parametrize("named", [dying.BEFORE_PRUNING, dying.IN_PRUNING])
def test_from_then_on_the_new_one_answers_and_the_next_run_tidies_up(place, atlas, named):
    for title in ("Tinier", "Tiniest", "Least"):
        place.region = place.region.model_copy(update={"title": title})
        place.build()
    change(place)
    _kill(place, Moment(named=named))
    assert atlas.name() == NEW
    place.build()
    assert _is_tidy(place)
    assert len(place.builds.ids()) == 3
    if place.database_url:
        schemas, shown = _schemas(place)
        assert (len(schemas), shown) == (3, NEW)
