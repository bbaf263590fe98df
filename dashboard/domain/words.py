"""The words readers see, in one place: titles, labels, notes, and the templates of sentences with figures.

Figures come in as text, already rounded; nothing here calculates.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from dashboard.domain.kinds import Basis, Kind, Population
from dashboard.domain.measures import Measure
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.roc import roc_date, roc_period, roc_year

TITLE = "國民年金繳費率督導儀表板"
COUNTY_MAP = "縣市地圖"
GROUP_RANKING = "分組排名"
TREND = "趨勢"
UNPAID_REASONS_PAGE = "未繳費原因"

KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.COLLECTION: "欠費催繳作業收繳概況表",
        Kind.PAYMENT_RATE: "被保險人保險費收繳率",
        Kind.VISITS: "服務員訪視成效",
        Kind.UNPAID_REASONS: "未繳費原因統計",
        Kind.AVERAGE_RATE: "平均繳費率",
    }
)
RATE_NAMES: Mapping[Kind, str] = MappingProxyType(
    {Kind.PAYMENT_RATE: "收繳率（單期）", Kind.AVERAGE_RATE: "平均繳費率（累計）"}
)
POPULATIONS: Mapping[Population, str] = MappingProxyType({Population.ALL: "全體", Population.INDIGENOUS: "原住民"})
BASES: Mapping[Basis, str] = MappingProxyType({Basis.PERSONS: "按人數", Basis.AMOUNTS: "按金額"})


def document_title(page: str) -> str:
    """Name a page in the list of tabs and of visited pages."""
    return f"{page}｜{TITLE}"


# --- pickers
PICK_MEASURE = "指標"
PICK_BASIS = "計算基礎"
PICK_POPULATION = "對象"
PICK_PERIOD = "繳費期別"
PICK_AS_OF = "資料截止日"
PICK_YEAR = "年度"
PICK_COUNTY = "縣市"
NO_COUNTY = "未選（或點地圖）"
NO_COUNTY_IN_LIST = "未選"

# --- tables
NATION = "全國"
RANK = "名次"
COUNTY = "縣市"
GROUP = "組別"
TOTAL = "總分"
VALUE = "數值"
POINTS = "得分"
CHANGE_ON_YEAR = "較前一年"
REPORT = "檢討報告"
REASON = "說明"
POINT = "分"
RANKING_BASIS = "收繳率消長按金額，訪視指標按人數"
NO_VALUE = "無數值"
NOT_YET = "…"
NO_PLACE = "－"
MEANINGLESS = "--"
UNRANKED = "未列名次"
SMALL_MARK = "＊"

# --- marks
SIMULATED = "模擬資料"
SIMULATED_NOTE = "本圖表含模擬資料，不是實際統計數字。"
ASSUMPTIONS = "假設"
SOURCES = "資料來源"
NOTES = "說明"
SENTENCE_WITHOUT_SETTING = "句中缺少設定值的位置"
NO_FIGURES_YET = "尚無可呈現的資料；請先收件。"

# --- notes
RANK_NOTE = "名次依全部有數值的縣市由高至低排列，同值同名次；無數值者不列名次。"
MISSING_NOTE = "「…」為資料尚未產生，「--」為分母為零、無意義；二者均不作零計，地圖以灰色表示。"
THOUSANDS_NOTE = "原報表金額以千元列報，換算為元後精確至千元。"
MIXED_THOUSANDS_NOTE = "部分縣市原報表金額以千元列報，換算為元後精確至千元。"
CHANGE_NOTE = "較前一年為平均繳費率之差，以未四捨五入之金額計算；正負號以未四捨五入之值為準。"
TRIAL_NOTE = "本年度早於本規則評比起始年度，名次為試算，不是法定名次。"
PROPOSAL_NOTE = "所選方案未曾施行，名次為試算，不是法定名次。"

_VERDICTS: Mapping[bool | str, str] = MappingProxyType({True: "應提", "undecided": "待認定"})


def percent(value: str) -> str:
    return f"{value} %"


def points_apart(value: str) -> str:
    return f"{value} 個百分點"


def names(counties: Sequence[str], most: int = 4) -> str:
    """List counties; beyond `most` of them only their number."""
    return "、".join(counties) if len(counties) <= most else f"{len(counties)} 縣市"


def of_whom(population: Population) -> str:
    return "" if population is Population.ALL else POPULATIONS[population]


# --- the map


def payment_subject(period: BillingPeriod, measure: Measure, population: Population) -> str:
    return f"{roc_period(period)}{of_whom(population)}{measure.label}（{measure.basis}）"


def average_subject(year: FullYear, measure: Measure, population: Population) -> str:
    return f"{roc_year(year.year)}{of_whom(population)}{measure.label}（{measure.basis}）"


def average_span(year: FullYear) -> str:
    return f"97年10月至{roc_year(year.year)}6月"


def cumulative(basis: str, span: str) -> str:
    return f"{basis}，{span}累計"


def extremes(subject: str, highest: tuple[Sequence[str], str], lowest: tuple[Sequence[str], str]) -> str:
    """Say who stands highest and lowest; both in one where all are equal."""
    if highest[1] == lowest[1] and set(highest[0]) == set(lowest[0]):
        return f"{subject}：{names(highest[0])}均為 {percent(highest[1])}"
    return f"{subject}：{names(highest[0])}最高 {percent(highest[1])}，{names(lowest[0])}最低 {percent(lowest[1])}"


def nation_finding(nation: str, part: str, whole: str, measure: Measure) -> str:
    """State the national rate with what it is made of."""
    unit = measure.counted_in
    return f"全國 {percent(nation)}（{measure.part} {part} {unit} ÷ {measure.whole} {whole} {unit}）"


def spread_finding(above: int, ranked: int, spread: str) -> str:
    return f"{ranked} 縣市中 {above} 縣市高於全國，最高與最低相差 {points_apart(spread)}"


def small_finding(small: Sequence[str], persons: int) -> str:
    return f"{names(small)}分母少於 {persons} 人，未列入最高、最低之比較"


def small_note(persons: int) -> str:
    return f"「{SMALL_MARK}」：分母少於 {persons} 人，比率易受個別案件影響。"


def small_selection(persons: int) -> str:
    return f"分母少於 {persons} 人，比率易受個別案件影響。"


def county_standing(county: str, rate: str, rank: int, ranked: int, gap: str) -> str:
    return f"{county} {percent(rate)}，{ranked} 縣市中第 {rank} 名，{gap}。"


def gap_to_nation(sign: int, size: str) -> str:
    """Say how far above (1) or below (-1) the nation a county stands; 0 is exactly there."""
    return f"{'高' if sign > 0 else '低'}於全國 {points_apart(size)}" if sign else "與全國相同"


def county_without_rate(county: str) -> str:
    return f"{county}無數值，不列名次。"


def nation_note(left_out: Sequence[str]) -> str:
    """Say how the nation's row is made, and which counties are not in it."""
    missing = f"，未含無數值之{names(left_out, 22)}" if left_out else ""
    return f"全國為各縣市分子合計 ÷ 分母合計，不是各縣市比率之平均{missing}。"


def immature_note(period: BillingPeriod, age_months: int) -> str:
    return (
        f"{roc_period(period)}於{roc_date(period.due_on)}屆繳費期限，截至資料截止日為屆期後 {age_months} 個月；"
        "欠費得於十年內補繳，越近的期別比率越低，不同期別不宜直接比較。"
    )


def newest_note(period: BillingPeriod) -> str:
    return f"{roc_period(period)}為本次報表最新一期，比率最低屬常態。"


def insets_note(frames: Sequence[tuple[str, float]]) -> str:
    listed = "、".join(f"{label} {factor:g} 倍" for label, factor in frames)
    return f"離島以方框移置並放大（長度：{listed}），面積不可與本島比較。"


def payment_not_available(period: BillingPeriod, as_of: date) -> str:
    return f"沒有{roc_period(period)}保險費收繳率截至{roc_date(as_of)}的資料；請改選其他期別或資料截止日。"


def average_not_available(year: FullYear) -> str:
    return f"尚未收到{roc_year(year.year)}的平均繳費率報表；請改選其他年度。"


# --- the ranking


def evaluation(year: FullYear, is_trial: bool) -> str:
    return f"{roc_year(year.year)}{'（試算）' if is_trial else ''}"


def pattern_note(last: str) -> str:
    return f"斜線紋為列名{last}或同分待認定之縣市。"


def bars_heading(evaluation_year: str) -> str:
    return f"{evaluation_year}分組排名加權總分"


def verdict(owes: bool | str, in_last: bool | str, is_trial: bool = False) -> str:
    """Say in a word who owes a report; exempt is only who would otherwise owe one, and a trial is called so."""
    return ("試算" if is_trial and owes is True else "") + _VERDICTS.get(owes, "免提" if in_last else "無須")


def segment(label: str, value: str, rank: int, points: str, weight: str) -> str:
    return f"{label} {value}，組內第 {rank} 名得 {points} 分，× {weight} %"


def ranking_alt(title: str, selection: str = "") -> str:
    return f"各組縣市加權總分堆疊橫條圖，依名次排列。{title}。{selection}各指標數值見圖下表格。"


# --- birth records


def source(kind: Kind, what: str, as_of: date, file_name: str, dates: tuple[date | None, date], number: int) -> str:
    """Quote one report: what it is, cut-off, file, dates of issue and receipt, number in the journal."""
    issued_on, received_on = dates
    issued = f"製表 {roc_date(issued_on)}、" if issued_on else ""
    return (
        f"{KIND_NAMES[kind]}{what}（資料截止 {roc_date(as_of)}）：{file_name}，"
        f"{issued}收件 {roc_date(received_on)}，收件第 {number} 號"
    )


def correction(reason: str) -> str:
    return f"更正版本；更正原因：{reason or '未載明'}"


def as_of_line(as_of: date) -> str:
    return f"資料截止 {roc_date(as_of)}"


def newest_as_of_line(as_of: date) -> str:
    """State the cut-off date of a series, whose older figures have older ones."""
    return newest(as_of_line(as_of))


def newest(line: str) -> str:
    return f"{line}，為最近一期"


def other_as_of(kind: Kind, as_of: date) -> str:
    return f"{KIND_NAMES[kind]} {roc_date(as_of)}"


def meta_line(unit: str, basis: str, as_of: str, rule: str) -> str:
    """State what must stand beside every figure."""
    return "　".join(part for part in (f"單位：{unit}", f"計算基礎：{basis}", as_of, rule) if part)


def shared_basis(where: str) -> str:
    """Refer to an exhibit above that rests on the same reports and assumptions."""
    return f"資料來源與假設同上方「{where}」。"


def assumption(sentence: str, since: date) -> str:
    return f"{ASSUMPTIONS}：{sentence}（{roc_date(since)}起採用）"


def invalid_display(file_name: str, places: Sequence[str]) -> str:
    return f"設定檔 {file_name} 無法使用{f'：{names(places, 9)}' if places else ''}；請更正 data 內的設定檔。"


def rule_version(label: str, digest: str) -> str:
    return f"規則：{label}（版本 {digest[:8]}）"


# --- the address


def unknown_parameters(asked: Sequence[str]) -> str:
    listed = "、".join(f"「{one[:40]}」" for one in asked[:5])
    return f"網址中的{listed}不是本頁的選項，未予採用。"


def invalid_choice(label: str, asked: str, taken: str) -> str:
    return f"網址中的{label}「{asked[:40]}」不在可選範圍內，改以「{taken}」呈現。"
