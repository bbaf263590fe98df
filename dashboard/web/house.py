"""The house's own Streamlit options and base path, wherever the server is started from."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.logger import set_log_level

from dashboard.domain.settings import HOUSE, Settings

TITLE = "國民年金繳費率督導儀表板"


def apply(settings: Settings, file: Path = HOUSE / ".streamlit" / "config.toml") -> None:
    """Set what the house's config.toml says, and what follows from the settings, over any other source.

    Streamlit looks for its file in the home directory, the working directory and beside the script; ours is beside the
    package in a checkout and inside it in a wheel, and neither is any of the three. Options that our file does not name
    (base path, certificates) keep coming from where Streamlit finds them.
    """
    for option, value in _flat(tomllib.loads(file.read_text("utf-8"))):
        config.set_option(option, value, str(file))
    config.set_option("server.maxUploadSize", settings.max_file_mb, "settings")
    # Streamlit takes over the server's loggers too; what these call info is each request and each start and stop.
    set_log_level("warning" if settings.log_level == "info" else settings.log_level)


def base_path() -> str:
    """Return the path that everything is served under: "" or "/guobao", never with a slash at the end."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
