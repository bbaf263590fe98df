"""The words of trends: how a measure moved over time, and how far two periods can be compared at all.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.kinds import Kind, Maturity, Population
from dashboard.domain.measures import Measure
from dashboard.domain.periods import BillingPeriod, FullYear, HalfYear, Month, Period
from dashboard.domain.roc import roc_date, roc_period
from dashboard.domain.words import KIND_NAMES, names, of_whom

PICK_MATURITY = "期別比較方式"
PICK_AGE = "屆期後月數"
PICK_YEARS = "期間"
PICK_COUNTIES = "縣市（至多 6 個）"
NO_COUNTIES = "未選（或點小圖）"
MATURITIES: Mapping[Maturity, str] = MappingProxyType({Maturity.LATEST: "最新報表", Maturity.EQUAL_AGE: "同齡比較"})
PERIOD = "期別"
LINES = "趨勢折線圖"
AS_OF = "資料截止日"
AGE = "屆期後月數"
MONTHS = "個月"
REMARK = "備註"
SUM = "合計"
MEAN = "平均每縣市"
DIFFERENCE = "差"
LOWEST = "期間最低"
HIGHEST = "期間最高"
WINDOW_MEAN = "期間平均"
INDEX_UNIT = "指數（各縣市期間平均＝100）"
EVENT_ENDS_BEFORE_IT_BEGINS = "事件結束日早於起始日"
NUMBERS = "①②③④⑤⑥⑦⑧⑨"

MIXED_THOUSANDS_NOTE = "部分報表或縣市之金額以千元列報，換算為元後精確至千元。"
SUM_NOTE = "全國、直轄市、非直轄市為所含縣市分子合計 ÷ 分母合計，不是各縣市比率之平均。"
CHANGE_NOTE = "全國、直轄市、非直轄市為所含縣市各年合計比率之差；二年縣市不同者不相比，留白。"
MEAN_NOTE = (
    "全國合計與單一縣市之數量懸殊，同一縱軸將使縣市線形失真，故全國、直轄市、非直轄市以平均每縣市表示，合計見表格。"
)
INDEX_NOTE = "各縣市數量懸殊，為使 22 縣市共用同一縱軸，各以其期間平均為 100 之指數表示，灰線為全國；原數值見表格。"
GREY_NOTE = "各小圖縱軸相同，灰線為全國；小圖上方數值為最近一期。"
GAP_NOTE = "斷線或留白為無報表、資料尚未產生或分母為零，不作零計。"
HALF_NOTE = "上半年為獨立報表；全年度含其後之補繳，不是兩個半年之和，亦不得以相減推得下半年。"
WINDOW_NOTE = "期間以最近一期往前計，至多十年：欠費逾十年不得補繳，其後數值不再變動。"
MATURE_RANGE_NOTE = "期間最低、最高僅計屆繳費期限已滿假設月數之期別；各期屆期後月數不盡相同。"


def not_available(label: str) -> str:
    return f"沒有{label}的報表；請改選其他指標。"


def no_snapshot_of_age(label: str, age: int) -> str:
    return f"{label}沒有屆期後 {age} 個月的報表；請改選其他月數。"


def event(label: str, source: str, status: str) -> str:
    return f"{label}（{_STATUS[status]}；{source}）"


_STATUS: Mapping[str, str] = MappingProxyType({"public": "公開資訊", "rule": "作業原則", "assumed": "假設"})


# --- pickers


def years(number: int) -> str:
    return f"近 {number} 年"


def age(months: int) -> str:
    return f"{months} {MONTHS}"


def measure(one: Measure) -> str:
    """Name a measure in a list; a rate of a billing period with what it counts."""
    return f"{one.label}（{one.basis}）" if one.source is Kind.PAYMENT_RATE else one.label


def unknown_counties(asked: Sequence[str]) -> str:
    return f"網址中的縣市代碼{'、'.join(f'「{one[:40]}」' for one in asked[:5])}不存在，未予採用。"


# --- periods


def tick(period: Period) -> str:
    """Write a period in two short lines."""
    match period:
        case Month(year=year, month=month):
            return f"{month}月<br>{year - 1911}年"
        case BillingPeriod():
            last = "" if period.end == period.start else f"-{period.end.month}"
            return f"{period.start.month}{last}月<br>{period.start.year - 1911}年"
        case HalfYear(year=year):
            return f"{year - 1911}年<br>上半年"
        case FullYear():
            return roc_period(period)


def aged(period: str, months: int) -> str:
    return f"{period}（屆期後 {months} 個月）"


# --- sentences


def subject(one: Measure, population: Population, months: int | None) -> str:
    compared = f"，屆期後 {months} 個月同齡比較" if months else ""
    return f"{of_whom(population)}{one.label}（{one.basis}{compared}）趨勢"


def moved(sign: int, size: str, is_rate: bool) -> str:
    """Say how something moved: up (1), down (-1) or not at all (0)."""
    if not sign:
        return "持平"
    return f"{('上升' if is_rate else '增加') if sign > 0 else ('下降' if is_rate else '減少')} {size}"


def headline(what: str, period: Period, value: str, change: str) -> str:
    return f"{what}：全國{roc_period(period)} {value}{change}"


def against_year_before(before: Period, months: int | None, movement: str) -> str:
    """Compare with the year before; of billing periods only at equal age."""
    equally = f"（同為屆期後 {months} 個月）" if months is not None else ""
    return f"，較{roc_period(before)}{equally}{movement}"


def line_value(label: str, value: str, change: str) -> str:
    return f"{label} {value}{f'（{change}）' if change else ''}"


def finding(period: Period, stated: Sequence[str], compared_in: str) -> str:
    """Join what is said of a period; `compared_in` is the unit of the changes in brackets, if there are any."""
    brackets = f"（括號內為較前一年同期之增減，單位：{compared_in}）" if compared_in else ""
    return f"{roc_period(period)}：{'；'.join(stated)}{brackets}。"


def mean_of(group: str) -> str:
    return f"{group}平均"


def chosen_extremes(highest: Sequence[str], lowest: Sequence[str], is_rate: bool) -> str:
    most, least = ("最高", "最低") if is_rate else ("最多", "最少")
    return f"所選縣市以{names(highest)}{most}、{names(lowest)}{least}"


def panels_headline(what: str, period: Period, risen: int, fallen: int, is_rate: bool) -> str:
    up, down = ("上升", "下降") if is_rate else ("增加", "減少")
    return f"{what}：{roc_period(period)}較前一年同期{up} {risen} 縣市、{down} {fallen} 縣市"


def largest_moves(rise: tuple[Sequence[str], str] | None, fall: tuple[Sequence[str], str] | None) -> str:
    """Say who rose and who fell most, and by how much; nobody where none did."""
    parts = [f"{names(rise[0])}升幅最大（{rise[1]}）"] if rise else []
    return "，".join([*parts, *([f"{names(fall[0])}降幅最大（{fall[1]}）"] if fall else [])])


# --- notes


def latest_note(youngest: int, oldest: int) -> str:
    return (
        f"各期取最近一次仍列示該期之報表，屆期後 {youngest} 至 {oldest} 個月不等；欠費陸續補繳，屆期愈久比率愈高，"
        "不同期別不宜直接比較，請改用「同齡比較」。"
    )


def base_note(before: Period, as_of: date, months: int) -> str:
    return f"前一年同期（{roc_period(before)}）取資料截止 {roc_date(as_of)}、同為屆期後 {months} 個月之報表。"


def equal_age_note(months: int) -> str:
    return f"各期一律取屆期後滿 {months} 個月時之報表，可直接比較；沒有該月報表或尚未屆滿之期別留白。"


def immature_note(periods: Sequence[Period]) -> str:
    """Say which periods are too young, and why the newest are always the lowest."""
    span = roc_period(periods[0]) if len(periods) == 1 else f"{roc_period(periods[0])}至{roc_period(periods[-1])}"
    return (
        f"{span}屆期未久，以另色、虛線及空心符號表示：欠費得於十年內補繳，最近的期別繳納時間最短，比率必然最低，"
        "不表示繳費情形轉差。"
    )


def missing_note(missing: Sequence[tuple[Period, Sequence[str]]]) -> str:
    """List the periods whose sums lack counties."""
    listed = "、".join(f"{roc_period(period)}未含{names(left_out, 22)}" for period, left_out in missing)
    return f"合計或平均不含無數值之縣市，以空心菱形標示：{listed}。"


def no_report_note(periods: Sequence[Period]) -> str:
    listed = "、".join(map(roc_period, periods)) if len(periods) <= 6 else f"{len(periods)} 期"
    return f"沒有報表：{listed}。"


def event_note(number: str, sentence: str) -> str:
    return f"{number} {sentence}"


def lacks(left_out: Sequence[str]) -> str:
    return f"未含{names(left_out, 22)}"


def not_yet(months: int) -> str:
    return f"尚未屆期滿 {months} 個月"


IMMATURE = "屆期未久"
NO_REPORT = "無報表"


# --- hover boxes, pictures, descriptions


def hover_ratio(label: str, one: Measure) -> str:
    unit = one.counted_in
    return (
        f"<b>{label}</b>　%{{text}}<br>{one.label} %{{customdata[0]}}<br>{one.part} %{{customdata[1]:,}} {unit}"
        f"<br>{one.whole} %{{customdata[2]:,}} {unit}%{{customdata[3]}}<extra></extra>"
    )


def hover_difference(label: str, one: Measure, rate: Measure) -> str:
    lines = [
        f"{when}{rate.part} %{{customdata[{nth}]:,}} ÷ {rate.whole} %{{customdata[{nth + 1}]:,}} {rate.counted_in}"
        for when, nth in (("當年", 1), ("前一年", 3))
    ]
    stated = f"<b>{label}</b>　%{{text}}<br>{one.label} %{{customdata[0]}}<br>"
    return f"{stated}{'<br>'.join(lines)}%{{customdata[5]}}<extra></extra>"


def hover_count(label: str, one: Measure) -> str:
    return f"<b>{label}</b>　%{{text}}<br>{one.label} %{{customdata[0]}}%{{customdata[3]}}<extra></extra>"


def hover_mean(label: str, one: Measure) -> str:
    return (
        f"<b>{label}</b>　%{{text}}<br>{MEAN}{one.label} %{{customdata[0]}}<br>{SUM} %{{customdata[1]:,}} "
        f"{one.unit} ÷ %{{customdata[2]}} 縣市%{{customdata[3]}}<extra></extra>"
    )


def hover_line(text: str) -> str:
    return f"<br>{text}"


def value(printed: str, unit: str) -> str:
    return f"{printed} {unit}"


def axis_value(number: float, unit: str) -> str:
    """Print a value at an axis: rates with their sign, large counts in 萬 and 億."""
    if unit == "%":
        return f"{number:g}%"
    for size, name in ((100_000_000, "億"), (10_000, "萬")):
        if abs(number) >= size:
            return f"{number / size:,g}{name}"
    return f"{number:,g}"


def sources_line(kind: Kind, numbers: Sequence[int], days: tuple[date, date]) -> str:
    """Quote many reports of a kind in a line: their numbers in the journal, the first and last day they cover."""
    listed = "、".join(map(str, sorted(numbers)))
    first, last = map(roc_date, days)
    span = first if first == last else f"{first}至{last}"
    return f"來源：{KIND_NAMES[kind]} {len(numbers)} 份（收件第 {listed} 號），資料截止 {span}"


def lines_alt(
    headline: str, drawn: Sequence[str], marked: Sequence[tuple[str, str]], first: Period, last: Period
) -> str:
    listed = f"{len(drawn)} 條線：{'、'.join(drawn)}"
    events = f"標示事件：{'、'.join(f'{number}{short}' for number, short in marked)}。" if marked else ""
    return f"折線圖，{roc_period(first)}至{roc_period(last)}，{listed}。{headline}。{events}各期數值見表格。"


def panels_alt(headline: str, first: Period, last: Period) -> str:
    span = f"{roc_period(first)}至{roc_period(last)}"
    return f"22 縣市小型折線圖，縱軸相同，{span}，灰線為全國。{headline}。各縣市數值見表格。"


def table_caption(what: str, first: Period, last: Period) -> str:
    return f"{what}，{roc_period(first)}至{roc_period(last)}"
