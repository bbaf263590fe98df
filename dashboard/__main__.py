"""The command line: serve, receive, withdraw, build, verify, backup, restore, status, dump, rank and decisions."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from dashboard import answers, decision_commands, duty_commands, handing_in, ledger_commands, printing, ranking_commands
from dashboard.arguments import ChineseParser, known_on
from dashboard.domain.errors import DashboardError
from dashboard.domain.kinds import Kind
from dashboard.domain.periods import BillingPeriod, FullYear
from dashboard.domain.settings import HOUSE, Settings, today
from dashboard.receiving import Office
from dashboard.warehouse import Door, Warehouse

DEMO_DATA = Path("var/demo")
DEMO_OFFICER = "示範使用者"
SAMPLE = HOUSE / "data/sample"

_USED_BY = {
    "address": ("serve",),
    "port": ("serve",),
    "log_level": ("serve",),
    "officer": ("serve", "receive", "settle", "freeze", "done", "withdraw"),
    "max_file_mb": ("serve", "receive"),
    "max_cells": ("serve", "receive", "verify"),
    "read_seconds": ("serve", "receive", "verify"),
    "read_seconds_per_mb": ("serve", "receive", "verify"),
    "read_memory_mb": ("serve", "receive", "verify"),
    "read_memory_mb_per_mb": ("serve", "receive", "verify"),
    "kept_warehouses": ("serve", "receive", "build", "withdraw", "restore"),
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
    handed_in = handing_in.gather(
        options.paths, options.manifest, options.received_on, options.reason, options.acknowledge
    )
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


def _dump(options: argparse.Namespace, settings: Settings) -> int:
    frame = answers.figures(_warehouse(settings), Kind(options.kind), known_on(options.known_on))
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


def _evaluation_year(stated: int) -> FullYear:
    """Read a ROC year, or a Gregorian one of four digits."""
    years = range(BillingPeriod.FIRST.year, today().year + 2)
    year = next((year for year in years if stated in {year, year - 1911}), None)
    if year is None:
        raise DashboardError(f"{stated} 不是可評比的年度，請寫民國年，例如 114。")
    return FullYear(year)


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
    acknowledge_help = "待確認事項（例如數值與以往相差過大）經查證無誤的原因；未說明者不收"
    receive.add_argument("--acknowledge", default="", metavar="REASON", help=acknowledge_help)
    command("build", _build, "依收件帳重建資料倉儲")
    duty_commands.add(command, _warehouse)
    dump = command("dump", _dump, "輸出某種報表的全部數值，一列一值")
    dump.add_argument("kind", choices=[kind.value for kind in Kind], help="報表種類")
    dump.add_argument("--format", choices=("csv", "json", "parquet"), default="csv", help="輸出格式")
    dump.add_argument("--known-on", metavar="DATE", help="以該日（含）以前收件者為準；未指定為目前所知")
    ranking_commands.add(command, _warehouse, _evaluation_year)
    decision_commands.add(command, _warehouse, _evaluation_year)
    ledger_commands.add(command)
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
