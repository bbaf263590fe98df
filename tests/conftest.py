"""What every test may use: a data directory filled with the sample, and settings that touch nothing else."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from dashboard import handing_in
from dashboard.domain.settings import HOUSE, Settings
from dashboard.receiving import Office
from dashboard.warehouse import Door, Warehouse

SAMPLE = HOUSE / "data/sample"

hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(Settings.environment_prefix)]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def demo_data_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory that took the sample in through the real receiving code; read it, never write to it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    data_dir = shared / "demo"
    with FileLock(shared / "demo.lock"):
        if not (data_dir / "current.json").exists():
            handed_in = handing_in.gather([SAMPLE], SAMPLE / "manifest.csv")
            Office(Settings(data_dir=data_dir)).receive(handed_in.batch, "測試")
    return data_dir


@pytest.fixture(scope="session")
def demo(demo_data_dir: Path) -> Warehouse:
    """The sample's warehouse."""
    return Door(demo_data_dir).current()
