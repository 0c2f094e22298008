"""Values made on first use and shared between threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Once(Generic[T]):
    """A value that one thread makes when it is first asked for, and that all share."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []

    def __call__(self) -> T:
        """Return the value, making it first where nobody has."""
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]


class Memo(Generic[K, T]):
    """The latest ``size`` answers by question; a question asked twice at once is worked once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[K, Future[T]] = OrderedDict()

    def get(self, key: K, make: Callable[[], T]) -> T:
        """Return the answer to ``key``; ``make`` finds it where it is not known.

        An exception is raised to everyone who waited for it, and is not remembered.
        """
        answer, is_ours = self._claim(key)
        if not is_ours:
            return answer.result()
        try:
            answer.set_result(make())
        except BaseException as error:
            self._forget(key)
            answer.set_exception(error)
            raise
        return answer.result()

    def _claim(self, key: K) -> tuple[Future[T], bool]:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key], False
            answer = self._answers[key] = Future()
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)
            return answer, True

    def _forget(self, key: K) -> None:
        with self._lock:
            self._answers.pop(key, None)
