"""Work that takes long: a few pieces of it at once, so that light questions are answered meanwhile.

Python runs one thread at a time. Were every isochrone asked for worked on at once, each would slow
all the others and nothing else would get its turn; in a queue they end no later.
"""

import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


def at_once() -> int:
    """Return how many pieces of heavy work are done at once: one a core, two at least."""
    return max(2, os.cpu_count() or 1)


def install(app: FastAPI) -> None:
    """Give an application its limit."""
    app.state.heavy = anyio.CapacityLimiter(at_once())


class HeavyRoute(APIRoute):
    """An address whose answers wait for their turn to be made; sending them holds nobody up."""

    def get_route_handler(self) -> Answer:
        """Return the usual handler, behind the limit."""
        answer = super().get_route_handler()

        async def in_turn(request: Request) -> Response:
            async with limit(request):
                return await answer(request)

        return in_turn


def limit(request: Request) -> anyio.CapacityLimiter:
    """Return the limit of the application that a request is answered by."""
    limiter: anyio.CapacityLimiter = request.app.state.heavy
    return limiter


async def in_pieces(
    chunks: Iterator[bytes], limiter: anyio.CapacityLimiter
) -> AsyncIterator[bytes]:
    """Make a long file a chunk at a time, each in its turn, so that a slow reader holds up none."""
    turn = partial(anyio.to_thread.run_sync, next, chunks, None, limiter=limiter)
    while (chunk := await turn()) is not None:
        yield chunk
