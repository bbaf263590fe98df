"""Commands that die by kill -9 at a chosen step. Imports the dashboard once and forks one child per command.

Reads one request a line from standard input and answers each with the child's exit status (-9 where it was killed).
"""

import functools
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn


@dataclass(frozen=True)
class Point:
    """A step to die at: before, after or amid the nth call of a function, inside of another one if named."""

    function: str
    when: str
    nth: int = 1
    within: str = ""

    def __str__(self) -> str:
        inside = f"-in-{self.within.rpartition('.')[2]}" if self.within else ""
        return f"{self.when}-{self.function.rpartition('.')[2]}-{self.nth}{inside}"


def request(arguments: list[str], output: Path, point: Point | None = None, seconds: float | None = None) -> str:
    """Write a request: run these arguments and die at a point, or after so many seconds."""
    asked = {"arguments": arguments, "output": str(output), "point": point and asdict(point), "seconds": seconds}
    return json.dumps(asked) + "\n"


def _die() -> NoReturn:
    sys.stdout.flush()  # whatever was printed counts as reported
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("alive")


def _owner(function: str) -> tuple[Any, str]:
    """Return the module or class a dotted name stands in, and its name there."""
    path, _, name = function.rpartition(".")
    try:
        return importlib.import_module(path), name
    except ModuleNotFoundError:
        module, _, owner = path.rpartition(".")
        return getattr(importlib.import_module(module), owner), name


def _wrap(function: str, around: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    owner, name = _owner(function)
    original = owner.__dict__[name]
    inner = original.__func__ if isinstance(original, staticmethod) else original
    wrapped = functools.wraps(inner)(around(inner))
    setattr(owner, name, staticmethod(wrapped) if isinstance(original, staticmethod) else wrapped)


def _arm(point: Point) -> None:
    inside = [] if point.within else ["anywhere"]
    calls = iter(range(1, 1_000_000))

    def noting(inner: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any, **options: Any) -> Any:
            inside.append(point.within)
            try:
                return inner(*arguments, **options)
            finally:
                inside.pop()

        return noted

    def dying(inner: Callable[..., Any]) -> Callable[..., Any]:
        def doomed(*arguments: Any, **options: Any) -> Any:
            is_time = bool(inside) and next(calls) == point.nth
            if is_time and point.when == "before":
                _die()
            if is_time and point.when == "amid":  # half of the bytes are written
                path, content = arguments
                inner(path, content[: len(content) // 2])
                _die()
            result = inner(*arguments, **options)
            return _die() if is_time else result

        return doomed

    _wrap(point.function, dying)
    if point.within:
        _wrap(point.within, noting)


def _run(asked: dict[str, Any]) -> int:
    from dashboard.__main__ import main

    output = os.open(asked["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    if asked["point"]:
        _arm(Point(**asked["point"]))
    result = main(asked["arguments"])
    sys.stdout.flush()
    return result


def _serve() -> None:
    importlib.import_module("dashboard.__main__")
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_run(asked))
        if asked["seconds"] is not None:
            time.sleep(asked["seconds"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
