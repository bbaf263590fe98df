"""The ledger: what was handed in and what was decided, append-only and chained by hashes."""

from dashboard.ledger.chain import GENESIS, BrokenChain, Head
from dashboard.ledger.ledger import Ledger, chained
from dashboard.ledger.records import (
    Decision,
    DecisionKind,
    Record,
    Submission,
    Withdrawal,
    standing,
    submissions_in,
    withdrawals_in,
)

__all__ = [
    "GENESIS",
    "BrokenChain",
    "Decision",
    "DecisionKind",
    "Head",
    "Ledger",
    "Record",
    "Submission",
    "Withdrawal",
    "chained",
    "standing",
    "submissions_in",
    "withdrawals_in",
]
