"""data/display.toml is validated, and says what it assumes."""

from pathlib import Path

import pytest

from dashboard.domain.display import display
from dashboard.domain.errors import DashboardError

MONTHS = "".join(
    f'[{name}]\nmonths = 9\nsentence = "{{0}} 個月。"\nsince = 2026-01-02\n\n' for name in ("immature", "equal_age")
)
GOOD = f'{MONTHS}[small_denominator]\npersons = 12\nsentence = "少於 {{0}} 人。"\nsince = 2026-01-02\n'


def test_another_threshold_is_read_from_the_file_and_named_in_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "display.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert display(file).small_denominator.assumption == "假設：少於 12 人。（115年1月2日起採用）"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (GOOD.replace("12", "0", 1), "small_denominator.persons"),
        (GOOD.replace("少於 {0}", "少於幾"), "small_denominator.sentence"),
        (GOOD.replace("{0} 個月", "幾個月", 1), "immature.sentence"),
        (GOOD.replace("9", "0"), "equal_age.months"),
        (f"{GOOD}colour = 1\n", "small_denominator.colour"),
        ("[", "display.toml"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, wrong: str, named: str) -> None:
    file = tmp_path / "display.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(DashboardError, match=named):
        display(file)
