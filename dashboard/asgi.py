"""The served application, for `uvicorn dashboard.asgi:app` and for our own `serve`."""

import contextlib
import gc
import importlib
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from dashboard import duty_feed, intake_files, sheets
from dashboard.domain.settings import Settings
from dashboard.reading_room import Limits, shared_room
from dashboard.web import assets, errors, house
from dashboard.web.bodies import user_cache
from dashboard.web.bundle import Bundle, CompressedBundle
from dashboard.web.headers import SecurityHeaders
from dashboard.web.index import ChineseIndex

# What the first page would otherwise import while its reader waits.
LAZY_IMPORTS = (
    "pandas",
    "pyarrow",
    "streamlit.elements.arrow",
    "streamlit.components.v2.bidi_component.main",
    "streamlit.runtime.scriptrunner.exec_code",
)


def create() -> st.App:
    """Return the app; the settings are read here, once, and come from the environment and guobao.toml."""
    house.apply(Settings())
    bundle = Bundle(cache=user_cache())

    @contextlib.asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        _warm()
        # After the warm-up, so that nothing competes with it; the thread only ever adds to the bundle.
        threading.Thread(target=_prepare, args=(bundle,), name="prepare", daemon=True).start()
        yield

    base = house.base_path()
    return st.App(
        Path(__file__).with_name("app.py"),
        lifespan=lifespan,
        routes=[*assets.routes(), *sheets.routes(), *duty_feed.routes(), *intake_files.routes()],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(CompressedBundle, bundle=bundle, base=base),
            Middleware(ChineseIndex, base=base, elsewhere={intake_files.ROUTE}),
        ],
        on_script_error=errors.script_error,
        exception_handlers={HTTPException: errors.http_error, Exception: errors.server_error},
    )


def _prepare(bundle: Bundle) -> None:
    """Compress what will be served and, where files are handed in, start the process that will read them."""
    assets.prepare()
    bundle.fill()
    settings = Settings()
    if settings.officer:
        shared_room(Limits.of(settings)).warm()


def _warm() -> None:
    """Pay before the first reader comes, then take everything loaded so far out of the garbage collector's sight.

    A collection of all generations then costs a few milliseconds instead of fifty. Streamlit would make one after every
    run of a page; .streamlit/config.toml leaves it to Python, which makes one when there is need.
    """
    for module in LAZY_IMPORTS:
        importlib.import_module(module)
    importlib.import_module("dashboard.show").warm()
    gc.collect()
    gc.freeze()


app = create()
