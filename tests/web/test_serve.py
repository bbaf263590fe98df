import socket
from pathlib import Path

import pytest

from dashboard.domain.errors import DashboardError
from dashboard.domain.settings import Settings
from dashboard.web import serve as serving

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- bound for a moment, nothing is served


def test_a_port_in_use_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "publish", lambda _settings: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DashboardError, match=f"埠 {port} 已被其他程式使用"):
            serving.serve(Settings(port=port))


def test_an_address_of_another_machine_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "publish", lambda _settings: None)
    with pytest.raises(DashboardError, match=r"無法在位址 192\.0\.2\.1 監聽"):
        serving.serve(Settings(address="192.0.2.1", port=0))


@pytest.mark.parametrize(
    ("address", "shown"),
    [("127.0.0.1", "http://127.0.0.1:"), (EVERYWHERE, "http://127.0.0.1:"), ("::1", "http://[::1]:")],
)
def test_port_0_picks_a_free_one_and_the_address_shown_can_be_opened(address: str, shown: str) -> None:
    try:
        listener = serving._listen(address, 0)
    except DashboardError:
        pytest.skip("no IPv6 here")
    with listener:
        url = serving._url(address, listener)
    assert url.startswith(shown)
    assert not url.endswith(":0")


def test_the_app_finds_the_published_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        # Set and removed again, so that what is published here does not outlive the test.
        monkeypatch.setenv(f"GUOBAO_{name.upper()}", "")
    settings = Settings(data_dir=tmp_path / "資料", officer="王小明", port=0, duckdb_threads=1, log_level="error",
                        address="127.0.0.1", max_file_mb=9, max_waiting_mb=8, max_cells=10, kept_warehouses=2,
                        read_seconds=3, read_seconds_per_mb=2, read_memory_mb=400,
                        read_memory_mb_per_mb=20)  # fmt: skip
    serving.publish(settings)
    assert Settings() == settings
