"""The words of empty templates: what to write where, and what each column means."""

from collections.abc import Mapping
from types import MappingProxyType

PREFIX = "範本"
GUIDE = "填寫範例與定義"
COUNTY = "縣市別"
ITEMS = ("欄位", "單位", "定義", "填寫範例（非真實資料，新北市）")
HOW = (
    "請只填寫白底的儲存格；標題與欄名已鎖定（無密碼），請勿更改。",
    "各縣市每格填零或正整數；無數值填「-」，資料尚未產生填「…」，不得留白。",
    "總計、小計與百分比由系統計算，免填。",
    "本工作表僅供參考，收件時不取用。",
)
UNNAMED = "（期別）"
"""What stands above the columns of a billing period until somebody names it."""


def several_periods(room: int) -> str:
    """Say how many billing periods a form has room for, and what becomes of those that are not needed."""
    return (
        f"期別由左至右填寫，備有 {room} 期；未用的期別請保留「{UNNAMED}」，其下各欄留白。"
        f"超過 {room} 期者請改用長表範本。"
    )


NUMBER_TITLE = "請填整數"
NUMBER = "請填零或正整數；無數值填「-」，資料尚未產生填「…」。"
TEXT_TITLE = "請以民國年書寫"

HEAD = ("資料期間", "資料截止日", "單位", "製表日期")
PERIOD, AS_OF, UNIT, ISSUED = HEAD

PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "month": "114年3月",
        "billing_period": "113年1-2月至113年11-12月各期",
        "half_or_full_year": "113年上半年",
        "cumulative_year": "97年10月至114年6月",
    }
)
"""How each layout spells its period."""
ONE_PERIOD = "113年1-2月"
DAYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "month": {AS_OF: "114年3月31日", ISSUED: "114年4月20日"},
        "billing_period": {AS_OF: "114年3月31日", ISSUED: "114年4月20日"},
        "half_or_full_year": {AS_OF: "113年8月31日", ISSUED: "113年9月20日"},
        "cumulative_year": {AS_OF: "114年10月31日", ISSUED: "114年11月20日"},
    }
)
"""Days that go with these periods: a report filled in by its examples is in order."""
HEAD_MEANS: Mapping[str, str] = MappingProxyType(
    {
        PERIOD: "報表所涵蓋的期間",
        AS_OF: "數值計至哪一日",
        UNIT: "金額的單位：元或千元",
        ISSUED: "本報表製成的日期",
    }
)
WHOLE_YEAR = "報表所涵蓋的期間；全年者只寫年，例如 113年"
KEYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "period": ("每一列的年月或期別", "11403"),
        "as_of": ("數值計至哪一日", "114年3月31日"),
        "county_code": ("縣市代碼，五碼", "65000"),
        "population": ("全體或原住民", "全體"),
    }
)
"""What a key column of a long file holds, and an example."""
PERIOD_OF_BILL = "113年1-2月"

MEANS: Mapping[str, str] = MappingProxyType(
    {
        "spouse_fined_persons": "當月對配偶處以罰鍰之人數；無此業務者得填「-」",
        "spouse_fined_twd": "當月對配偶處以罰鍰之金額；無此業務者得填「-」",
        "payable_persons": "該期應繳保險費之人數",
        "paid_persons": "計至資料截止日已繳該期保險費之人數，不得大於應繳人數",
        "receivable_twd": "計至資料截止日應收之保險費金額",
        "received_twd": "計至資料截止日已收之保險費金額，不得大於應收金額",
        "visitors": "服務員人數",
        "target_visits": "全年之訪視目標人數；上半年報表亦填全年目標",
        "visited_persons": "期間內訪視之人數，可大於年度訪視目標",
        "successful_persons": "訪視成功之人數，不得大於訪視人數",
        "repaid_persons": "訪視後補繳之人數，不得大於訪視成功人數",
        "repaid_twd": "訪視後補繳之金額",
        "outreach_sessions": "期間內辦理宣導之場次",
        "target_outreach_sessions": "全年之宣導場次目標",
        "hardship_persons": "訪視成功而未補繳者，主要原因為經濟困難之人數",
        "unwilling_persons": "訪視成功而未補繳者，主要原因為不想繳之人數",
        "unaware_persons": "訪視成功而未補繳者，主要原因為不知道要繳（未收到繳款單）之人數",
        "other_insurance_persons": "訪視成功而未補繳者，主要原因為已加入其他社會保險之人數",
        "untraceable_persons": "訪視成功而未補繳者，主要原因為行蹤不明或地址不符之人數",
        "other_reason_persons": "訪視成功而未補繳者，主要原因為其他之人數",
    }
)
"""What columns mean that are no measure of their own."""
EXAMPLE = "1,234"


def title(heading: str, *, is_long: bool) -> str:
    """Name a template: the report it is for, and whether every row states its period itself."""
    return f"{heading}（長表）" if is_long else heading


def sheet_title(heading: str, part: str, whose: str) -> str:
    """Return the title of one of several sheets: by persons or amounts, and of whom where not of all."""
    return f"{heading}{f'－{part}' if part else ''}{f'（{whose}）' if whose else ''}"


def by_unit(unit: str) -> str:
    """Name the sheet of persons or of amounts."""
    return "按人數" if unit == "count" else "按金額"
