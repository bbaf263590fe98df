"""以某日所知: one switch for the whole dashboard, in the address, with a banner while it is not today's knowledge."""

from datetime import date

import pytest

from dashboard import questions
from dashboard.domain.kinds import Population
from dashboard.domain.periods import FullYear
from dashboard.exhibits import average_rate_map, review_reports
from dashboard.exhibits.maps import PLAIN
from dashboard.questions import Question
from tests.pages.visiting import Visit

RANKING = "group_ranking"
BEFORE, AFTER = "2023-12-19", "2024-01-15"
"""The average rates of 112年 were corrected in between."""


def banners(visit: Visit) -> list[str]:
    return [one.proto.body for one in visit.test.get("html") if "knowledge" in one.proto.body]


def test_today_needs_no_word_in_the_address_and_no_banner() -> None:
    visit = Visit()
    assert "known_on" not in visit.address
    assert not banners(visit)


def test_an_earlier_day_stands_in_the_address_with_a_banner_and_on_every_exhibit() -> None:
    visit = Visit(RANKING, known_on=BEFORE, year="112")
    assert visit.address["known_on"] == BEFORE
    assert "以112年12月19日所知" in banners(visit)[0]
    assert all("（以112年12月19日所知）" in part["html"] for part in visit.parts if "exhibit-head" in part["html"])
    assert visit.notices == []


def test_a_day_may_be_written_as_people_write_it() -> None:
    assert Visit(RANKING, known_on="112/12/19").address["known_on"] == BEFORE


@pytest.mark.parametrize(("stated", "said"), [("昨天", "不是可用的日期"), ("今天之後的一年", "不是可用的日期")])
def test_a_day_that_is_none_or_to_come_is_named_and_today_shown(stated: str, said: str) -> None:
    visit = Visit(known_on=stated)
    assert said in visit.notices[0]
    assert "known_on" not in visit.address
    assert not banners(visit)


def test_turning_to_another_page_keeps_the_day_until_today_is_chosen() -> None:
    visit = Visit("trend", known_on=BEFORE).turn_to(RANKING)
    assert visit.address["known_on"] == BEFORE
    next(one for one in visit.test.button if one.key == "knowledge.back").click()
    back = visit.run()
    assert "known_on" not in back.address
    assert not banners(back)
    assert "known_on" not in back.turn_to("trend").address


def test_choices_are_those_of_the_day() -> None:
    """What came in later cannot be chosen: neither its periods nor its years."""
    then, now = Visit(RANKING, known_on=BEFORE), Visit(RANKING, known_on="now")
    assert [max(code for code, _ in one.films[0]["choices"]) for one in (then, now)] == ["112", "115"]


def test_a_day_before_any_report_of_a_page_says_so_and_offers_the_way_back() -> None:
    visit = Visit(known_on="2009-12-31")
    assert "98年12月31日（含）以前未收到本頁所需的報表" in visit.test.error[0].value
    assert banners(visit)
    assert [one.label for one in visit.test.button] == ["以某日所知", "回到目前所知"]


def test_a_county_whose_duty_a_correction_changed_is_shown_as_it_was() -> None:
    (before,) = Question(
        (review_reports,), (FullYear(2023), questions.rule("adopted"), None), date(2023, 12, 19)
    ).exhibits(questions.warehouse())
    (now,) = Question((review_reports,), (FullYear(2023), questions.rule("adopted"), None)).exhibits(
        questions.warehouse()
    )
    assert before.known_on == date(2023, 12, 19)
    assert now.known_on is None
    assert before.sources != now.sources


def test_files_say_whose_knowledge_they_hold() -> None:
    asked = Question((average_rate_map,), (FullYear(2021), Population.ALL, None, PLAIN), date(2022, 1, 1))
    (shown,) = asked.exhibits(questions.warehouse())
    assert shown.chart
    assert shown.chart.drawing.file_name.endswith("以1110101所知")
    texts = [one["text"] for one in shown.chart.drawing.printed["annotations"]]
    assert "<b>以111年1月1日所知</b>" in texts
    assert "（以111年1月1日所知）" in shown.as_of_line
    assert Question.read(asked.text) == asked


def test_an_address_of_a_day_that_is_none_is_no_question() -> None:
    with pytest.raises(questions.NoQuestion):
        Question.read("average_rate_map@2023-02-30~y2023")
