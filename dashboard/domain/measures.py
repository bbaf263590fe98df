"""What each measure is, written once: unit, decimals, basis, and which way is good."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from dashboard.domain.kinds import Basis, Kind


@dataclasses.dataclass(frozen=True)
class Measure:
    """One measure; `part` ÷ `whole` are the labels of its numerator and denominator, `counted_in` their unit.

    `basis` is what the rate counts (按人數, 按金額). A measure that is a difference has neither part nor whole, a count
    has only a part. `higher_is_better` is None where more is neither good nor bad.
    """

    key: str
    label: str
    unit: str
    decimals: int
    higher_is_better: bool | None
    definition: str
    basis: str
    source: Kind
    part: str = ""
    whole: str = ""
    counted_in: str = ""

    @property
    def is_difference(self) -> bool:
        return not self.part and not self.whole

    @property
    def is_count(self) -> bool:
        return bool(self.part) and not self.whole


_SINCE = "自97年10月累計"

PAYMENT_RATE_PERSONS = Measure(
    key="payment_rate_persons_pct",
    label="收繳率",
    unit="%",
    decimals=2,
    higher_is_better=True,
    definition="已繳人數 ÷ 應繳人數 × 100；某一期保險費，計至資料截止日",
    basis="按人數",
    source=Kind.PAYMENT_RATE,
    part="已繳人數",
    whole="應繳人數",
    counted_in="人",
)
PAYMENT_RATE_AMOUNTS = dataclasses.replace(
    PAYMENT_RATE_PERSONS,
    key="payment_rate_amounts_pct",
    definition="已收金額 ÷ 應收金額 × 100；某一期保險費，計至資料截止日",
    basis="按金額",
    part="已收金額",
    whole="應收金額",
    counted_in="元",
)
AVERAGE_RATE = Measure(
    key="average_rate_pct",
    label="平均繳費率",
    unit="%",
    decimals=2,
    higher_is_better=True,
    definition=f"已收金額 ÷ 應收金額 × 100，{_SINCE}",
    basis="按金額",
    source=Kind.AVERAGE_RATE,
    part="已收金額",
    whole="應收金額",
    counted_in="元",
)
RATE_CHANGE = Measure(
    key="rate_change_pp",
    label="收繳率消長",
    unit="個百分點",
    decimals=2,
    higher_is_better=True,
    definition="當年平均繳費率 − 前一年平均繳費率，以未四捨五入之金額計算",
    basis="按金額",
    source=Kind.AVERAGE_RATE,
)
SUCCESS_RATE = Measure(
    key="success_rate_pct",
    label="訪視成功率",
    unit="%",
    decimals=2,
    higher_is_better=True,
    definition="訪視成功人數 ÷ 訪視人數 × 100",
    basis="按人數",
    source=Kind.VISITS,
    part="訪視成功人數",
    whole="訪視人數",
    counted_in="人",
)
REPAYMENT_RATE = dataclasses.replace(
    SUCCESS_RATE,
    key="repayment_rate_pct",
    label="訪視後補繳率",
    definition="訪視後補繳人數 ÷ 訪視成功人數 × 100",
    part="訪視後補繳人數",
    whole="訪視成功人數",
)
COMPLETION_RATE = dataclasses.replace(
    SUCCESS_RATE,
    key="completion_rate_pct",
    label="訪視完成率",
    definition="訪視人數 ÷ 年度訪視目標 × 100，可逾 100 %",
    part="訪視人數",
    whole="年度訪視目標",
)

# --- visits of a first half year: a report of its own, never a part of the full year's

SUCCESS_RATE_FIRST_HALF = dataclasses.replace(
    SUCCESS_RATE,
    key="success_rate_first_half_pct",
    label="訪視成功率（上半年）",
    definition="上半年訪視成功人數 ÷ 上半年訪視人數 × 100",
)
REPAYMENT_RATE_FIRST_HALF = dataclasses.replace(
    REPAYMENT_RATE,
    key="repayment_rate_first_half_pct",
    label="訪視後補繳率（上半年）",
    definition="上半年訪視後補繳人數 ÷ 上半年訪視成功人數 × 100",
)
COMPLETION_RATE_FIRST_HALF = dataclasses.replace(
    COMPLETION_RATE,
    key="completion_rate_first_half_pct",
    label="訪視完成率（上半年）",
    definition="上半年訪視人數 ÷ 年度訪視目標 × 100，目標為全年",
)

# --- dunning, month by month

DUNNED_PERSONS = Measure(
    key="dunned_persons",
    label="催繳人數",
    unit="人",
    decimals=0,
    higher_is_better=None,
    definition="當月催繳欠費之人數",
    basis="按人數",
    source=Kind.COLLECTION,
    part="催繳人數",
    counted_in="人",
)
DUNNED_TWD = dataclasses.replace(
    DUNNED_PERSONS,
    key="dunned_twd",
    label="催繳金額",
    unit="元",
    definition="當月催繳欠費之金額",
    basis="按金額",
    part="催繳金額",
    counted_in="元",
)
RECOVERED_PERSONS = dataclasses.replace(
    DUNNED_PERSONS,
    key="recovered_persons",
    label="收回人數",
    higher_is_better=True,
    definition="當月收回欠費之人數",
    part="收回人數",
)
RECOVERED_TWD = dataclasses.replace(
    DUNNED_TWD,
    key="recovered_twd",
    label="收回金額",
    higher_is_better=True,
    definition="當月收回欠費之金額",
    part="收回金額",
)
ARREARS_PERSONS = dataclasses.replace(
    DUNNED_PERSONS,
    key="arrears_persons",
    label="期末欠費人數",
    higher_is_better=False,
    definition="月底尚有欠費之人數",
    part="期末欠費人數",
)
ARREARS_TWD = dataclasses.replace(
    DUNNED_TWD,
    key="arrears_twd",
    label="期末欠費金額",
    higher_is_better=False,
    definition="月底尚未繳納之欠費金額",
    part="期末欠費金額",
)
INSTALMENT_CASES = dataclasses.replace(
    DUNNED_PERSONS,
    key="instalment_cases",
    label="分期繳納核准件數",
    unit="件",
    definition="當月核准分期繳納之件數",
    basis="按件數",
    part="分期繳納核准件數",
    counted_in="件",
)

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        measure.key: measure
        for measure in (
            PAYMENT_RATE_PERSONS,
            PAYMENT_RATE_AMOUNTS,
            AVERAGE_RATE,
            RATE_CHANGE,
            SUCCESS_RATE,
            REPAYMENT_RATE,
            COMPLETION_RATE,
            SUCCESS_RATE_FIRST_HALF,
            REPAYMENT_RATE_FIRST_HALF,
            COMPLETION_RATE_FIRST_HALF,
            DUNNED_PERSONS,
            DUNNED_TWD,
            RECOVERED_PERSONS,
            RECOVERED_TWD,
            ARREARS_PERSONS,
            ARREARS_TWD,
            INSTALMENT_CASES,
        )
    }
)


def payment_rate(basis: Basis) -> Measure:
    return PAYMENT_RATE_PERSONS if basis is Basis.PERSONS else PAYMENT_RATE_AMOUNTS
