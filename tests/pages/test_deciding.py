"""The panel on which an officer decides, as its reader meets it: what it says, and for whom it has buttons."""

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st

from dashboard.domain.periods import FullYear
from tests.deciding import RULE, TIED, YEAR, correction, desk, filled, take_in
from tests.making import average_rate, visits
from tests.pages.visiting import Visit

SETTLE, FREEZE = "decide.settle", "decide.freeze"


@pytest.fixture(scope="module")
def as_received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("received") / "data")


@pytest.fixture
def data_dir(as_received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    data_dir = shutil.copytree(as_received, tmp_path / "data")
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(data_dir))
    st.cache_resource.clear()
    yield data_dir
    st.cache_resource.clear()


@pytest.fixture
def officer(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GUOBAO_OFFICER", "王小明")
    return "王小明"


def said(visit: Visit) -> str:
    """The panel's text."""
    told = [one.proto.body for one in visit.test.get("html") if "認定與定案" in one.proto.body]
    assert len(told) == 1
    return unescape(told[0])


def buttons(visit: Visit) -> dict[str, bool]:
    """The panel's buttons, and whether each can be pressed."""
    return {str(one.key): not one.disabled for one in visit.test.button if str(one.key).startswith("decide.")}


@pytest.mark.usefixtures("data_dir")
def test_without_an_officer_the_panel_is_read_only_and_says_why() -> None:
    visit = Visit("group_ranking")
    assert not visit.test.exception
    assert "待認定：113年非直轄市嘉義市、金門縣同分，其中 1 縣市列入末段。" in said(visit)
    assert buttons(visit) == {}
    assert any("尚未設定收件人員姓名" in one.value for one in visit.test.caption)


@pytest.mark.usefixtures("officer")
def test_an_officer_has_buttons_for_what_can_be_decided(data_dir: Path) -> None:
    visit = Visit("group_ranking")
    assert buttons(visit) == {SETTLE: True, FREEZE: False}
    desk(data_dir).settle(YEAR, RULE, "非直轄市", (), TIED[:1], "訪視量較少")
    assert buttons(visit.run()) == {SETTLE: True, FREEZE: True}, "what is settled may be settled anew"


@pytest.mark.usefixtures("data_dir", "officer")
def test_with_an_earlier_days_knowledge_nothing_is_decided() -> None:
    visit = Visit("group_ranking", known_on="2024-12-01")
    assert buttons(visit) == {}
    assert any("請先回到目前所知" in one.value for one in visit.test.caption)
    assert "認定與定案（以113年12月1日所知）" in said(visit)
    visit.test.button("now.decide").click()
    visit.run()
    assert "known_on" not in visit.address
    assert buttons(visit) == {SETTLE: True, FREEZE: False}


@pytest.mark.usefixtures("officer")
def test_the_panel_speaks_of_the_day_whose_knowledge_is_shown(data_dir: Path) -> None:
    """What parted the equals later was not known then: they wait for a person, as the exhibits say."""
    take_in(data_dir, correction({TIED[1]: 98_999}))
    assert "待認定：" not in said(Visit("group_ranking"))
    then = Visit("group_ranking", known_on="2024-12-01", year="113")
    assert "待認定：113年非直轄市嘉義市、金門縣同分，其中 1 縣市列入末段。" in said(then)
    assert "待認定：嘉義市、金門縣" in then.text


@pytest.mark.parametrize("key", [SETTLE, FREEZE])
@pytest.mark.usefixtures("officer")
def test_a_dialog_asks_for_reason_and_confirmation(data_dir: Path, key: str) -> None:
    desk(data_dir).settle(YEAR, RULE, "非直轄市", (), TIED[:1], "訪視量較少")
    visit = Visit("group_ranking")
    visit.test.button(key).click()
    visit.run()
    assert not visit.test.exception
    assert [one.label.partition("（")[0] for one in visit.test.text_area] == ["理由"]
    assert visit.test.checkbox[-1].label == "我以「王小明」之名義決定；寫入後不得更改或刪除，只能以新的決定取代。"
    assert not visit.test.checkbox[-1].value


@pytest.mark.usefixtures("officer")
def test_after_deciding_the_page_shows_it_everywhere(data_dir: Path) -> None:
    visit = Visit("group_ranking", year="113")
    assert "113年應提檢討報告：臺南市、高雄市、連江縣；待認定：嘉義市、金門縣" in visit.text
    assert "113年尚未定案" in visit.text
    at = desk(data_dir)
    at.settle(YEAR, RULE, "非直轄市", (), TIED[:1], "訪視量較少")
    visit.run()
    assert "113年應提檢討報告：臺南市、高雄市、嘉義市、連江縣" in visit.text
    assert "由王小明）：113年非直轄市嘉義市、金門縣同分，認定嘉義市列入末段；理由：訪視量較少。" in said(visit)
    assert "待認定：" not in said(visit)
    at.freeze(YEAR, RULE)
    visit.run()
    assert "113年定案後，依目前所知，無縣市之檢討報告義務與定案不同" in visit.text
    assert "113年定案於" in said(visit)
    take_in(data_dir, correction({TIED[1]: 98_999}))
    visit.run()
    assert "113年定案後，依目前所知，嘉義市、金門縣之檢討報告義務會與定案不同" in visit.text
    assert "已不適用" in said(visit)
    assert not visit.test.exception


def test_everything_on_the_page_of_a_decided_year_says_first_what_was_decided(data_dir: Path) -> None:
    at = desk(data_dir)
    at.settle(YEAR, RULE, "非直轄市", (), TIED[:1], "訪視量較少")
    at.freeze(YEAR, RULE)
    visit = Visit("group_ranking", year="113", county=TIED[0])
    said_of = {part["key"]: unescape(part["html"]).partition("exhibit-body")[0] for part in visit.parts}
    ranked = {key: html for key, html in said_of.items() if key not in {"national_growth", "frozen_ranking"}}
    assert len(ranked) == 6
    assert [key for key, html in ranked.items() if "113年已於" not in html] == ["ranking_history"]
    assert "113年已定案，以下為目前所知" in ranked["ranking_history"]


def test_the_page_of_scenarios_shows_a_tie_as_settled_under_the_statutory_rule(data_dir: Path) -> None:
    assert "套用主管人員之認定；其他方案" not in Visit("rule_trial", section="scenarios", year="113").text
    desk(data_dir).settle(YEAR, RULE, "非直轄市", (), TIED[:1], "訪視量較少")
    assert "「修正草案」套用主管人員之認定；其他方案" in Visit("rule_trial", section="scenarios", year="113").text


@pytest.mark.usefixtures("data_dir")
def test_what_people_wrote_is_text_and_never_markup(data_dir: Path) -> None:
    desk(data_dir, "<b>某</b>").settle(YEAR, RULE, "非直轄市", (), TIED[:1], "<script>x</script>")
    visit = Visit("group_ranking", year="113")
    (body,) = [one.proto.body for one in visit.test.get("html") if "認定與定案" in one.proto.body]
    assert "<script>" not in body + visit.text
    assert "<b>" not in body + visit.text


def test_what_was_decided_later_is_not_shown_with_the_knowledge_of_an_earlier_day(data_dir: Path) -> None:
    desk(data_dir).settle(YEAR, RULE, "非直轄市", TIED, [TIED[0]], "訪視量較少")
    assert "認定嘉義市列入末段" in said(Visit("group_ranking"))
    assert "認定嘉義市列入末段" not in said(Visit("group_ranking", known_on="2025-01-31"))


def test_a_settled_county_sees_what_would_end_its_duty_and_the_other_that_it_has_none(data_dir: Path) -> None:
    desk(data_dir).settle(YEAR, RULE, "非直轄市", TIED, [TIED[0]], "訪視量較少")
    titles = [unescape(Visit("group_ranking", county=code).text) for code in TIED]
    assert "嘉義市113年應提檢討報告" in titles[0]
    assert "金門縣113年應提檢討報告" not in titles[1]


# --- dialogs that stand open


def opened(key: str, year: str = "113") -> Visit:
    visit = Visit("group_ranking", year=year)
    visit.test.button(key).click()
    return visit.run()


def submit(visit: Visit, label: str) -> None:
    next(one for one in visit.test.button if one.label == label).click()
    visit.run()
    assert not visit.test.exception


@pytest.mark.usefixtures("officer")
def test_what_changed_while_a_dialog_stood_open_is_not_decided_unseen(data_dir: Path) -> None:
    at = desk(data_dir)
    at.settle(YEAR, RULE, "非直轄市", TIED, TIED[:1], "訪視量較少")
    visit = opened(FREEZE)
    assert "嘉義市" in visit.test.markdown[-1].value
    at.settle(YEAR, RULE, "非直轄市", TIED, TIED[1:], "複核後改認定")
    visit.test.checkbox[-1].check()
    submit(visit, "確認定案")
    assert [one.kind for one in at.ledger.decisions()] == ["settlement", "settlement"]


@pytest.mark.usefixtures("officer")
def test_a_dialog_that_stood_open_does_not_overturn_a_newer_settlement(data_dir: Path) -> None:
    visit, at = opened(SETTLE), desk(data_dir)
    at.settle(YEAR, RULE, "非直轄市", TIED, TIED[:1], "訪視量較少")
    visit.test.checkbox[1].check()
    visit.test.checkbox[-1].check()
    visit.test.text_area[-1].set_value("理由")
    submit(visit, "確認認定")
    assert at.ledger.decision_count() == 1
    visit.test.button(SETTLE).click()
    visit.run()
    assert any("再認定將予取代" in one.value and "決定第 1 號" in one.value for one in visit.test.caption)
    visit.test.checkbox[1].check()
    visit.test.checkbox[-1].check()
    visit.test.text_area[-1].set_value("複核後改認定")
    submit(visit, "確認認定")
    assert at.ledger.decisions()[-1].body["chosen"] == [TIED[1]]


@pytest.mark.parametrize("year", ["112", "113"])
@pytest.mark.usefixtures("officer")
def test_the_year_of_the_page_is_the_one_to_be_decided(data_dir: Path, year: str) -> None:
    take_in(data_dir, average_rate(2022), visits(FullYear(2022)))
    desk(data_dir).settle(YEAR, RULE, "非直轄市", TIED, TIED[:1], "訪視量較少")
    (which,) = opened(SETTLE, year).test.radio
    assert len(which.options) > 1
    assert which.value is not None
    assert which.value[0].roc == int(year)
    (which,) = opened(FREEZE, year).test.radio
    # All counties of 112 are equal, so that only 113 may be decided: whoever sees 112 has to say so.
    assert (which.options, which.value) == (["113年"], YEAR if year == "113" else None)


def test_with_an_earlier_days_knowledge_the_panel_says_until_when_nothing_was_decided(data_dir: Path) -> None:
    at = desk(data_dir)
    at.settle(YEAR, RULE, "非直轄市", TIED, TIED[:1], "訪視量較少")
    at.freeze(YEAR, RULE)
    visit = Visit("group_ranking", year="113", known_on="2025-01-31")
    assert "截至114年1月31日，113年尚未定案" in unescape(visit.text)
