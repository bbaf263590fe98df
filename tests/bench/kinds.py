"""The pages that are measured, as their reader sees them: every selector and every word stands here."""

import dataclasses
import re
from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, Page

from dashboard.domain import words
from dashboard.domain.kinds import Basis, Population

MAP = "/?measure=payment_rate&population=all&basis=persons&county=none"
SHAPES = ".choroplethlayer path"
SLIDER = "input.frame-slider"

# What a page says when all of it stands: functions (bench, want, drawn) of watching.js. `want` is what its title must
# match, `drawn` how often exhibits had been drawn when the waiting began.
TITLED_MAP = f"""(bench, want) => {{
    const titles = [...document.querySelectorAll(".gtitle")].map(one => one.textContent);
    return document.querySelectorAll("{SHAPES}").length === 22 && titles.length === 1
        && (want === null || new RegExp(want).test(titles[0]));
}}"""
OUR_MAP = f"""(bench, want, drawn) => ({TITLED_MAP})(bench, want) && document.querySelector(".exhibit-foot") !== null"""
OUR_RANKING = """() => document.querySelectorAll(".exhibit-foot").length === 2
    && document.querySelector(".barlayer .point path") !== null"""
NAIVE_MAP = f"""(bench, want) => ({TITLED_MAP})(bench, want)
    && document.querySelector('[data-testid="stDataFrame"] canvas') !== null"""
DRAWN = """(bench, want, drawn) => {
    const said = bench.all("h1, h2, h3").map(one => one.textContent).join(" ");
    return bench.drawn() > drawn && (want === null || new RegExp(want).test(said));
}"""
CHOSEN = """(bench, want) => {
    const said = [...document.querySelectorAll('[data-testid="stMarkdown"]')].map(one => one.textContent).join(" ");
    return said.includes("Chosen:") && (want === null || new RegExp(want).test(said));
}"""


@dataclasses.dataclass(frozen=True)
class Ready:
    """A change that is prepared: all but the last action is done; `want` is what the page then says."""

    want: str
    decide: Callable[[], None]


Step = Callable[[Page], Ready]


@dataclasses.dataclass(frozen=True)
class Turn:
    """A page of ours that the menu leads to."""

    link: str
    painted: str
    want: str = ""


@dataclasses.dataclass(frozen=True)
class PageKind:
    """How one page is opened, changed and left. `is_drawn_here` tells that a period change stays in the browser."""

    address: str
    painted: str
    filters: Sequence[Step]
    period: Step | None = None
    turns: Sequence[Turn] = ()
    is_drawn_here: bool = False


# --- the steps


def button(text: str, want: str) -> Step:
    """Click one of the buttons side by side."""
    return lambda page: Ready(want, page.get_by_text(text, exact=True).first.click)


def from_list(label: str) -> Step:
    """Open a list and take the next option of it that can be seen, which the title then names."""

    def prepare(page: Page) -> Ready:
        box = page.get_by_role("combobox", name=label)
        box.click()
        options = page.get_by_role("option")
        options.first.wait_for()
        other = next(one for one in _following(options))
        return Ready(f"{re.escape(other.inner_text())}(?!\\d)", other.click)

    return prepare


def _following(options: Locator) -> list[Locator]:
    """Return the options after the chosen one, then those before it."""
    listed = options.all()
    chosen = next((n for n, one in enumerate(listed) if one.get_attribute("aria-selected") == "true"), 0)
    return [*listed[chosen + 1 :], *listed[:chosen]]


def slide(page: Page) -> Ready:
    """Move the slider of a film by one, back from the newest and forth from the oldest."""
    slider = page.locator(SLIDER).first
    slider.focus()
    key = slider.evaluate("one => Number(one.value) > Number(one.min) ? 'ArrowLeft' : 'ArrowRight'")
    return Ready("", lambda: slider.press(str(key)))


# --- the pages

ALL, INDIGENOUS = (words.POPULATIONS[one] for one in (Population.ALL, Population.INDIGENOUS))
PERSONS, AMOUNTS = (words.BASES[one] for one in (Basis.PERSONS, Basis.AMOUNTS))
BUTTONS = (
    button(INDIGENOUS, INDIGENOUS),
    button(AMOUNTS, AMOUNTS),
    button(ALL, f"^(?!.*{INDIGENOUS})"),
    button(PERSONS, f"^(?!.*{AMOUNTS})"),
)

PLOTLY = PageKind(
    address=MAP,
    painted=OUR_MAP,
    filters=BUTTONS,
    period=from_list(words.PICK_PERIOD),
    turns=(Turn(words.GROUP_RANKING, OUR_RANKING), Turn(words.COUNTY_MAP, OUR_MAP)),
)
"""Our pages as `st.plotly_chart` draws them."""

COMPONENT = PageKind(
    address=MAP,
    painted=DRAWN,
    filters=BUTTONS,
    period=slide,
    turns=tuple(Turn(name, DRAWN, name) for name in (words.GROUP_RANKING, words.COUNTY_MAP)),
    is_drawn_here=True,
)
"""Our pages as the component draws them, which counts its drawings on the document's root."""

NAIVE = PageKind(
    address="/",
    painted=NAIVE_MAP,
    filters=(from_list("Population"), from_list("Basis")),
    period=from_list("Period"),
)
FLOOR = PageKind(address="/", painted=CHOSEN, filters=(from_list("Choice"),))
