"""What each measure is, written once: unit, decimals, basis, and which way is good."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from dashboard.domain.kinds import Basis, Kind


@dataclasses.dataclass(frozen=True)
class Measure:
    """One measure; `part` ÷ `whole` are the labels of its numerator and denominator, `counted_in` their unit.

    `basis` is what the rate counts (按人數, 按金額). A measure that is a difference has neither part nor whole.
    """

    key: str
    label: str
    unit: str
    decimals: int
    higher_is_better: bool
    definition: str
    basis: str
    source: Kind
    part: str = ""
    whole: str = ""
    counted_in: str = ""

    @property
    def is_difference(self) -> bool:
        return not self.whole


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
        )
    }
)


def payment_rate(basis: Basis) -> Measure:
    return PAYMENT_RATE_PERSONS if basis is Basis.PERSONS else PAYMENT_RATE_AMOUNTS
