"""The words of the commands that decide and that show what was decided."""

SETTLE_COMMAND = "認定待認定事項：同分者何者列入末段，或缺資料之縣市是否應提檢討報告"
FREEZE_COMMAND = "定案：將一個年度之排名連同所依資料與規則寫入決定紀錄"
DECISIONS_COMMAND = "列出決定紀錄；show N 輸出第 N 號之原文"
YEAR_HELP = "評比年度（民國）"
RULE_HELP = "規則檔（data/rules）"
GROUP_HELP = "組別，例如 非直轄市"
LAST_HELP = "列入末段（或應提檢討報告）之縣市，以逗號分隔；空字串表示都不是"
COUNTY_HELP = "只就這一縣市認定（該縣市未列名次時）"
REASON_HELP = "理由"
REFREEZE_HELP = "理由；該年度曾定案者必填"
FORMAT_HELP = "輸出格式"
SHOW_HELP = "show：輸出一筆決定之原文"
NUMBER_HELP = "決定第幾號"
WHICH_DECISION = "請指明第幾號，例如 guobao decisions show 1。"


def unknown_county(name: str) -> str:
    return f"查無縣市「{name}」。"


def duty_line(body: str) -> str:
    return f"期程完成 {body}"


def recorded(number: int, what: str, replaced: int | None = None) -> str:
    """Say what was written, and which settlement of the same matter it takes the place of."""
    return f"已寫入決定第 {number} 號：{what}{f'（取代第 {replaced} 號）' if replaced else ''}"


# --- the list of decisions

KINDS = {"settlement": "認定", "freeze": "定案", "duty_done": "期程完成"}
NUMBER, KIND, DECIDED_ON, BY, CONTENT = "號", "種類", "日期", "人員", "內容"
NO_DECISIONS = "尚無任何決定。"


def freeze_line(evaluation_year: str, label: str, reason: str) -> str:
    return f"{evaluation_year}定案，規則：{label}{f'；理由：{reason}' if reason else ''}"
