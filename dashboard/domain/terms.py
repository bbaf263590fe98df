"""What codes are called: kinds of reports, outcomes, states. Sentences of the pages are in `words`."""

from types import MappingProxyType

from dashboard.domain.kinds import Kind

KINDS = MappingProxyType(
    {
        Kind.COLLECTION: "欠費催繳作業收繳概況",
        Kind.PAYMENT_RATE: "保險費收繳率",
        Kind.VISITS: "服務員訪視成效",
        Kind.UNPAID_REASONS: "未繳費原因統計",
        Kind.AVERAGE_RATE: "平均繳費率",
    }
)

OUTCOMES = MappingProxyType(
    {"accepted": "已收", "accepted_with_notes": "已收（有附記）", "refused": "未收", "identical": "已收過，不變"}
)

DUTY_STATES = MappingProxyType(
    {"on_time": "準時", "late": "逾期收到", "history": "歷史檔補入", "awaited": "未到期", "missing": "逾期未收"}
)

REASONS_DIFFER = "未繳費原因合計 {0:,} 人，訪視成功減補繳為 {1:,} 人"
