"""The words of the map: how figures are coloured, how two periods compare, and what hovering tells.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.kinds import Alignment, Classification, Compare, MapView, Population
from dashboard.domain.measures import Measure
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.roc import roc_date, roc_period, roc_year
from dashboard.domain.words import NO_VALUE, as_of_line, names, of_whom, percent, points_apart

VIEWS: Mapping[MapView, str] = MappingProxyType({MapView.MAP: "地圖", MapView.TILES: "等面積格"})
CLASSIFICATIONS: Mapping[Classification, str] = MappingProxyType(
    {
        Classification.CONTINUOUS: "連續色階",
        Classification.EQUAL: "等距分級",
        Classification.QUANTILE: "分位數分級",
    }
)
COMPARISONS: Mapping[Compare, str] = MappingProxyType(
    {
        Compare.NONE: "不比較",
        Compare.YEAR_BEFORE: "前一年同期",
        Compare.PREVIOUS: "前一期",
        Compare.BASE: "指定基期",
    }
)
ALIGNMENTS: Mapping[Alignment, str] = MappingProxyType(
    {Alignment.EQUAL_AGE: "屆期後月數相同", Alignment.SAME_SNAPSHOT: "同一資料截止日"}
)
SCALE_NOTE = "色階依本期各縣市數值訂定；換期或換條件後，同一顏色不代表同一數值，請看圖例。"
PICK_VIEW = "呈現方式"
PICK_CLASSIFICATION = "分級"
PICK_COMPARE = "比較"
PICK_BASE = "基期"
PICK_ALIGNMENT = "比較基準"
MORE_SETTINGS = "更多設定"

DIFFERENCE = "增減"
DIFFERENCE_SCALE = "◀ 下降　　個百分點　　上升 ▶"
DIFFERENCE_NOTE = "增減為兩期比率之差（個百分點），以未四捨五入之分子、分母計算；四捨五入後為零者加列小數以保留正負號。"
DIFFERENCE_MISSING_NOTE = "任一期無數值之縣市不計算增減，以灰色表示，不作零計。"
TILES_NOTE = "每一縣市以一個等大方格表示，排列大致依地理位置，格子大小與面積、人數無關。"
SAME_SNAPSHOT_NOTE = "兩期採同一資料截止日，屆期後月數不同，較早之期別多有補繳時間，增減不全是繳費行為之變化。"
EQUAL_AGE_NOTE = "兩期於屆期後相同月數比較。"
BEYOND_NOTE = "色階範圍不計分母較少之縣市；其數值超出範圍者以最接近之端點顏色表示，數值見表格。"
_CLOSED = "各級含上界、不含下界，最低一級並含下界，以未四捨五入之值分級"
_CLOSED_AROUND_ZERO = "正負對稱，各級含離零較遠之界，中間一級兩界皆含，以未四捨五入之值分級"


# --- classes


def class_entry(low: str, high: str, number: int) -> str:
    """Write a class below its colour: bounds and how many counties it holds."""
    return f"{low}<br>～{high}<br>{number} 縣市"


def classes_title(method: Classification, unit: str, is_difference: bool) -> str:
    ends = "◀ 下降　{}　上升 ▶" if is_difference else "{}"
    return ends.format(f"{CLASSIFICATIONS[method]}（{unit}）")


def classes_note(method: Classification, number: int, is_difference: bool) -> str:
    """Say how the classes were cut and which bound belongs to which."""
    width = "各級級距相等" if method is Classification.EQUAL else "各級縣市數儘量相等，同值同級"
    closed = _CLOSED_AROUND_ZERO if is_difference else _CLOSED
    return f"{CLASSIFICATIONS[method]}：共 {number} 級，{width}；{closed}。"


# --- one point


def spoken(county: str, printed: str, unit: str) -> str:
    """Name a county and its figure; `printed` is empty where there is none."""
    return f"{county} {printed} {unit}" if printed else f"{county} {NO_VALUE}"


def rate_hover(subject: str, as_of: date, measure: Measure) -> str:
    """Return what hovering tells, for the drawing library to fill in: name and rate, period, fraction."""
    return (
        f"<b>%{{text}}</b><br>{subject}，{as_of_line(as_of)}"
        f"<br>{measure.part} %{{customdata[1]}} {measure.counted_in}"
        f"<br>{measure.whole} %{{customdata[2]}} {measure.counted_in}"
    )


def difference_hover(now: str, base: str, measure: Measure) -> str:
    """Return what hovering tells of a difference: both rates with their fractions."""
    lines = [
        f"<br>{of}：%{{customdata[{first}]}} %"
        f"<br>　%{{customdata[{first + 1}]}} ÷ %{{customdata[{first + 2}]}} {measure.counted_in}"
        for of, first in ((now, 1), (base, 4))
    ]
    return f"<b>%{{text}}</b>{''.join(lines)}"


# --- differences


def moment(period: str, as_of: date, age_months: int | None = None) -> str:
    """Name a period with its cut-off and, for a billing period, its age."""
    age = "" if age_months is None else f"，屆期後 {age_months} 個月"
    return f"{period}（{as_of_line(as_of)}{age}）"


def payment_difference_subject(
    period: BillingPeriod, base: BillingPeriod, measure: Measure, population: Population
) -> str:
    return _subject(roc_period(period), roc_period(base), measure, population)


def average_difference_subject(year: FullYear, base: FullYear, measure: Measure, population: Population) -> str:
    return _subject(roc_year(year.year), roc_year(base.year), measure, population)


def _subject(period: str, base: str, measure: Measure, population: Population) -> str:
    return f"{period}較{base}{of_whom(population)}{measure.label}（{measure.basis}）增減"


def difference_title(subject: str, counts: tuple[int, int, int], ends: Sequence[tuple[Sequence[str], str]]) -> str:
    """Say how many rose, fell and stayed, and who changed most; `ends` are the largest rise and the largest fall."""
    rose, fell, stayed = counts
    parts = [f"{number} 縣市{way}" for number, way in ((rose, "上升"), (fell, "下降"), (stayed, "持平")) if number]
    most = [
        f"{names(who)}{'下降' if change.startswith('-') else '上升'}最多 {points_apart(change.lstrip('+-'))}"
        for who, change in ends
    ]
    return f"{subject}：{'、'.join(parts)}{'；' if most else ''}{'，'.join(most)}"


def nation_difference(now: str, base: str, change: str) -> str:
    if not change:
        return "兩期有數值之縣市不同，全國不計算增減"
    return f"全國由 {percent(base)} 變為 {percent(now)}，增減 {points_apart(change)}"


def difference_selection(county: str, now: str, base: str, change: str) -> str:
    if not change:
        return f"{county}至少一期無數值，不計算增減。"
    return f"{county}由 {percent(base)} 變為 {percent(now)}，增減 {points_apart(change)}。"


def small_difference(small: Sequence[str], persons: int) -> str:
    return f"{names(small)}分母少於 {persons} 人，未列入最多之比較"


def compared(now: str, base: str) -> str:
    return f"比較：{now}與{base}。"


def no_equal_age(base: BillingPeriod, age_months: int) -> str:
    return (
        f"沒有{roc_period(base)}屆期後 {age_months} 個月的報表，無法以相同屆期月數比較；"
        f"可將「{PICK_ALIGNMENT}」改為「{ALIGNMENTS[Alignment.SAME_SNAPSHOT]}」，或改選其他期別。"
    )


def not_in_snapshot(base: BillingPeriod, as_of: date) -> str:
    return f"截至{roc_date(as_of)}的報表沒有{roc_period(base)}，無法以同一資料截止日比較；請改選其他期別或比較基準。"


def no_base_before(period: BillingPeriod) -> str:
    return f"{roc_period(period)}沒有對應的前期可供比較；請改選其他期別或指定基期。"


def same_period(period: str) -> str:
    return f"基期與{period}相同，沒有增減可言；請改選其他基期。"


def no_average_base(base: FullYear) -> str:
    return f"尚未收到{roc_year(base.year)}的平均繳費率報表，無法比較；請改選其他基期。"


def no_common_county(subject: str) -> str:
    return f"{subject}：沒有任何縣市兩期均有數值。"


# --- what the picture says to those who do not see it


def map_alt(view: MapView, title: str, nation: str, missing: int, selection: str) -> str:
    kind = "縣市分層設色地圖" if view is MapView.MAP else "縣市等面積格狀圖"
    grey = f"{missing} 縣市無數值以灰色表示。" if missing else ""
    return f"{kind}。{title}。{nation}。{grey}{selection}各縣市數值見圖旁表格。"


def risen_on_less(counties: Sequence[str], measure: Measure) -> str:
    """Name the counties whose rate says more than it means."""
    return f"{names(counties, 6)}比率上升但{measure.part}減少（{measure.whole}減少更多）"
