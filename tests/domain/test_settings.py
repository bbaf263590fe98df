"""Where a setting comes from: flags over environment over file over defaults."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from dashboard.domain.settings import Settings


@pytest.fixture(autouse=True)
def _house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults_hold_where_nobody_says_otherwise() -> None:
    assert (Settings().port, Settings().officer) == (8501, "")


def test_the_file_goes_over_defaults_the_environment_over_it_and_flags_over_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "guobao.toml").write_text('port = 1001\nofficer = "檔案"\nmax_file_mb = 7\n', encoding="utf-8")
    monkeypatch.setenv("GUOBAO_PORT", "1002")
    monkeypatch.setenv("GUOBAO_OFFICER", "環境")
    settings = Settings(port=1003)
    assert (settings.port, settings.officer, settings.max_file_mb, settings.max_cells) == (1003, "環境", 7, 5_000_000)


def test_a_setting_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "guobao.toml").write_text("prot = 1001\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="prot"):
        Settings()


@pytest.mark.parametrize(("name", "value"), [("PORT", "70000"), ("MAX_CELLS", "0"), ("LOG_LEVEL", "loud")])
def test_a_setting_out_of_bounds_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"GUOBAO_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()
