"""What is installed: a wheel carries everything that the dashboard reads, also what set-up made."""

from hatchling.builders.wheel import WheelBuilder

from dashboard.domain.settings import HOUSE
from dashboard.web.figure import SLIM


def test_the_wheel_carries_the_drawing_library_that_the_repository_does_not() -> None:
    carried = {file.distribution_path for file in WheelBuilder(str(HOUSE)).recurse_included_files()}
    assert {f"dashboard/web/figure/{name}" for name in (SLIM.name, "figure.js", "build.py")} <= carried
    assert {"dashboard/web/house.css", "dashboard/web/history.js", "dashboard/readers/layouts.toml"} <= carried
    ignored = (HOUSE / ".gitignore").read_text("utf-8").splitlines()
    assert SLIM.relative_to(HOUSE).as_posix() in ignored
