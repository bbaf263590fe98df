"""What receiving a file would do, told before anything is stored."""

from dashboard.previewing.foresight import Foresight
from dashboard.previewing.preview import Preview
from dashboard.previewing.standings import CountyChange, YearStanding

__all__ = ["CountyChange", "Foresight", "Preview", "YearStanding"]
