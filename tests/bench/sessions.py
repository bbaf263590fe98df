"""A reader without a browser: speaks to a Streamlit server as its page does, and counts what comes over the wire."""

import asyncio
import contextlib
import dataclasses
import json
import random
import time
from collections.abc import AsyncIterator, Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

RERUN_SECONDS = 60
KEPT_RUNS = 2
"""For so many runs Streamlit's page keeps a large message, which the server then only refers to."""


class PageFailed(Exception):
    """The page showed an error instead of an answer: what it took says nothing."""


@dataclasses.dataclass(frozen=True)
class Rerun:
    """One answer: the seconds until the reader has all of it, its size on the wire and as unpacked messages.

    Documents that the drawing component fetches for it are in the time and in both sizes; films are not.
    """

    seconds: float
    wire_bytes: int
    message_bytes: int


@dataclasses.dataclass(frozen=True)
class Widget:
    """A list or row of buttons that a reader may choose from; `key` is what the page calls it."""

    widget_id: str
    key: str
    options: tuple[str, ...]
    is_list: bool


class CountingConnection(ClientConnection):
    """Counts the bytes of the connection as they arrive, compressed as the server sent them."""

    wire_bytes = 0

    def data_received(self, data: bytes) -> None:
        self.wire_bytes += len(data)
        super().data_received(data)


async def fetched(address: str, url: str) -> int:
    """Fetch a document of ours as a browser would; return its bytes on the wire, headers included."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    asked = f"GET {url} HTTP/1.1", f"Host: {place.netloc}", "Accept-Encoding: gzip, deflate, br", "Connection: close"
    writer.write("\r\n".join([*asked, "", ""]).encode())
    answer = await reader.read(-1)
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise PageFailed(f"{answer[:40]!r} {url}")
    return len(answer)


@dataclasses.dataclass
class Component:
    """What the drawing component is told by a page, in its own words (dashboard/web/figure/figure.js)."""

    documents: list[str] = dataclasses.field(default_factory=list)
    films: list[str] = dataclasses.field(default_factory=list)
    frames: dict[str, str] = dataclasses.field(default_factory=dict)
    own: dict[str, str] | None = None

    def take(self, told: dict[str, Any]) -> None:
        if "address" in told:
            self.own = told["address"]["own"]
            return
        self.documents.append(told["url"])
        if told["film"]:
            self.films.append(told["film"]["url"])
            self.frames[told["film"]["parameter"]] = told["code"]

    @property
    def query(self) -> str | None:
        """Return what it makes of the page's address; None where it was told nothing of it."""
        return None if self.own is None else urlencode({**self.own, **self.frames})


class Session:
    """One open page of one reader. `films` are the periods that a browser would fetch behind the answers."""

    def __init__(self, address: str, connection: CountingConnection, page: str = "", query: str = "") -> None:
        self._address, self._connection = address, connection
        self._page, self._query, self._script = page, query, ""
        self._values: dict[str, str] = {}
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._component = Component()
        self._fetched: set[str] = set()
        self._runs = 0
        self.widgets: dict[str, Widget] = {}

    async def choose(self, widget: Widget, option: str) -> Rerun:
        """Choose another option and wait for the answer."""
        self._values[widget.widget_id] = option
        return await self.run()

    def chosen(self, widget: Widget) -> str:
        return self._values[widget.widget_id]

    async def run(self) -> Rerun:
        """Run the page as it stands; the first time this is opening it."""
        self._runs += 1
        self._kept = {key: kept for key, kept in self._kept.items() if self._runs - kept[0] <= KEPT_RUNS}
        self._component = Component()
        before, started = self._connection.wire_bytes, time.perf_counter()
        await self._connection.send(BackMsg(rerun_script=self._state()).SerializeToString())
        self.widgets = {}
        async with asyncio.timeout(RERUN_SECONDS):
            unpacked = await self._received()
            documents = await self._fetch(self._component.documents)
        if self._component.query is not None:
            self._query = self._component.query
        wire = self._connection.wire_bytes - before
        return Rerun(time.perf_counter() - started, wire + documents, unpacked + documents)

    async def fetch_films(self) -> int:
        """Fetch the other periods of what is shown, as a browser does when it is idle; return their bytes."""
        async with asyncio.timeout(RERUN_SECONDS):
            return await self._fetch(self._component.films)

    async def _fetch(self, urls: Iterable[str]) -> int:
        new = set(urls) - self._fetched
        self._fetched |= new
        return sum(await asyncio.gather(*(fetched(self._address, url) for url in sorted(new))))

    async def _received(self) -> int:
        """Take in messages until the script has finished; return their bytes unpacked."""
        unpacked = 0
        while True:
            received = await self._connection.recv(decode=False)
            unpacked += len(received)
            if self._is_last(ForwardMsg.FromString(received)):
                return unpacked

    def _state(self) -> ClientState:
        states = []
        for widget in self.widgets.values():
            value = self._values[widget.widget_id]
            state = WidgetState(id=widget.widget_id)
            if widget.is_list:
                state.string_value = value
            else:
                state.string_array_value.data.append(value)
            states.append(state)
        return ClientState(
            query_string=self._query,
            page_name=self._page if not self._script else "",
            page_script_hash=self._script,
            widget_states=WidgetStates(widgets=states),
            cached_message_hashes=list(self._kept),
        )

    def _is_last(self, message: ForwardMsg) -> bool:
        """Take a message in; tell whether the script has finished with it."""
        match message.WhichOneof("type"):
            case "ref_hash":
                message = self._kept[message.ref_hash][1]
            case "new_session":
                self._script = message.new_session.page_script_hash
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if message.metadata.cacheable or message.hash in self._kept:
            self._kept[message.hash] = (self._runs, message)
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take(message.delta.new_element)
        return False

    def _take(self, element: Element) -> None:
        match element.WhichOneof("type"):
            case "exception":
                raise PageFailed(element.exception.message)
            case "bidi_component" if element.bidi_component.WhichOneof("data") == "json":
                self._component.take(json.loads(element.bidi_component.json))
            case "button_group":
                group = element.button_group
                default = group.options[group.default[0]].content if group.default else ""
                self._add(group.id, [option.content for option in group.options], is_list=False)
                self._align(group.id, default, group.raw_values[0] if group.set_value else None)
            case "selectbox":
                box = element.selectbox
                default = box.options[box.default] if box.options and box.HasField("default") else ""
                self._add(box.id, box.options, is_list=True)
                self._align(box.id, default, box.raw_value if box.set_value else None)

    def _add(self, widget_id: str, options: Iterable[str], *, is_list: bool) -> None:
        # An identity is $$ID-<hash>-<key>.
        self.widgets[widget_id] = Widget(widget_id, widget_id.split("-", 2)[-1], tuple(options), is_list)

    def _align(self, widget_id: str, default: str, told: str | None) -> None:
        """A page shows what the server tells it, or else what its reader chose, or else the default."""
        if told is not None:
            self._values[widget_id] = told
        self._values.setdefault(widget_id, default)


@contextlib.asynccontextmanager
async def opened(address: str, page: str = "", query: str = "") -> AsyncIterator[Session]:
    """Connect as a browser does, with compression offered; the page itself runs with the first `run`."""
    uri = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    async with connect(
        uri, subprotocols=[Subprotocol("streamlit")], create_connection=CountingConnection, max_size=None, proxy=None
    ) as connection:
        assert isinstance(connection, CountingConnection)
        yield Session(address, connection, page, query)


def another_choice(session: Session, chance: random.Random) -> tuple[Widget, str]:
    """Draw one of the page's filters and an option of it that is not chosen now."""
    widgets = [widget for widget in session.widgets.values() if len(widget.options) > 1]
    widget = chance.choice(widgets)
    return widget, chance.choice([option for option in widget.options if option != session.chosen(widget)])
