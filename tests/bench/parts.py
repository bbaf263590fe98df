"""What is measured, part by part, and what it is held against."""

import contextlib
import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from tests.bench import asking, browsing, growth, servers
from tests.bench import hostile as hostile_files
from tests.bench import kills as killing
from tests.bench.report import Row

SESSIONS = 50
PACE = 10.0
MIB_AT_REST, MIB_A_SESSION = 300, 0.2
PROFILE_LINES = 40
MUTANTS, FUZZ_SECONDS = 100_000, 1800.0
KILLS = 200
FLAT_MIB = 8.0
"""By so much memory may differ over the second half of many reruns: the allocator's noise."""

STEEPEST_FLAT, STEEPEST_LINEAR = 0.1, 1.15
"""Exponents: a cost that does not grow with the history, and one that grows with it as it does."""

console = Console(stderr=True)


@dataclasses.dataclass
class Bench:
    """One run: what it may use, and what it has found so far."""

    house: Path
    scratch: Path
    rounds: int
    is_quick: bool
    factors: list[int]
    received: growth.Grown | None = None
    rows: list[Row] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    details: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def data_dir(self) -> Path:
        return self.scratch / "data-1"

    def ours(self, data_dir: Path | None = None) -> contextlib.AbstractContextManager[servers.Server]:
        return servers.ours(data_dir or self.data_dir, self.scratch / "ours.log", self.house)

    @contextlib.contextmanager
    def all_three(self) -> Iterator[list[servers.Server]]:
        """Run ours, the naive twin and the empty page side by side, idle but for the one that is asked."""
        with (
            self.ours() as ours,
            servers.naive(self.data_dir, self.scratch / "naive.log", self.house) as naive,
            servers.floor(self.scratch / "floor.log") as floor,
        ):
            asking.settle(ours)
            yield [ours, naive, floor]

    def add(self, part: str, what: str, unit: str, ours: float, **more: Any) -> None:
        self.rows.append(Row(part, what, unit, round(ours, 3), **more))


# --- the parts


def answers(bench: Bench) -> None:
    """Ask every server for other filters: time, CPU time and bytes of an answer."""
    with bench.all_three() as three:
        found = asking.ask_all(three, bench.rounds, 8 if bench.is_quick else 20)
    bench.details["answers"] = {name: dataclasses.asdict(one) for name, one in found.items()}
    new, again, naive, floor = (found[name] for name in ("ours", "ours again", "naive", "floor"))
    limit = min(12, naive.cpu_ms / 10)
    cpu = {"naive": naive.cpu_ms, "floor": floor.cpu_ms, "limit": limit, "target": "≤ 12 ms, ≤ naive / 10"}
    for what, ours in (("new filter", new), ("filter asked before", again)):
        bench.add("answer", f"{what}: time", "ms", ours.p50_ms, naive=naive.p50_ms, floor=floor.p50_ms)
        bench.add("answer", f"{what}: server CPU", "ms", ours.cpu_ms, **cpu)
        if ours.film_kb or ours.film_cpu_ms > 1:
            bench.add("answer", f"{what}: server CPU with its film", "ms", ours.cpu_ms + ours.film_cpu_ms, **cpu)
    for name, unit in (("film_ms", "ms"), ("film_cpu_ms", "ms"), ("film_kb", "kB")):
        if new.film_kb:
            bench.add("answer", f"film behind a new filter: {name}", unit, getattr(new, name))
    yardsticks = {"naive": naive.wire_kb, "floor": floor.wire_kb, "limit": 8}
    bench.add("answer", "filter: bytes on the wire", "kB", new.wire_kb, **yardsticks, target="≤ 8 kB")
    bench.add("answer", "filter: bytes unpacked", "kB", new.message_kb, naive=naive.message_kb, floor=floor.message_kb)
    if new.film_kb:
        bench.notes.append(
            "A film is an answer's other periods: fetched on opening, later for who uses the slider (1 in 10)."
        )
    bench.notes.append("Bytes on the wire are what the server sends: ours deflated, plain Streamlit's as they are.")


def load(bench: Bench) -> None:
    """Let many readers ask at once, and see what they cost in memory."""
    seconds = 5.0 if bench.is_quick else 20.0
    with bench.ours() as server:
        asking.settle(server)
        found = asking.load(server, SESSIONS, PACE, seconds)
        curve = asking.memory_over(server, 100 if bench.is_quick else 500, 50)
    with servers.naive(bench.data_dir, bench.scratch / "naive.log", bench.house) as server:
        naive = asking.load(server, SESSIONS, PACE, 5.0)
    bench.details["load"] = {"ours": dataclasses.asdict(found), "naive": dataclasses.asdict(naive)}
    bench.details["memory_over_reruns"] = [(done, dataclasses.asdict(memory)) for done, memory in curve]
    asked = f"{SESSIONS} sessions, {PACE:.0f} reruns/s"
    bench.add("load", f"{asked}: p50", "ms", found.p50_ms, naive=naive.p50_ms)
    bench.add("load", f"{asked}: p95", "ms", found.p95_ms, naive=naive.p95_ms, limit=60, target="≤ 60 ms")
    if found.films_missed:
        bench.notes.append(f"{found.films_missed} films were not answered within a minute under load.")
    bench.add("memory", "at rest, first page shown (RSS)", "MiB", found.before.rss, naive=naive.before.rss)
    yardsticks = {"naive": naive.with_sessions.rss, "limit": MIB_AT_REST + MIB_A_SESSION * SESSIONS}
    what = f"with {SESSIONS} sessions (RSS)"
    bench.add("memory", what, "MiB", found.with_sessions.rss, **yardsticks, target="≤ 300 + 0.2 a session")
    bench.add("memory", "one more session (RSS)", "MiB", found.mib_a_session, naive=naive.mib_a_session)
    middle, end = curve[len(curve) // 2], curve[-1]
    bench.add("memory", f"rise over all {end[0]} reruns (RSS)", "MiB", end[1].rss - curve[0][1].rss)
    what = f"rise over reruns {middle[0]} to {end[0]} (RSS)"
    bench.add("memory", what, "MiB", end[1].rss - middle[1].rss, limit=FLAT_MIB, target="flat")


def first(bench: Bench) -> None:
    """Start the server anew and be its first reader."""
    found: dict[str, list[float]] = {"ours": [], "naive": [], "started": []}
    for _ in range(1 if bench.is_quick else 3):
        with bench.ours() as server:
            found["ours"].append(asking.first_visit(server))
            found["started"].append(server.healthy_at - server.started_at)
        with servers.naive(bench.data_dir, bench.scratch / "naive.log", bench.house) as server:
            found["naive"].append(asking.first_visit(server))
    bench.details["first_visitor"] = found
    ours, naive, started = (median(found[name]) for name in ("ours", "naive", "started"))
    bench.add("first", "first visitor after start", "s", ours, naive=naive, limit=0.3, target="≤ 0.3 s")
    bench.add("first", "start until healthy", "s", started)


def browser(bench: Bench) -> None:
    """Be a reader with a browser."""
    with bench.all_three() as three, browsing.chromium() as chromium:
        kind = browsing.kinds_of(chromium, three[:1])["ours"]
        found = browsing.browse(chromium, three, 1 if bench.is_quick else bench.rounds, 4)
        with bench.ours() as new:
            first_load = browsing.first_load(chromium, new, kind)
    bench.details["browser"] = {name: dataclasses.asdict(one) for name, one in found.items()}
    ours, naive, floor = (found[name].medians() for name in ("ours", "naive", "floor"))

    def add(name: str, what: str, unit: str, limit: float | None, target: str, scale: float = 1) -> None:
        yardsticks = {who: one[name] / scale for who, one in (("naive", naive), ("floor", floor)) if name in one}
        limit = limit if limit is None else limit / scale
        bench.add("browser", what, unit, ours[name] / scale, limit=limit, target=target, **yardsticks)

    add("period_ms", "period change, all repainted", "ms", 130, "≤ 130 ms")
    add("period_bytes", "period change: bytes", "kB", 0, "0 bytes", 1000)
    add("period_cpu_ms", "period change: server CPU", "ms", 3, "≤ 3 ms")
    add("filter_ms", "filter change, all repainted", "ms", floor["filter_ms"] + 120, "≤ floor + 120 ms")
    add("filter_cpu_ms", "filter change: server CPU, until all is fetched", "ms", None, "")
    add("turn_ms", "page change, warm", "ms", 150, "≤ 150 ms")
    add("warm_ms", "warm load", "s", floor["warm_ms"] + 350, "≤ floor + 0.35 s", 1000)
    add("cold_ms", "cold load", "s", 0.45 * naive["cold_ms"], "≤ 0.45 × naive", 1000)
    add("slow_ms", "cold load at 10 Mbit/s + 20 ms", "s", 3000, "≤ 3 s", 1000)
    add("cold_bytes", "cold load: bytes", "MB", 2.5e6, "≤ 2.5 MB", 1e6)
    bench.add("browser", "cold load right after start", "s", first_load)
    drawn = "the page's own component" if kind.is_drawn_here else "st.plotly_chart, so a period change asks the server"
    bench.notes.append(f"Ours was drawn by {drawn}.")
    bench.notes.append(
        "Bytes of a load: HTTP as on the wire, WebSocket messages unpacked (CDP cannot see them deflated)."
    )


def grown(bench: Bench) -> None:
    """Receive histories of several lengths and open the page of each."""
    curve: list[dict[str, float]] = []
    for factor in bench.factors:
        data_dir = bench.scratch / f"data-{factor}"
        found = bench.received if factor == 1 else growth.grow(factor, data_dir, bench.scratch, bench.house)
        assert found is not None
        curve.append({**_grown_costs(found), **_page_costs(bench, data_dir)})
        console.print(f"  ×{factor}: {_said(curve[-1])}", highlight=False)
        if factor > 1:
            shutil.rmtree(data_dir)
    bench.details["growth"] = curve
    bench.notes += [f"history {_said(point)}" for point in curve]
    bench.notes.append("Growth is judged by CPU time, which a busy machine does not stretch, beyond the sample's own.")
    _judge_growth(bench, curve)


def _grown_costs(found: growth.Grown) -> dict[str, float]:
    return {
        "times": found.factor,
        "rows": found.rows,
        "receive_s": found.received.seconds,
        "receive_cpu_s": found.received.cpu_seconds,
        "build_s": found.built.seconds,
        "build_cpu_s": found.built.cpu_seconds,
        "peak_mib": max(found.received.peak_mib, found.built.peak_mib),
        "warehouse_mb": found.warehouse_mb,
    }


def _page_costs(bench: Bench, data_dir: Path) -> dict[str, float]:
    with bench.ours(data_dir) as server:
        started = server.healthy_at - server.started_at
        asking.settle(server)
        found = asking.ask_all([server], 2, 10 if bench.is_quick else 20)
        rss = server.memory().rss
    new, again = found["ours"], found["ours again"]
    return {
        "start_s": started,
        "new_ms": new.p50_ms,
        "new_cpu_ms": new.cpu_ms,
        "again_cpu_ms": again.cpu_ms,
        "wire_kb": new.wire_kb,
        "rss_mib": rss,
    }


def _said(point: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:,.4g}" for name, value in point.items())


def _judge_growth(bench: Bench, curve: list[dict[str, float]]) -> None:
    """Fit how costs grow. What receiving and building cost for the sample alone would hide how the rest grows."""
    rows = [point["rows"] for point in curve]
    for name in ("new_cpu_ms", "again_cpu_ms", "wire_kb"):
        if len(curve) > 1:
            value = growth.exponent(rows, [point[name] for point in curve])
            what = f"page: {name} against rows, exponent"
            bench.add("growth", what, "", value, limit=STEEPEST_FLAT, target="flat: ≤ 0.1")
    for name in ("receive_cpu_s", "build_cpu_s"):
        if len(curve) > 2:
            more = [point[name] - curve[0][name] for point in curve[1:]]
            value = growth.exponent([size - rows[0] for size in rows[1:]], more)
            what = f"{name} against rows, exponent"
            bench.add("growth", what, "", value, limit=STEEPEST_LINEAR, target="linear: ≤ 1.15")


def profile(bench: Bench) -> None:
    """Say where the server's time goes while it answers new filters."""
    output = bench.scratch / "profile.json"
    with servers.sampled(bench.data_dir, bench.scratch / "ours.log", bench.house, output) as server:
        asking.settle(server)
        asking.ask_all([server], bench.rounds, 20)
    found = json.loads(output.read_text("utf-8"))
    bench.details["profile"] = found
    for what in ("with_callees", "itself"):
        shares = [f"{100 * count / found['samples']:.0f} % {name}" for name, count in found[what][:PROFILE_LINES]]
        bench.notes.append(f"profile, {what}:\n    " + "\n    ".join(shares))


def hostile(bench: Bench) -> None:
    """Ask for the map while hostile files are read beside it."""
    with bench.ours() as server:
        asking.settle(server)
        found = hostile_files.disturb(server, 5.0 if bench.is_quick else 30.0)
    bench.details["hostile"] = dataclasses.asdict(found)
    bench.add("hostile", "map page p95, nothing else read", "ms", found.alone_p95_ms)
    bench.add("hostile", f"map page p95, {found.files_read} hostile files read", "ms", found.disturbed_p95_ms)
    bench.add("hostile", "ratio of both", "", found.ratio, limit=2, target="≤ 2 ×")


def fuzz(bench: Bench) -> None:
    """Read a hundred thousand mutants of real files, or as many as fit into the time."""
    found = hostile_files.fuzz(2_000 if bench.is_quick else MUTANTS, 20 if bench.is_quick else FUZZ_SECONDS)
    bench.details["fuzz"] = dataclasses.asdict(found)
    bench.add("fuzz", "mutants read", "", found.tried)
    bench.add("fuzz", "mutants a second", "", found.tried / found.seconds)
    bench.add("fuzz", "promises broken", "", len(found.faults), limit=0, target="none")
    bench.notes += [f"mutant {seed} of {name}: {what}" for name, seed, what in found.faults[:20]]


def kills(bench: Bench) -> None:
    """Kill commands at random moments: nothing reported is lost, nothing is half in."""
    found = killing.kill(20 if bench.is_quick else KILLS, bench.scratch)
    bench.details["kills"] = dataclasses.asdict(found)
    bench.add("kills", "commands killed", "", found.kills)
    bench.add("kills", "commands that ran to their end", "", found.finished)
    bench.add("kills", "files in, all verified", "", found.received)
    bench.add("kills", "promises broken", "", len(found.faults), limit=0, target="none")
    bench.notes += [f"kills: {fault}" for fault in found.faults[:20]]


PARTS: dict[str, Callable[[Bench], None]] = {
    "answers": answers,
    "load": load,
    "first": first,
    "browser": browser,
    "growth": grown,
    "profile": profile,
    "hostile": hostile,
    "fuzz": fuzz,
    "kills": kills,
}
USUAL = ("answers", "load", "first", "browser", "growth")
