"""The last results of questions that are asked again and again."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """Keeps the last `most` results by question, for all threads; what was not asked for longest falls out first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: dict[tuple[object, ...], Found] = {}

    def of(self, question: tuple[object, ...], compute: Callable[[], Found]) -> Found:
        """Return what is known of a question, or compute it; two threads may compute the same, which does no harm."""
        with self._lock:
            if question in self._known:
                self._known[question] = self._known.pop(question)
                return self._known[question]
        found = compute()
        with self._lock:
            self._known[question] = found
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return found
