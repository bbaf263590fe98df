"""The words of an earlier day's knowledge: what the dashboard would have shown on that day."""

from datetime import date

from dashboard.domain.roc import roc_date

PICK = "以某日所知"
PICK_HELP = "只採該日（含）以前收到的報表，之後收到的報表與更正均不計；全部頁面適用。"
NAME = "知悉日"
CURRENT = "目前所知"
BACK = "回到目前所知"
SHOW = "以此日顯示"


def knowledge(day: date) -> str:
    """Say beside the figures as of which day's knowledge they hold."""
    return f"（以{roc_date(day)}所知）"


def code(day: date) -> str:
    """Write the day into the name of a file: 以1110101所知."""
    return f"以{day.year - 1911}{day:%m%d}所知"


def banner(day: date) -> str:
    """Say above every page that it does not show what is known today."""
    return f"全部頁面以{roc_date(day)}所知顯示：只採該日（含）以前收到的報表，不是目前所知。"


def not_a_day(stated: str) -> str:
    return f"網址的{NAME}「{stated[:40]}」不是可用的日期，改以目前所知顯示。"


def not_yet(day: date) -> str:
    return f"網址的{NAME}{roc_date(day)}在今天之後，改以目前所知顯示。"


def future(day: date) -> str:
    return f"{NAME}{roc_date(day)}在今天之後，尚無所知；請改為今天（含）以前的日期。"


def no_figures(day: date) -> str:
    return f"{roc_date(day)}（含）以前未收到本頁所需的報表；請改選較晚的日期，或{BACK}。"
