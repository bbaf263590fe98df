"""The columns of the five forms, and the usual figure of every county: simple, to be worked out by hand."""

from dashboard.domain.kinds import Kind

_COLUMNS = {
    Kind.COLLECTION: """
        催繳情形/催繳人數                         dunned_persons              40
        催繳情形/催繳金額                         dunned_twd              80_000
        收回情形/收回人數                         recovered_persons           10
        收回情形/收回金額                         recovered_twd           30_000
        期末欠費/期末欠費人數                     arrears_persons            500
        期末欠費/期末欠費金額                     arrears_twd          9_000_000
        分期繳納核准件數                          instalment_cases             3
        配偶罰鍰/處分人數                         spouse_fined_persons         0
        配偶罰鍰/罰鍰金額                         spouse_fined_twd             0
    """,
    Kind.PAYMENT_RATE: """
        按人數/應繳人數                           payable_persons            100
        按人數/已繳人數                           paid_persons                40
        按金額/應收金額                           receivable_twd         200_000
        按金額/已收金額                           received_twd           100_000
        原住民-按人數/應繳人數                    原住民:payable_persons      10
        原住民-按人數/已繳人數                    原住民:paid_persons          2
        原住民-按金額/應收金額                    原住民:receivable_twd   20_000
        原住民-按金額/已收金額                    原住民:received_twd      5_000
    """,
    Kind.VISITS: """
        服務員人數                                visitors                     2
        年度訪視目標                              target_visits            1_000
        訪視情形/訪視人數                         visited_persons            800
        訪視情形/訪視成功人數                     successful_persons         400
        訪視後補繳情形/補繳人數                   repaid_persons             100
        訪視後補繳情形/補繳金額                   repaid_twd             300_000
        宣導情形/宣導場次                         outreach_sessions            6
        宣導情形/宣導場次目標                     target_outreach_sessions     5
    """,
    Kind.UNPAID_REASONS: """
        合計                                      +                          300
        未繳費原因/經濟困難                       hardship_persons           120
        未繳費原因/不想繳                         unwilling_persons          100
        未繳費原因/不知道要繳（未收到繳款單）     unaware_persons             50
        未繳費原因/已加入其他社會保險             other_insurance_persons     20
        未繳費原因/行蹤不明或地址不符             untraceable_persons          6
        未繳費原因/其他                           other_reason_persons         4
    """,
    Kind.AVERAGE_RATE: """
        全體被保險人/應收金額                     receivable_twd         200_000
        全體被保險人/已收金額                     received_twd           100_000
        全體被保險人/平均繳費率(%)                received_twd/receivable_twd 50
        原住民/應收金額                           原住民:receivable_twd   20_000
        原住民/已收金額                           原住民:received_twd      5_000
        原住民/平均繳費率(%)                      原住民:received_twd/原住民:receivable_twd 25
    """,
}
"""Header, measure and usual figure of every column; a fraction is a printed percent, "+" the sum of all others."""
_SPLIT = {kind: [line.split() for line in lines.strip().splitlines()] for kind, lines in _COLUMNS.items()}
COLUMNS = {kind: [(header, field) for header, field, _ in lines] for kind, lines in _SPLIT.items()}
USUAL = {field: int(figure) for lines in _SPLIT.values() for _, field, figure in lines}
TITLES = {
    Kind.COLLECTION: "國民年金保險欠費催繳作業收繳概況表",
    Kind.PAYMENT_RATE: "國民年金保險被保險人保險費收繳率",
    Kind.VISITS: "國民年金服務員訪視成效統計表",
    Kind.UNPAID_REASONS: "國民年金被保險人未繳費原因統計表",
    Kind.AVERAGE_RATE: "各直轄市及縣（市）政府國民年金被保險人平均繳費率",
}
