"""data/display.toml is validated, and says what it assumes."""

from pathlib import Path

import pytest

from dashboard.domain.display import display
from dashboard.domain.errors import DashboardError

MONTHS = "".join(
    f'[{name}]\nmonths = 9\nsentence = "{{0}} 個月。"\nsince = 2026-01-02\n\n' for name in ("immature", "equal_age")
)
CERTAINTY = """[certainty]
prior = 0.5
draws = 100000
set_draws = 300000
whole_share = 0.8
seed = 7
level = 0.9
winsorised = 0.1
significance = 0.05
sentence = "先驗 {0}，{1} 次，種子 {2}，{3} %。"
sets_sentence = "{0} 次，種子 {1}，{2} %，{3} %。"
limits_sentence = "縮尾 {0} %，{1} %。"
since = 2026-01-02

"""
DUTIES = (
    '[duties]\nupcoming_days = 60\nalarm_days = 7\nsoon_days = 10\nsentence = "{0} 日以內。"\nsince = 2026-01-02\n\n'
)
PERSONS = '[small_denominator]\npersons = 12\nsentence = "少於 {0} 人。"\nsince = 2026-01-02\n'
GOOD = f"{DUTIES}{CERTAINTY}{MONTHS}{PERSONS}"


def test_another_threshold_is_read_from_the_file_and_named_in_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "display.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert display(file).small_denominator.assumption == "假設：少於 12 人。（115年1月2日起採用）"


def test_the_seed_and_the_number_of_draws_are_named_in_their_sentence(tmp_path: Path) -> None:
    file = tmp_path / "display.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert display(file).certainty.assumption == "假設：先驗 0.5，100,000 次，種子 7，90 %。（115年1月2日起採用）"
    assert display(file).certainty.sets_assumption == "假設：300,000 次，種子 7，90 %，80 %。（115年1月2日起採用）"
    assert display(file).certainty.limits_assumption == "假設：縮尾 10 %，5 %。（115年1月2日起採用）"


def test_how_soon_a_duty_is_called_soon_is_named_in_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "display.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert display(file).duties.assumption == "假設：10 日以內。（115年1月2日起採用）"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("soon_days = 10", "soon_days = 0"), "duties.soon_days"),
        (GOOD.replace("{0} 日以內", "幾日以內"), "duties.sentence"),
        (GOOD.replace("persons = 12", "persons = 0"), "small_denominator.persons"),
        (GOOD.replace("少於 {0}", "少於幾"), "small_denominator.sentence"),
        (GOOD.replace("{0} 個月", "幾個月", 1), "immature.sentence"),
        (GOOD.replace("months = 9", "months = 0"), "equal_age.months"),
        (GOOD.replace("\ndraws = 100000", "\ndraws = 99999"), "certainty.draws"),
        (GOOD.replace("set_draws = 300000", "set_draws = 99999"), "certainty.set_draws"),
        (GOOD.replace("種子 {2}", "種子"), "certainty.sentence"),
        (GOOD.replace("level = 0.9", "level = 1.0"), "certainty.level"),
        (f"{GOOD}colour = 1\n", "small_denominator.colour"),
        ("[", "display.toml"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, wrong: str, named: str) -> None:
    file = tmp_path / "display.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(DashboardError, match=named):
        display(file)
