"""The command line: serve, receive, build, status, dump, rank."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from dashboard import answers, handing_in, printing
from dashboard.arguments import ChineseParser
from dashboard.domain import roc, terms
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear, period_from_iso
from dashboard.domain.settings import HOUSE, Settings, today
from dashboard.exhibits import sources
from dashboard.exhibits.evaluation import needed_reports
from dashboard.receiving import Office
from dashboard.rules.duties import duties
from dashboard.rules.machine import machine_form
from dashboard.rules.ranking import rank
from dashboard.rules.rule import load_rule
from dashboard.warehouse import Door, Warehouse

DEMO_DATA = Path("var/demo")
DEMO_OFFICER = "示範使用者"
SAMPLE = HOUSE / "data/sample"

_USED_BY = {
    "address": ("serve",),
    "port": ("serve",),
    "log_level": ("serve",),
    "officer": ("serve", "receive"),
    "max_file_mb": ("serve", "receive"),
    "max_cells": ("serve", "receive"),
    "kept_warehouses": ("serve", "receive", "build"),
}

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a refused file, 2 a problem told in one sentence."""
    options = _parser().parse_args(arguments)
    try:
        command: Command = options.command
        return command(options, _settings(options))
    except DashboardError as problem:
        print(f"錯誤：{problem}", file=sys.stderr)
    except ValidationError as problem:
        for error in problem.errors():
            print(f"設定錯誤：{'.'.join(map(str, error['loc']))}：{error['msg']}", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read our output has seen enough; keep the interpreter from complaining while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 2


def _settings(options: argparse.Namespace) -> Settings:
    """Lay the flags over environment, file and defaults. The demo keeps data and officer of its own."""
    given = {name: value for name in Settings.model_fields if (value := getattr(options, name)) is not None}
    settings = Settings(**given)
    if not getattr(options, "demo", False):
        return settings
    demo: dict[str, Any] = {"data_dir": DEMO_DATA, "officer": DEMO_OFFICER}
    return Settings(**given, **{name: demo[name] for name in demo if name not in settings.model_fields_set})


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.web.serve import serve  # noqa: PLC0415 - Streamlit takes a second that other commands need not pay

    office = Office(settings)
    office.make_ready()
    # Reading the journal verifies its chain: a server does not start on an altered one.
    if not office.ledger.submissions() and options.demo:
        _take_sample_in(office)
    serve(settings)
    return 0


def _take_sample_in(office: Office) -> None:
    print("第一次啟動：收入示範資料（均為模擬資料）…", flush=True)
    handed_in = handing_in.gather([SAMPLE], SAMPLE / "manifest.csv")
    receipts = office.receive(handed_in.batch, DEMO_OFFICER, lambda name: print(f"  讀取 {name}", flush=True))
    refused = sum(receipt.is_refused for receipt in receipts)
    print(f"  已收 {len(receipts) - refused} 檔，{refused} 檔未收。", flush=True)


def _receive(options: argparse.Namespace, settings: Settings) -> int:
    handed_in = handing_in.gather(options.paths, options.manifest, options.received_on, options.reason)
    for path in handed_in.passed_over:
        print(f"略過（不是報表）：{path}")
    receipts = Office(settings).receive(
        handed_in.batch,
        settings.officer or getpass.getuser(),
        lambda name: print(f"讀取 {name}", file=sys.stderr, flush=True),
    )
    printing.receipts(receipts)
    return 1 if any(receipt.is_refused for receipt in receipts) else 0


def _build(_options: argparse.Namespace, settings: Settings) -> int:
    office = Office(settings)
    with office.warehouses.locked():
        print(f"已重建 {office.warehouses.rebuild(office.ledger)}")
    return 0


def _warehouse(settings: Settings) -> Warehouse:
    if not settings.data_dir.is_dir():
        raise DashboardError(f"資料目錄 {settings.data_dir} 不存在；請以 --data-dir 指定，或先收件。")
    Office(settings).make_ready()
    return Door(settings.data_dir, settings.duckdb_threads).current()


def _status(options: argparse.Namespace, settings: Settings) -> int:
    db = _warehouse(settings)
    arrivals = {
        (Kind(a["kind"]), a["period"] or a["as_of"].date().isoformat()): (a["received_on"].date(), a["covers_history"])
        for a in answers.arrivals(db).to_dict("records")
    }
    owed = duties(arrivals, load_rule("adopted").deadlines, today())
    if options.format == "json":
        print(json.dumps([printing.duty_record(duty) for duty in owed], ensure_ascii=False, indent=1))
        return 0
    printing.status(owed, shows_all=options.all)
    for row in answers.reasons_against_visits(db).to_dict("records"):
        difference = terms.REASONS_DIFFER.format(row["unpaid_by_reasons"], row["unpaid_by_visits"])
        print(f"附記｜{roc.roc_period(period_from_iso(row['period']))}{row['county']}：{difference}")
    return 0


def _dump(options: argparse.Namespace, settings: Settings) -> int:
    frame = answers.figures(_warehouse(settings), Kind(options.kind), _known_on(options))
    if options.format == "parquet":
        frame.to_parquet(sys.stdout.buffer, index=False)
        return 0
    days = ("as_of", "issued_on", "received_on")
    dated = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in days})
    if options.format == "json":
        records = dated.astype("object").where(dated.notna(), None).to_dict("records")
        print(json.dumps(records, ensure_ascii=False, indent=0))
    else:
        dated.to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0


def _rank(options: argparse.Namespace, settings: Settings) -> int:
    year, rule, known_on = _evaluation_year(options.year), load_rule(options.rule), _known_on(options)
    db = _warehouse(settings)
    found = [report for report in sources.of_years(db, needed_reports(year, rule), known_on) if report]
    if not found:
        raise DashboardError(f"{options.year}年的平均繳費率與訪視成效均查無資料，無法排名。")
    ranked = rank(answers.ranking_inputs(db, year, rule.visit_year(year), known_on), rule, year)
    form = {
        **machine_form(ranked),
        "known_on": str(known_on) if options.known_on else None,
        "is_simulated": any(report.is_simulated for report in found),
        "sources": [printing.source_record(report) for report in found],
        "assumptions": list(rule.ranking_assumptions()),
    }
    if options.format == "json":
        print(json.dumps(form, ensure_ascii=False, indent=1))
    elif options.format == "csv":
        printing.rank_rows(form).to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        printing.ranking(form, rule, found)
    return 0


def _evaluation_year(stated: int) -> FullYear:
    """Read a ROC year, or a Gregorian one of four digits."""
    years = range(BillingPeriod.FIRST.year, today().year + 2)
    year = next((year for year in years if stated in {year, year - 1911}), None)
    if year is None:
        raise DashboardError(f"{stated} 不是可評比的年度，請寫民國年，例如 114。")
    return FullYear(year)


def _known_on(options: argparse.Namespace) -> date:
    return roc.stated_date(options.known_on) if options.known_on else answers.CURRENT


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(
        prog="guobao",
        description="國民年金繳費率督導儀表板",
        epilog=_settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="指令")

    def command(name: str, run: Command, what: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what, description=what)
        added.set_defaults(command=run)
        _add_settings(added, name)
        return added

    serve = command("serve", _serve, "啟動儀表板")
    demo_help = f"以示範資料啟動（資料目錄 {DEMO_DATA}，收件人員「{DEMO_OFFICER}」）"
    serve.add_argument("--demo", action="store_true", help=demo_help)
    receive = command("receive", _receive, "收件：依製表日期先後收入檔案；全部收入回傳 0，有未收者回傳 1")
    receive.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="檔案或目錄")
    manifest_help = f"收件清冊（{'、'.join(handing_in.MANIFEST_COLUMNS)}）"
    receive.add_argument("--manifest", type=Path, help=manifest_help)
    received_help = "清冊未列者的收件日：日期，或 issued 表示製表日期；未指定為今天"
    receive.add_argument("--received-on", metavar="DATE|issued", help=received_help)
    reason_help = "更正原因；更正檔的附註未載原因時使用"
    receive.add_argument("--reason", default="", help=reason_help)
    command("build", _build, "依收件帳重建資料倉儲")
    status = command("status", _status, "各報表已收、逾期、未收情形")
    status.add_argument("--all", action="store_true", help="列出全部期間，不只例外")
    status.add_argument("--format", choices=("table", "json"), default="table", help="輸出格式")
    dump = command("dump", _dump, "輸出某種報表的全部數值，一列一值")
    dump.add_argument("kind", choices=[kind.value for kind in Kind], help="報表種類")
    dump.add_argument("--format", choices=("csv", "json", "parquet"), default="csv", help="輸出格式")
    ranking = command("rank", _rank, "分組排名")
    ranking.add_argument("--year", required=True, type=int, help="評比年度（民國）")
    ranking.add_argument("--rule", default="adopted", help="規則檔（data/rules）")
    ranking.add_argument("--format", choices=("table", "csv", "json"), default="table", help="輸出格式")
    for knowing in (dump, ranking):
        knowing.add_argument("--known-on", metavar="DATE", help="以該日（含）以前收件者為準；未指定為目前所知")
    return parser


def _add_settings(parser: argparse.ArgumentParser, command: str) -> None:
    group = parser.add_argument_group("設定")
    for name, field in Settings.model_fields.items():
        choices = get_args(field.annotation) or None
        explained = f"{field.description}（預設 {field.default or '無'}）"
        if command not in _USED_BY.get(name, (command,)):
            explained = argparse.SUPPRESS  # taken by every command, told where it matters
        group.add_argument(f"--{name.replace('_', '-')}", default=None, choices=choices, help=explained)


def _settings_help() -> str:
    lines = [
        f"  --{name.replace('_', '-'):18}{Settings.environment_prefix}{name.upper():20}{field.description}"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["設定的先後（後者優先）：預設值 ← 目前目錄的 guobao.toml ← 環境變數 ← 指令旗標", *lines])


if __name__ == "__main__":
    sys.exit(main())
