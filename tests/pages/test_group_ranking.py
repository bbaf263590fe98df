"""分組排名 as its reader runs it: the nation, the ranking, one county's why, and what a correction changed."""

from tests.pages.visiting import Visit

RANKING = "group_ranking"


def keys(visit: Visit) -> list[str]:
    return [part["key"] for part in visit.parts]


def test_the_nation_comes_first_and_every_film_has_the_same_years() -> None:
    visit = Visit(RANKING, year="114")
    assert keys(visit)[:3] == ["national_growth", "group_ranking", "review_reports"]
    assert [film["follows"] for film in visit.films].count(False) == 1
    assert not visit.films[0]["follows"]
    assert len({str(film["choices"]) for film in visit.films}) == 1
    assert "114年全國平均繳費率" in visit.text


def test_without_a_county_a_sentence_tells_what_choosing_one_shows() -> None:
    visit = Visit(RANKING, year="114")
    assert "points_waterfall" not in keys(visit)
    assert any("選擇縣市" in one.value for one in visit.test.caption)


def test_a_chosen_county_reads_why_it_is_there_and_what_would_change_it() -> None:
    visit = Visit(RANKING, year="114", county="64000")
    assert {"points_waterfall", "margin_to_safety"} <= set(keys(visit))
    assert "高雄市114年直轄市第 5 名，總分 54.17 分" in visit.text
    assert "訪視成功者中多補繳 159 人" in visit.text
    assert not any("選擇縣市" in one.value for one in visit.test.caption)


def test_two_days_are_chosen_from_those_on_which_reports_came_in() -> None:
    visit = Visit(RANKING, year="112")
    assert visit.address["known_from"] == "first"
    assert visit.address["known_to"] == "now"
    assert "基隆市、新竹市應否提送檢討報告改變" in visit.text
    visit.choose("known_to", "2023-11-21")
    assert visit.address["known_to"] == "2023-11-21"
    assert "112年11月21日所知與112年11月21日所知相同" in visit.text


def test_a_day_on_which_nothing_came_in_is_said_and_replaced() -> None:
    visit = Visit(RANKING, year="112", known_from="2023-11-22")
    assert "更正前後比較：先「2023-11-22」不在可選範圍內" in visit.notices[0]
    assert visit.address["known_from"] == "first"


def test_as_of_an_earlier_day_now_is_that_day() -> None:
    visit = Visit(RANKING, year="112", known_on="2023-12-19")
    assert visit.address["known_to"] == "now"
    assert "112年11月21日所知與112年12月19日所知相同" in visit.text
