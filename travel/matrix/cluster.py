"""Parts of a matrix found on a Dask cluster.

Every part is sent with the streets and homes within its reach, and its rows come back over the
same way: workers need the atlas installed, but share no disk with whoever asks. A part whose
worker dies is given to another.
"""

from __future__ import annotations

import pickle
from collections.abc import Generator, Sequence
from importlib import import_module
from typing import Any

from travel.errors import MatrixError
from travel.matrix.cutting import Cut, cut
from travel.matrix.parts import Part
from travel.matrix.problem import Problem
from travel.matrix.rows import Found, Worker

CONNECT_S = 15
"""Seconds to wait for the scheduler to answer."""

IDLE_S = 60
"""Seconds after which, if no part was done, it is asked whether there are workers at all."""

WAITING = 2
"""Parts in hand for each thread of the cluster."""

KEPT = "parts that are done are kept: run the same command again to go on."


def find_on_cluster(
    problem: Problem, parts: Sequence[Part], *, scheduler: str
) -> Generator[tuple[Part, Found]]:
    """Find parts on the workers of a scheduler, in the order in which they are done.

    Args:
        problem: the whole of it.
        parts: those to find.
        scheduler: its address, ``tcp://host:port``.

    Raises:
        MatrixError: there is no Dask here, no scheduler there, no worker, or a part cannot be
            found on any.
    """
    client = _client(scheduler)
    try:
        yield from _found(client, problem, parts)
    finally:
        client.close()


def solve(sent: bytes) -> Found:
    """Find all the rows of a part that was sent; runs on a worker."""
    part: Cut = pickle.loads(sent)  # noqa: S301 - sent by `find_on_cluster` over the cluster's way
    for streets in (part.problem.streets, part.problem.roads):
        for array in streets:
            array.flags.writeable = False  # as those of every network: one compiled search for all
    found = Worker(part.problem).find(0, part.problem.n_places)
    home = part.homes[found.home].astype(found.home.dtype)
    return Found(found.start, home, found.seconds, found.metres)


def _found(client: Any, problem: Problem, parts: Sequence[Part]) -> Generator[tuple[Part, Found]]:  # noqa: ANN401 - Dask is optional
    rest = iter(parts)
    running: dict[Any, Part] = {}
    while True:
        room = WAITING * max(1, sum(client.nthreads().values()))
        while len(running) < room and (part := next(rest, None)) is not None:
            sent = pickle.dumps(cut(problem, part.first, part.last))
            running[client.submit(solve, sent, pure=False)] = part
        if not running:
            return
        for future in _done(client, list(running)):
            yield running.pop(future), _result(future)


def _done(client: Any, running: list[Any]) -> list[Any]:  # noqa: ANN401 - Dask is optional
    """Wait until some are done."""
    distributed: Any = import_module("distributed")
    while True:
        try:
            with client.as_current():
                ended = distributed.wait(running, IDLE_S, "FIRST_COMPLETED")
            return list(ended.done)
        except TimeoutError:
            if not client.nthreads():
                raise MatrixError("the cluster has no worker left", hint=KEPT) from None


def _result(future: Any) -> Found:  # noqa: ANN401 - Dask is optional
    if future.status == "finished":
        found: Found = future.result()
        return found
    if future.status != "error":
        raise MatrixError(f"the scheduler lost a part: it is {future.status}", hint=KEPT)
    error = future.exception()
    if isinstance(error, ModuleNotFoundError):
        raise MatrixError(
            f"a worker of the cluster has no module {error.name}",
            hint="install this version of the atlas on every worker.",
        ) from error
    raise MatrixError(f"a part could not be found on the cluster: {error!r}", hint=KEPT) from error


def _client(scheduler: str) -> Any:  # noqa: ANN401 - Dask is optional
    try:
        dask: Any = import_module("dask")
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError:
        raise MatrixError(
            "there is no Dask here to speak to a cluster with",
            hint="install the atlas with its extra: pip install 'schools-atlas[cluster]'.",
        ) from None
    # A part is some megabytes of streets: that is meant, and no mistake to warn of.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "10 GB"})
    try:
        client = distributed.Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise MatrixError(
            f"no Dask scheduler answers at {scheduler}: {error}",
            hint="start one with `dask scheduler`, and workers with `dask worker`.",
        ) from error
    if not client.nthreads():
        client.close()
        raise MatrixError(
            f"the scheduler at {scheduler} has no workers",
            hint="start some: `dask worker ADDRESS`.",
        )
    return client
