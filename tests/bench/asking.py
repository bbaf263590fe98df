"""What the server does for its readers, asked without a browser: answers, load, memory, the first visitor."""

import asyncio
import contextlib
import dataclasses
import random
import time
from collections.abc import Sequence
from statistics import median

from tests.bench.servers import Memory, Server
from tests.bench.sessions import Rerun, Session, another_choice, opened

IDLE_SECONDS = 0.5
QUIET_SECONDS = 45


@dataclasses.dataclass(frozen=True)
class Answers:
    """What changing a filter costs: medians over the reruns; CPU time and films as means of blocks of reruns.

    A film is the other periods of an answer, which the browser fetches behind it.
    """

    p50_ms: float
    cpu_ms: float
    wire_kb: float
    message_kb: float
    film_ms: float
    film_cpu_ms: float
    film_kb: float


@dataclasses.dataclass
class Asked:
    """Reruns collected round by round, with what they and their films cost on the average of each block."""

    reruns: list[Rerun] = dataclasses.field(default_factory=list)
    cpu_ms: list[float] = dataclasses.field(default_factory=list)
    films: list[tuple[float, float, float]] = dataclasses.field(default_factory=list)

    async def block(self, server: Server, seed: int, count: int) -> None:
        """Open a page and ask so many questions that follow from a seed, each film right after its answer."""
        chance = random.Random(seed)  # noqa: S311 - a choice of filters
        cpu = film_cpu = film_seconds = film_bytes = 0.0
        async with opened(server.address) as session:
            await session.run()
            await session.fetch_films()
            for _ in range(count):
                before = server.cpu_seconds()
                self.reruns.append(await session.choose(*another_choice(session, chance)))
                cpu, middle = cpu + server.cpu_seconds() - before, server.cpu_seconds()
                started = time.perf_counter()
                film_bytes += await session.fetch_films()
                film_seconds += time.perf_counter() - started
                film_cpu += server.cpu_seconds() - middle
        self.cpu_ms.append(1000 * cpu / count)
        self.films.append((1000 * film_seconds / count, 1000 * film_cpu / count, film_bytes / 1000 / count))

    def answers(self) -> Answers:
        film_ms, film_cpu_ms, film_kb = map(median, zip(*self.films, strict=True))
        return Answers(
            p50_ms=1000 * median(rerun.seconds for rerun in self.reruns),
            cpu_ms=median(self.cpu_ms),
            wire_kb=median(rerun.wire_bytes for rerun in self.reruns) / 1000,
            message_kb=median(rerun.message_bytes for rerun in self.reruns) / 1000,
            film_ms=film_ms,
            film_cpu_ms=film_cpu_ms,
            film_kb=film_kb,
        )


def settle(server: Server) -> None:
    """Wait until a server that has just started does nothing any more, such as compressing what it will serve."""
    deadline = time.monotonic() + QUIET_SECONDS
    before = server.cpu_seconds()
    while time.monotonic() < deadline:
        time.sleep(IDLE_SECONDS)
        now = server.cpu_seconds()
        if now - before < 0.02 * IDLE_SECONDS:
            return
        before = now


def ask_all(servers: Sequence[Server], rounds: int, count: int) -> dict[str, Answers]:
    """Ask every server in turn, round after round. Each question is asked twice: new, and by the next reader again.

    Keys are the servers' names, with " again" for the second asking.
    """
    asked: dict[str, Asked] = {}
    for seed in range(rounds):
        for server in servers:
            for name in (server.name, f"{server.name} again"):
                asyncio.run(asked.setdefault(name, Asked()).block(server, seed, count))
    return {name: one.answers() for name, one in asked.items()}


# --- many readers at once


@dataclasses.dataclass(frozen=True)
class Load:
    """Answers to many sessions that together ask at a fixed pace; late starts count as waiting."""

    sessions: int
    asked_a_second: float
    p50_ms: float
    p95_ms: float
    worst_ms: float
    films_missed: int
    before: Memory
    with_sessions: Memory
    after: Memory

    @property
    def mib_a_session(self) -> float:
        return (self.with_sessions.rss - self.before.rss) / self.sessions


def load(server: Server, sessions: int, pace: float, seconds: float) -> Load:
    """Open so many sessions, then let them ask `pace` questions a second in all, drawn from a seed."""
    return asyncio.run(_load(server, sessions, pace, seconds))


async def _load(server: Server, sessions: int, pace: float, seconds: float) -> Load:
    async with contextlib.AsyncExitStack() as stack:
        readers = [_Reader(await stack.enter_async_context(opened(server.address)), n) for n in range(sessions)]
        await readers[0].open()  # what the first visitor of all costs is no session's
        before = server.memory()
        for reader in readers[1:]:
            await reader.open()
        with_sessions = server.memory()
        started = time.perf_counter()
        waits = await asyncio.gather(
            *(readers[n % sessions].ask_at(started + n / pace) for n in range(round(pace * seconds)))
        )
        after = server.memory()
    missed = sum(reader.films_missed for reader in readers)
    waits = sorted(1000 * wait for wait in waits)
    p95 = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
    return Load(sessions, pace, median(waits), p95, waits[-1], missed, before, with_sessions, after)


class _Reader:
    """One of many sessions; it asks its next question only when the last one is answered."""

    def __init__(self, session: Session, seed: int) -> None:
        self._session, self._chance = session, random.Random(seed)  # noqa: S311 - a choice of filters
        self._busy = asyncio.Lock()
        # A browser fetches the film of the page it opens; later ones only for readers who use the slider: one in ten.
        self._plays = seed % 10 == 0
        self.films_missed = 0

    async def open(self) -> None:
        await self._session.run()
        await self._session.fetch_films()

    async def ask_at(self, moment: float) -> float:
        """Ask at a moment; return the seconds from then to the answer, however late the question could be asked."""
        await asyncio.sleep(moment - time.perf_counter())
        async with self._busy:
            await self._session.choose(*another_choice(self._session, self._chance))
        waited = time.perf_counter() - moment
        if self._plays:
            await self._fetch_film()
        return waited

    async def _fetch_film(self) -> None:
        """Fetch the film behind an answer, beside whatever is asked next."""
        try:
            await self._session.fetch_films()
        except TimeoutError:
            self.films_missed += 1


# --- memory over many reruns


def memory_over(server: Server, reruns: int, step: int) -> list[tuple[int, Memory]]:
    """Return the server's memory after every `step` reruns of one session, each with another question."""
    return asyncio.run(_memory_over(server, reruns, step))


async def _memory_over(server: Server, reruns: int, step: int) -> list[tuple[int, Memory]]:
    chance = random.Random(0)  # noqa: S311 - a choice of filters
    async with opened(server.address) as session:
        await session.run()
        curve = [(0, server.memory())]
        for done in range(step, reruns + 1, step):
            for _ in range(step):
                await session.choose(*another_choice(session, chance))
                await session.fetch_films()
            curve.append((done, server.memory()))
    return curve


def first_visit(server: Server) -> float:
    """Return the seconds from when a server said it is well to the end of its first reader's page."""
    asyncio.run(_visit(server))
    return time.perf_counter() - server.healthy_at


async def _visit(server: Server) -> None:
    async with opened(server.address) as session:
        await session.run()
