"""The bench itself, in a few seconds: its histories can be received, its sessions see what a page answers."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.settings import Settings
from dashboard.handing_in import gather
from dashboard.readers import read
from dashboard.receiving import Office
from tests.bench import growth, servers
from tests.bench.report import Row
from tests.bench.sessions import Rerun, another_choice, opened


def test_a_lengthened_history_has_days_of_its_own_as_many_as_were_asked() -> None:
    sample = list(growth.month_ends())
    days = growth.days_between(2970, sample)
    assert len(set(days)) == 2970
    assert set(days).isdisjoint(sample)


def test_a_lengthened_history_is_a_report_without_a_fault(tmp_path: Path) -> None:
    (path,) = growth.write_history(tmp_path, [date(2012, 1, 1), date(2024, 11, 29)])
    reading = read(path.read_bytes(), path.name)
    assert reading.findings == ()
    assert [slice_.as_of for slice_ in reading.slices] == [date(2012, 1, 1), date(2024, 11, 29)]
    assert len(reading.figures) == 2 * growth.PERIODS * 2 * 22 * 4


def test_a_session_changes_a_filter_and_counts_what_comes_back(tmp_path: Path) -> None:
    files = growth.write_history(tmp_path / "history", [date(2024, 1, 1), date(2024, 6, 1)])
    receipts = Office(Settings(data_dir=tmp_path / "data")).receive(
        gather(files, received_on=growth.RECEIVED_ON).batch, "測試"
    )
    assert not any(receipt.is_refused for receipt in receipts)
    with servers.ours(tmp_path / "data", tmp_path / "log") as server:
        before = server.cpu_seconds()
        # In a thread of its own: a browser test that ran here before leaves an event loop behind in the main one.
        with ThreadPoolExecutor(1) as thread:
            answer, chosen = thread.submit(lambda: asyncio.run(changed_population(server))).result()
        assert chosen == ("全體", "原住民")
        assert 0 < answer.wire_bytes < answer.message_bytes
        assert server.cpu_seconds() > before
        assert server.memory().rss > server.memory().pss > 50


async def changed_population(server: servers.Server) -> tuple[Rerun, tuple[str, str]]:
    async with opened(server.address) as session:
        await session.run()
        (population,) = (one for one in session.widgets.values() if one.key == "picker.population")
        before = session.chosen(population)
        answer = await session.choose(population, "原住民")
        assert {one.key for one in session.widgets.values()} >= {"picker.population", "picker.county"}
        widget, option = another_choice(session, random.Random(0))  # noqa: S311 - a choice of filters
        assert option in widget.options
        assert option != session.chosen(widget)
        return answer, (before, session.chosen(population))


def test_a_cost_that_doubles_with_its_size_is_linear_and_one_that_stays_is_flat() -> None:
    assert growth.exponent([1, 10, 100], [3, 30, 300]) == pytest.approx(1)
    assert growth.exponent([1, 10, 100], [7, 7, 7]) == pytest.approx(0)


def test_a_target_is_met_up_to_its_limit_and_without_one_there_is_nothing_to_meet() -> None:
    assert Row("answer", "time", "ms", ours=12, limit=12).is_met
    assert Row("answer", "time", "ms", ours=12.1, limit=12).is_met is False
    assert Row("answer", "time", "ms", ours=12).is_met is None
    assert Row("answer", "time", "ms", ours=10, naive=200).gain == 20
