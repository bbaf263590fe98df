"""What codes are called: kinds of reports, outcomes, states, verdicts. Sentences of the pages are in `words`."""

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

VERDICTS = MappingProxyType({True: "應提", False: "免提", "undecided": "待認定"})
"""Whether a county owes a review report; a tie across the cut is for a person."""

RANK_COLUMNS = MappingProxyType(
    {
        "group": "組別",
        "place": "名次",
        "county_code": "代碼",
        "county": "縣市",
        "total": "總分",
        "owes_review_report": "檢討報告",
        "reason": "說明",
    }
)

REASONS_DIFFER = "未繳費原因合計 {0:,} 人，訪視成功減補繳為 {1:,} 人"
