"""Values made on first use and shared between threads."""

import math
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
    """The latest answers by question; a question asked twice at once is worked once.

    Args:
        size: answers kept at most.
        most_bytes: what the answers kept may weigh together; the latest stays whatever it weighs.
        weigh: bytes of an answer.
    """

    def __init__(
        self,
        size: int,
        *,
        most_bytes: float = math.inf,
        weigh: Callable[[T], int] = lambda _: 0,
    ) -> None:
        self._size = size
        self._most_bytes = most_bytes
        self._weigh = weigh
        self._lock = threading.Lock()
        self._answers: OrderedDict[K, Future[T]] = OrderedDict()
        self._bytes: dict[K, int] = {}

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
        self._keep(key, answer)
        return answer.result()

    def _claim(self, key: K) -> tuple[Future[T], bool]:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key], False
            answer = self._answers[key] = Future()
            self._make_room()
            return answer, True

    def _keep(self, key: K, answer: Future[T]) -> None:
        with self._lock:
            if self._answers.get(key) is answer:  # not pushed out meanwhile
                self._bytes[key] = self._weigh(answer.result())
                self._make_room()

    def _make_room(self) -> None:
        while len(self._answers) > 1 and (
            len(self._answers) > self._size or sum(self._bytes.values()) > self._most_bytes
        ):
            oldest, _ = self._answers.popitem(last=False)
            self._bytes.pop(oldest, None)

    def _forget(self, key: K) -> None:
        with self._lock:
            self._answers.pop(key, None)
