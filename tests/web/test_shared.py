"""One design: the colours of charts, page and Streamlit are the same, light and dark."""

import json
import re
import tomllib

import pytest

from dashboard.charts import theme
from dashboard.domain.settings import HOUSE
from dashboard.web.assets import asset_url
from dashboard.web.shared import SETTINGS, STYLE, _settings, _style

STREAMLIT = tomllib.loads((HOUSE / ".streamlit/config.toml").read_text("utf-8"))["theme"]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_streamlit_has_the_themes_colours() -> None:
    roles = {"textColor": theme.INK, "primaryColor": theme.ACCENT, "backgroundColor": theme.PAPER}
    roles["secondaryBackgroundColor"] = theme.SHADE
    assert STREAMLIT["light"] == roles
    assert STREAMLIT["dark"] == {name: theme.DARK[colour] for name, colour in roles.items()}


def test_every_colour_of_the_theme_has_a_twin_of_its_own_on_a_dark_page() -> None:
    texts = [value for value in vars(theme).values() if isinstance(value, str)]
    colours = {text for text in texts if re.fullmatch("#[0-9a-f]{6}", text)}
    colours |= {*theme.SEQUENTIAL, *theme.DIVERGING, *theme.CATEGORICAL}
    assert colours <= set(theme.DARK)
    assert len(set(theme.DARK.values())) == len(theme.DARK)


def test_a_style_names_colours_by_their_role_only() -> None:
    sheet = _style().decode()
    rules = sheet.partition("\n")[2]
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", rules)
    used = set(re.findall(r"var\(--([\w-]+)\)", rules))
    assert used <= set(re.findall(r"--([\w-]+): light-dark", sheet))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("ink", "paper", "ratio"),
    [
        (theme.INK, theme.PAPER, 7),
        (theme.INK, theme.SHADE, 7),
        (theme.INK, theme.HIGHLIGHT_PAPER, 7),
        (theme.MUTED, theme.PAPER, 4.5),
        (theme.MUTED, theme.SHADE, 4.5),
        (theme.BADGE_INK, theme.BADGE_PAPER, 4.5),
        (theme.ACCENT, theme.PAPER, 4.5),
        (theme.HIGHLIGHT, theme.PAPER, 3),
        (theme.PROVISIONAL, theme.PAPER, 4.5),
    ],
)
def test_text_can_be_read_on_its_ground(ink: str, paper: str, ratio: float, dark: bool) -> None:
    pair = (theme.DARK[ink], theme.DARK[paper]) if dark else (ink, paper)
    assert contrast(*pair) >= ratio


def test_the_steps_of_a_scale_differ_in_lightness_in_one_direction() -> None:
    for scale in (theme.SEQUENTIAL, tuple(theme.DARK[one] for one in theme.SEQUENTIAL)):
        steps = [luminance(one) for one in scale]
        assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_the_component_is_told_where_things_are_and_has_no_word_of_its_own() -> None:
    told = json.loads(_settings())
    assert told["plotly"] == asset_url("plotly.js")
    assert told["config"]["topojsonURL"].startswith("data:")
    source = (HOUSE / "dashboard/web/figure/figure.js").read_text("utf-8")
    assert not re.search(r"[\u4e00-\u9fff]", source), "words stand in the words module"
    assert set(re.findall(r"\bwords\.(\w+)", source)) | {"copied", "saved", "play", "pause"} <= set(told["words"])
    assert asset_url(SETTINGS) != asset_url(STYLE)
