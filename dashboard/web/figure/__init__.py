"""The drawing component's own files: figure.js, and plotly.js cut to what our charts need.

`build.py` makes the slim plotly.js when the environment is set up. It is not in the repository but in the wheel; where
it could not be made, the full build from the Python package stands in: three times the size, the same charts.
"""

import logging
from importlib import util
from pathlib import Path

HERE = Path(__file__).parent
SLIM = HERE / "plotly.slim.js"
COMPONENT = HERE / "figure.js"

log = logging.getLogger(__name__)


def plotly_js() -> Path:
    """Return the file of the drawing library that is served."""
    if SLIM.is_file():
        return SLIM
    log.warning("沒有精簡的繪圖程式 %s，改用完整版（檔案約為三倍）；請執行 make setup 重新建置。", SLIM.name)
    found = util.find_spec("plotly")
    if found is None or found.origin is None:
        raise FileNotFoundError("plotly")
    return Path(found.origin).parent / "package_data" / "plotly.min.js"
