"""The words of keeping the ledger: withdrawing, verifying, backing up and restoring.

Figures come in as text; nothing here calculates.
"""

from collections.abc import Sequence
from datetime import date

from dashboard.domain.roc import roc_date

# --- withdrawing
WITHDRAW_COMMAND = "撤回一件收件：自撤回日起不再採計其數值；收件紀錄與原檔均保留"
SUBMISSION_HELP = "收件號"
REASON_HELP = "撤回原因，將留存紀錄"
NO_OFFICER = "尚未設定收件人員姓名（officer），只能檢視；設定後始得撤回。"
NO_REASON = "請載明撤回原因；撤回須附原因並留存紀錄。"
REASON_TOO_LONG = "撤回原因請在 500 字以內。"


def no_such_submission(number: int, last: int) -> str:
    return f"查無第 {number} 號收件（收件帳共 {last} 筆）；請確認收件號。"


def refused_is_not_in(number: int, file_name: str) -> str:
    return f"第 {number} 號 {file_name} 當時未予收件，無可撤回。"


def withdrawn_before(number: int, file_name: str, day: date, by: str) -> str:
    return f"第 {number} 號 {file_name} 已於{roc_date(day)}由{by}撤回，不得重複撤回。"


def withdrawn(number: int, file_name: str, day: date) -> str:
    return f"已撤回第 {number} 號 {file_name}；自{roc_date(day)}起不再採計，此前所知不變。"


# --- the schema of the ledger's database
def newer_ledger(found: str, known: str) -> str:
    return f"收件帳的版本（{found}）比本程式所知者（{known}）新；請以較新版的程式開啟，收件帳未予更動。"


# --- verifying
VERIFY_COMMAND = "查核收件帳、決定紀錄、原檔、數值檔與資料倉儲是否彼此相符；不符時指出第一處並回傳 1"
DEEP_HELP = "另將每一原檔重新讀取，與當時所收數值比對（較久）"
JOURNAL, DECISIONS, ORIGINALS, FIGURES = "收件帳", "決定紀錄", "原檔", "數值檔"
READ_AGAIN, POINTER, WAREHOUSE = "原檔重讀", "指標", "資料倉儲"
NOTHING_STORED = "資料目錄內沒有收件帳，無可查核。"
OTHER_FIGURES = "重讀所得與當時所收數值不同"
READER_CHANGED_HINT = "若程式讀取規則已更新，請比對兩者差異；否則請自備份還原。"


def part_is_sound(part: str, what: str) -> str:
    return f"相符　{part}：{what}"


def part_is_broken(part: str, what: str) -> str:
    return f"不符　{part}：{what}"


def note(what: str) -> str:
    return f"附記　{what}"


def records(count: int, head: str) -> str:
    return f"{count:,} 筆，末筆雜湊值 {head[:12]}…"


def files(count: int) -> str:
    return f"{count:,} 檔"


def tables(count: int, rows: int) -> str:
    return f"{count} 表 {rows:,} 列與重建者逐列相同"


def missing_file(number: int, file_name: str, path: str) -> str:
    return f"第 {number} 號 {file_name} 之檔案 {path} 遺失或無法讀取；請自備份還原。"


def altered_file(number: int, file_name: str, path: str) -> str:
    return f"第 {number} 號 {file_name} 之檔案 {path} 與收件帳所載雜湊值不符；請自備份還原。"


def withdrawal_of_nothing(number: int, submission_id: int) -> str:
    return f"第 {number} 筆撤回第 {submission_id} 號，惟該號未收件或已撤回。"


def read_otherwise(number: int, file_name: str, place: str) -> str:
    at = f"（{place}）" if place else ""
    return f"第 {number} 號 {file_name} {OTHER_FIGURES}{at}；{READER_CHANGED_HINT}"


def row_differs(table: str, side: str, row: str) -> str:
    return f"{table} 之一列{side}：{row}；請執行 guobao build 重建。"


ONLY_IN_SERVICE, ONLY_REBUILT = "僅見於服務中者", "為服務中者所無"


def table_differs(table: str) -> str:
    return f"{table} 與重建者欄位不同或缺漏；請執行 guobao build 重建。"


def pointer_behind(pointed: int, head: int) -> str:
    return f"服務中的資料倉儲對應第 {pointed} 筆，收件帳末筆為第 {head} 筆；請執行 guobao build。"


NO_POINTER = "指標檔遺失或損毀；請執行 guobao build。"
OTHER_CODE = "服務中的資料倉儲由另一版程式所建；下次啟動時將重建，或請執行 guobao build。"
POINTER_AT_HEAD = "指向收件帳末筆"
NOT_COMPARED = "原檔或數值檔有誤，資料倉儲未予比對；請於修復後再次查核。"
WAREHOUSE_LOST = "服務中的資料倉儲遺失或損毀；請執行 guobao build。"


def orphans(names: Sequence[str]) -> str:
    more = "等" if len(names) > 3 else ""
    return f"{len(names)} 個檔案不屬任何收件紀錄：{'、'.join(names[:3])}{more}；不影響數值。"


# --- backing up and restoring
BACKUP_COMMAND = "備份收件帳、決定紀錄、原檔與數值檔為一個檔案；服務進行中亦可"
BACKUP_HELP = "備份檔（.zip），不得已存在"
RESTORE_COMMAND = "自備份檔還原；逐檔核對雜湊值後始寫入，服務中的儀表板隨即改用"
RESTORE_HELP = "備份檔（.zip）"
REPLACE_HELP = "資料目錄另有備份檔所無的紀錄時仍予取代；原有者另存於旁，不刪除"
NO_SUCH_LEDGER = "資料目錄內沒有收件帳，無可備份；請以 --data-dir 指定。"


def backup_exists(path: str) -> str:
    return f"{path} 已存在；請另取檔名，備份不覆寫既有檔案。"


def cannot_back_up(path: str) -> str:
    return f"{path} 遺失或與收件帳所載雜湊值不符，未予備份；請以 guobao verify 查核，並自較早的備份還原。"


def backed_up(path: str, files_: int, records_: int, decisions: int) -> str:
    return f"已備份至 {path}：收件帳 {records_:,} 筆、決定 {decisions:,} 筆、檔案 {files_:,} 個。"


def restored(files_: int, records_: int, decisions: int) -> str:
    return f"已還原：收件帳 {records_:,} 筆、決定 {decisions:,} 筆、檔案 {files_:,} 個，資料倉儲已重建。"


def kept_aside(path: str) -> str:
    return f"原有資料另存於 {path}。"


def not_a_backup(path: str, why: str) -> str:
    return f"{path} 不是可用的備份檔（{why}）；資料目錄未予更動。"


UNREADABLE, NO_MANIFEST, OTHER_FORMAT = "無法開啟或已損毀", "沒有清單", "格式版本不同"
LEDGER_DAMAGED, HEADS_DIFFER = "收件帳損毀", "收件帳與清單所載不符"


def strange_name(name: str) -> str:
    return f"含不應有的檔名 {name[:80]!r}"


def wrong_content(name: str) -> str:
    return f"{name} 的內容與清單所載雜湊值不符"


def lacks(name: str) -> str:
    return f"缺少 {name}"


def would_lose(records_: int, decisions: int) -> str:
    return (
        f"資料目錄內已有收件帳（{records_:,} 筆、決定 {decisions:,} 筆），備份檔未包含其全部紀錄，還原會失去其後者；"
        "確認要以備份檔為準時，請加 --replace（原有者另存於旁，不刪除）。"
    )


NOT_A_DATA_DIR = "資料目錄內有其他檔案而沒有收件帳；請指定空的目錄。"
