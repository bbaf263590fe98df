"""The commands that keep the ledger: withdraw, verify, backup, restore."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from dashboard import backup, restoring
from dashboard.domain import ledger_words as words
from dashboard.domain.settings import Settings
from dashboard.receiving import Office
from dashboard.verifying import verify

Run = Callable[[argparse.Namespace, Settings], int]


def add(command: Callable[[str, Run, str], argparse.ArgumentParser]) -> None:
    """Add the commands; `command` makes one."""
    withdraw = command("withdraw", _withdraw, words.WITHDRAW_COMMAND)
    withdraw.add_argument("number", type=int, metavar="N", help=words.SUBMISSION_HELP)
    withdraw.add_argument("--reason", required=True, help=words.REASON_HELP)
    verifying = command("verify", _verify, words.VERIFY_COMMAND)
    verifying.add_argument("--deep", action="store_true", help=words.DEEP_HELP)
    saving = command("backup", _backup, words.BACKUP_COMMAND)
    saving.add_argument("file", type=Path, metavar="FILE", help=words.BACKUP_HELP)
    restoring = command("restore", _restore, words.RESTORE_COMMAND)
    restoring.add_argument("file", type=Path, metavar="FILE", help=words.RESTORE_HELP)
    restoring.add_argument("--replace", action="store_true", help=words.REPLACE_HELP)


def _withdraw(options: argparse.Namespace, settings: Settings) -> int:
    office = Office(settings)
    made = office.withdraw(options.number, options.reason, settings.officer)
    name = next(one.file_name for one in office.ledger.submissions() if one.seq == made.submission_id)
    sys.stdout.write(words.withdrawn(made.submission_id, name, made.withdrawn_on) + "\n")
    return 0


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    is_sound = True
    for verdict in verify(settings, deep=options.deep):
        sys.stdout.write(verdict.sentence + "\n")
        sys.stdout.flush()
        is_sound = is_sound and verdict.is_sound
    return 0 if is_sound else 1


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    sys.stdout.write(backup.write(settings.data_dir, options.file) + "\n")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    sys.stdout.write("\n".join(restoring.restore(settings, options.file, replace=options.replace)) + "\n")
    return 0
