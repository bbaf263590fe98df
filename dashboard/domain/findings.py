"""What receiving can find in a file: a closed catalogue, each with a sentence and a remedy in Chinese.

A finding says sheet, cell, what stands there, what was expected and what to do. One that refuses keeps the whole
file out; a note comes in with the figures and stays in the journal. Between the two stands what may well be right but
would be dear if it were not: it keeps the file out until a person acknowledges it, saying why.
"""

from dashboard.domain.finding import Finding, FindingKind, Severity
from dashboard.domain.finding import acknowledge as _acknowledge
from dashboard.domain.finding import note as _note
from dashboard.domain.finding import refuse as _refuse

__all__ = ["Finding", "FindingKind", "Severity", "catalogue"]


def catalogue() -> tuple[FindingKind, ...]:
    """Return every kind of finding there is, in the order of this module."""
    return tuple(kind for kind in globals().values() if isinstance(kind, FindingKind))


FILE_UNREADABLE = _refuse(
    "file_unreadable", "檔案無法開啟或已損毀", "請以試算表軟體重新另存為 .xlsx、.ods 或 .csv 後再送。"
)
FILE_TRUNCATED = _refuse("file_truncated", "檔案不完整，後段遺失", "傳送可能中斷；請確認檔案可以正常開啟後，重新傳送。")
FILE_HAS_MACROS = _refuse(
    "file_has_macros", "檔案含有巨集", "請另存為不含巨集的 .xlsx 或 .ods 後再送；本系統不收任何程式。"
)
FILE_ENCRYPTED = _refuse(
    "file_encrypted", "檔案設有密碼或為舊版 .xls 格式", "請移除密碼，另存為 .xlsx 或 .ods 後再送。"
)
FILE_TOO_LARGE = _refuse(
    "file_too_large", "檔案或其展開後的內容超過上限", "請刪除表格右方、下方設有格式的空白欄列；歷史資料可分檔送件。"
)
FILE_TOO_SLOW = _refuse(
    "file_too_slow",
    "檔案內容過於龐雜，未能在時限內讀完",
    "請刪除報表以外的工作表、格式與空白欄列；歷史資料可分檔送件。",
)
FILE_TYPE = _refuse("file_type", "不是可收的檔案格式", "請送 .xlsx、.ods 或 .csv。")
ENCODING_UNKNOWN = _refuse("encoding_unknown", "文字編碼無法判讀", "請以 UTF-8（含 BOM）或 Big5 存成 .csv 後再送。")
SEPARATOR_UNCLEAR = _refuse(
    "separator_unclear", "欄位分隔符號不只一種可能", "請以同一種分隔符號（逗號、分號或定位字元）另存後再送。"
)
WRONG_TABLE = _refuse("wrong_table", "不是本系統收受的五種報表", "請確認送件檔案；欄位名稱應與報表格式一致。")
SEVERAL_KINDS = _refuse("several_kinds", "同一檔案內有不同種類的報表", "請一種報表一個檔案分別送件。")
COLUMN_UNKNOWN = _refuse(
    "column_unknown",
    "欄位名稱不在報表格式內",
    "請改用空白範本所列的欄位名稱，不屬報表的欄請刪除；新的寫法請洽系統管理人員增列。",
)
COLUMN_MISSING = _refuse("column_missing", "缺少必要欄位", "請補上欄位後再送。")
COLUMN_TWICE = _refuse("column_twice", "同一欄位出現兩次", "請刪除重複的欄位。")
CONTENT_OUTSIDE = _refuse("content_outside", "表格之外有無法判讀的內容", "請移除，或改寫為以「註」開頭的附註。")
HEAD_MISSING = _refuse("head_missing", "表頭缺少必要資訊", "請在表格上方載明資料期間、資料截止日、單位與製表日期。")
HEAD_DISAGREES = _refuse("head_disagrees", "表頭前後不一致", "請確認各工作表屬於同一次報表，表頭每一項只寫一種內容。")
PERIOD_UNREADABLE = _refuse(
    "period_unreadable", "期間或日期無法判讀", "請以民國年書寫，例如 114年1月、113年1-2月、114年1月31日。"
)
PERIOD_UNCLEAR = _refuse(
    "period_unclear", "期間有兩種讀法", "請以文字書寫年月，例如 113年1月、113年10月，不以小數表示。"
)
PERIOD_IN_NAME = _refuse(
    "period_in_name", "檔名或標題的期間與表內期間不同", "請確認檔案內容，更正檔名、標題或表頭後再送。"
)
PERIOD_MISSING = _refuse(
    "period_missing", "表頭所列的期別，表內沒有", "請補上缺少的期別，或將資料期間改為表內實有的期別。"
)
DATE_OF_OLD = _refuse(
    "date_of_old",
    "日期被試算表當成西元三百年以前的日期，與輸入的可能差一日",
    "請將該儲存格設為「文字」格式，重新輸入例如 114年1月31日。",
)
PERIOD_OUTSIDE_RANGE = _refuse("period_outside_range", "期別不在表頭所列的資料期間內", "請確認期別與表頭的資料期間。")
PERIOD_NOT_OVER = _refuse(
    "period_not_over", "資料截止日早於資料期間結束", "請確認資料期間與資料截止日；期間未結束前不產製報表。"
)
CUT_OFF_TOO_LATE = _refuse(
    "cut_off_too_late", "資料截止日與資料期間相距過遠", "資料期間或資料截止日可能誤植；請確認兩者屬於同一次報表。"
)
ISSUED_TOO_EARLY = _refuse("issued_too_early", "製表日期早於資料截止日", "請確認製表日期與資料截止日的先後。")
PERIOD_IN_FUTURE = _refuse("period_in_future", "資料期間在今天之後", "請確認資料期間的年月。")
RECEIVED_BEFORE_ISSUED = _refuse("received_before_issued", "收件日早於製表日期", "請確認收件日或收件清冊所載日期。")
RECEIVED_IN_FUTURE = _refuse("received_in_future", "收件日在今天之後", "請確認收件日或收件清冊所載日期。")
ISSUE_DATE_UNKNOWN = _refuse("issue_date_unknown", "檔案未載製表日期", "請在表頭載明製表日期，或於收件時指定收件日。")
UNIT_UNCLEAR = _refuse("unit_unclear", "單位有兩種寫法，互不相同", "請統一表頭與欄位名稱所載的單位。")
UNIT_MISSING = _refuse("unit_missing", "未載明金額單位，或單位無法判讀", "請在表頭載明「元」或「千元」。")
COUNTY_UNKNOWN = _refuse(
    "county_unknown",
    "縣市名稱不在對照表",
    "請更正縣市名稱；新的寫法請洽系統管理人員增列。",
)
COUNTY_UNCLEAR = _refuse("county_unclear", "縣市名稱可指兩個縣市", "請寫出全名，例如新竹縣、新竹市。")
COUNTY_CODE_DISAGREES = _refuse("county_code_disagrees", "縣市代碼與縣市名稱不符", "請更正代碼或名稱。")
ROW_UNKNOWN = _refuse(
    "row_unknown",
    "列名不是縣市、總計或小計",
    "可能是分項、自訂小計或附註：小計請寫「直轄市小計」、「非直轄市小計」，附註請以「註」開頭，不屬報表的列請刪除。",
)
COUNTY_TWICE = _refuse("county_twice", "同一縣市出現兩次", "請刪除重複的列。")
COUNTY_MISSING = _refuse("county_missing", "缺少縣市", "22 個縣市都必須列出；尚未產生者請填「…」。")
NUMBER_UNREADABLE = _refuse("number_unreadable", "數字無法判讀", "請填整數；無數值填「-」，尚未產生填「…」。")
NUMBER_UNCLEAR = _refuse(
    "number_unclear",
    "數字有兩種讀法",
    "小數點可能是小數，也可能是千分位；上標與刪除線可能是註記。請改填整數，不含小數點、上標與刪除線。",
)
NUMBER_SHOWN_OTHERWISE = _refuse(
    "number_shown_otherwise",
    "儲存格顯示的與實際儲存的數字不同，有兩種讀法",
    "數值格式可能省略千位、加註文字或以「…」顯示零；請改用一般數字格式，使所見即所存，再核對單位。",
)
LETTERS_UNCLEAR = _refuse(
    "letters_unclear",
    "名稱、期間、單位或欄名有刪除線、上標或下標，有兩種讀法",
    "請刪去不用的字與註記號碼，以一般文字書寫；註記請寫在表格下方。",
)
UNIT_UNKNOWN = _refuse("unit_unknown", "單位不是人、件、元或千元，無法換算", "請以人、件、元或千元列報，並更正表頭。")
STATED_OTHERWISE = _refuse(
    "stated_otherwise", "表內或附註所載與表頭不同", "請確認單位、資料期間與資料截止日，全表一致後再送；不同者請分檔。"
)
NUMBER_NEGATIVE = _refuse("number_negative", "人數、件數或金額為負數", "請更正數值。")
FORMULA_WITHOUT_VALUE = _refuse(
    "formula_without_value", "公式沒有計算結果", "請在試算表軟體重新計算並存檔，或改貼數值。"
)
FORMULA_ERROR = _refuse("formula_error", "公式結果為錯誤值", "請修正公式，或改貼數值。")
TOTAL_DISAGREES = _refuse("total_disagrees", "總計與各縣市合計不符", "請更正總計或縣市數值。")
SUBTOTAL_DISAGREES = _refuse("subtotal_disagrees", "小計與所屬縣市合計不符", "請更正小計或縣市數值。")
PAID_OVER_PAYABLE = _refuse("paid_over_payable", "已繳人數大於應繳人數", "請更正已繳或應繳人數。")
RECEIVED_OVER_RECEIVABLE = _refuse(
    "received_over_receivable", "已收金額大於應收金額", "請更正金額；逾期收入仍不得超過該期應收金額。"
)
SUCCESSES_OVER_VISITS = _refuse("successes_over_visits", "訪視成功人數大於訪視人數", "請更正訪視或訪視成功人數。")
REPAID_OVER_SUCCESSES = _refuse(
    "repaid_over_successes", "訪視後補繳人數大於訪視成功人數", "請更正訪視成功或訪視後補繳人數。"
)
PERSONS_OVER_AMOUNT = _refuse(
    "persons_over_amount", "人數大於金額（元）", "人數與金額的欄位名稱可能對調，請確認後更正。"
)
INDIGENOUS_OVER_ALL = _refuse(
    "indigenous_over_all", "原住民的數值大於全體", "全體與原住民的標題或欄位可能對調，請確認後更正。"
)
PARTS_DISAGREE = _refuse("parts_disagree", "各原因人數之和與合計不符", "請更正合計或各原因人數。")
CELL_TWICE = _refuse("cell_twice", "同一數值出現兩次", "請確認工作表與期別是否重複。")
SAME_PERIOD_AGAIN = _refuse(
    "same_period_again",
    "同一期間已有收件，而本檔未標示「更正」",
    "若為更正，請在標題標示「更正」並附更正原因；否則請確認期間。",
)
SAME_PERIOD_TWICE = _refuse(
    "same_period_twice",
    "同時送審的另一檔案為同一期間，而本檔未標示「更正」",
    "同一期間只收一檔，請確認以何者為準；若本檔為更正，請在標題標示「更正」並附更正原因。",
)
CORRECTION_ELSEWHERE = _refuse(
    "correction_elsewhere", "更正檔的資料截止日與原報表不同", "更正須與原報表同種類、同期間、同資料截止日。"
)
CORRECTION_OLDER = _refuse("correction_older", "更正檔的製表日期早於原報表", "請確認製表日期。")
MANIFEST_DISAGREES = _refuse("manifest_disagrees", "檔案與收件清冊不符", "請確認清冊所列的雜湊值與製表日期。")
RETURNED = _refuse("returned", "收件人員退件", "請依退件理由更正後再送。")
CHECKS_FAILED = _refuse("checks_failed", "整批資料未通過發布前檢核", "本批全部未收；請依檢核項目更正後重送。")

JUMP = _acknowledge(
    "jump",
    "數值與該縣市以往相差過大",
    "請先查證；數值無誤者，請併附說明，否則請更正後再送。",
)

NUMBER_WITHDRAWN = _acknowledge(
    "number_withdrawn",
    "已有數值改為「…」（資料尚未產生）",
    "請先查證；確須收回原數值者，請併附說明，否則請填數值後再送。",
)

HIDDEN_PERIOD = _acknowledge(
    "hidden_period",
    "隱藏的工作表或列所載期間，為其他內容所無",
    "請取消隱藏，或刪除不送的工作表、列後再送；確應收錄者，請併附說明。",
)
TITLE_UNCLEAR = _acknowledge(
    "title_unclear",
    "標題另有無法判讀的字樣，可能只是部分數值或草稿",
    "請刪除標題所列以外的字樣後再送；確為完整報表者，請併附說明。",
)

UNIT_HALF_KNOWN = _acknowledge(
    "unit_half_known",
    "單位一欄另有無法判讀的字樣",
    "請只寫單位，例如「人、件、千元」；確與數值無關者，請併附說明。",
)
PROVISIONAL = _acknowledge(
    "provisional",
    "檔案自稱草稿、初步或推估數",
    "請改送定稿；確為定稿者，請刪除該字樣後再送，或併附說明。",
)
SUMMED_UP = _acknowledge(
    "summed_up",
    "附註稱數值為累計數，可能不只本期",
    "請確認只列本期數值；附註所指為其他事項者，請併附說明。",
)

CORRECTION_WITHOUT_REASON = _acknowledge(
    "correction_without_reason",
    "標示「更正」，但未載更正原因",
    "請於附註載明更正原因，或於收件時填寫；修正統計應公布原因。",
)

CUMULATIVE_FALLS = _note("cumulative_falls", "累計數較前次報表減少", "請確認；如屬更正以往資料，宜於附註說明。")
DENOMINATOR_FALLS = _note(
    "denominator_falls", "分母減少而比率上升", "比率上升可能只因分母減少；解讀時請併列分子、分母。"
)
REASONS_AGAINST_VISITS = _note(
    "reasons_against_visits",
    "未繳費原因合計與訪視成功減補繳不符",
    "請與同期間另一報表核對；確有錯誤者，請以更正報表更正。",
)
MORE_FINDINGS = _note("more_findings", "發現過多，其餘未逐項列出", "請先處理所列各項，再送一次即可看到其餘。")
IDENTICAL = _note("identical", "與已收檔案的內容完全相同，未重複收件")
BREAKDOWN_SKIPPED = _note("breakdown_skipped", "「其中」列重複他列的數值，未另計入")
SHEET_WITHOUT_TABLE = _note("sheet_without_table", "工作表沒有縣市表格，未取用")
NAME_REPAIRED = _note("name_repaired", "縣市名稱的寫法已統一（台→臺、空白）")
DIGITS_REPAIRED = _note("digits_repaired", "文字或全形數字已轉為數值")
THOUSANDS_CONVERTED = _note("thousands_converted", "金額以千元列報，已換算為元；精確至千元")
PERCENT_DIFFERS = _note("percent_differs", "所印百分比與分子分母計算結果不同，以分子分母為準")
PERCENT_AS_FRACTION = _note("percent_as_fraction", "百分比以小數列印，例如 0.4889 表示 48.89%")
DATE_AS_NUMBER = _note("date_as_number", "日期以試算表的日期序號列印，已換算")
DATE_AS_ROC = _note("date_as_roc", "民國日期被試算表當成西元年份，已換算")
NOT_YET_AVAILABLE = _note("not_yet_available", "標示「…」，資料尚未產生，不作零計")
CODE_REPAIRED = _note("code_repaired", "縣市代碼補回前導零")
CORRECTION_WITHOUT_ORIGINAL = _note("correction_without_original", "標示「更正」，但查無原報表")
CORRECTION_HALF_MARKED = _note("correction_half_marked", "標題與檔名只有其一標示「更正」，視為更正")
ISSUE_DATE_ASSUMED = _note("issue_date_assumed", "檔案未載製表日期，以收件日代之")
HIDDEN_CONTENT = _note("hidden_content", "工作表、列或欄被隱藏，其數值仍照收")
WITHDRAWN_BEFORE = _note("withdrawn_before", "內容與曾收而已撤回者完全相同，本次視為新收件")
OLDER_VERSION = _note("older_version", "原報表晚於其更正檔送達，列為較早的版本")
