"""Every test of a page runs as on the warmed server, on the sample."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


@pytest.fixture(autouse=True)
def _as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every run as the warmed server does: AppTest forgets that pages/ is not an app of its own."""
    made = PagesManager.__init__

    def make(self: PagesManager, *arguments: Any, **options: Any) -> None:
        made(self, *arguments, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make)


@pytest.fixture(autouse=True)
def _data(demo_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUOBAO_DATA_DIR", str(demo_data_dir))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()
