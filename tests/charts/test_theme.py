"""How numbers and lines are printed."""

import pytest

from dashboard.charts import theme


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.003, "+0.003"),
        (-0.0004, "-0.0004"),
        (-0.05, "-0.05"),
        (0.005, "+0.005"),
        (0.01, "+0.01"),
        (0.0, "0.00"),
        (1.5, "+1.50"),
        (-12.345, "-12.35"),
        (1234.5, "+1,234.50"),
    ],
)
def test_a_difference_keeps_its_sign_however_small_it_is(value: float, printed: str) -> None:
    assert theme.signed(value, 2) == printed


def test_thousands_are_separated() -> None:
    assert theme.number(1234567, 0) == "1,234,567"


def test_the_drawing_library_asks_no_host_for_geometry_and_speaks_chinese() -> None:
    assert theme.CONFIG["topojsonURL"].startswith("data:")
    assert theme.CONFIG["locale"] in theme.CONFIG["locales"]
