import tomllib
from pathlib import Path

import pytest
from streamlit import config

from dashboard.domain.settings import HOUSE, Settings
from dashboard.web import house


def test_every_option_in_the_file_is_one_that_streamlit_knows() -> None:
    options = dict(house._flat(tomllib.loads((HOUSE / ".streamlit/config.toml").read_text("utf-8"))))
    assert len(options) > 10
    assert set(options) <= set(config.get_config_options())


def test_the_file_holds_wherever_the_server_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    house.apply(Settings(max_file_mb=7))
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("client.toolbarMode") == "minimal"
    assert config.get_option("theme.light.primaryColor") == "#0b5394"
    assert config.get_option("server.maxUploadSize") == 7
