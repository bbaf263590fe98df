"""What must be said beside reasons for not paying: whether they add up, what is missing, what was published."""

from datetime import date
from fractions import Fraction

import pandas as pd

from dashboard import answers
from dashboard.domain import reason_words, terms, words
from dashboard.domain.display import display
from dashboard.domain.reason_reference import published_shares
from dashboard.exhibits.unpaid_reasons_figures import Composition
from dashboard.exhibits.unpaid_reasons_printing import share
from dashboard.exhibits.unpaid_reasons_reports import Report
from dashboard.warehouse import Warehouse


def composition_notes(db: Warehouse, report: Report, known_on: date) -> tuple[str, ...]:
    """Return the notes of one report's composition, the general ones first."""
    figures = report.figures
    empty = [row for row in figures.rows if row.total == 0]
    return (
        reason_words.definition_note(),
        reason_words.ROUNDING_NOTE,
        reason_words.SPAN_NOTE,
        reason_words.PROPOSAL_NOTE,
        _identity(db, report, known_on),
        *([reason_words.missing_note(_names(figures.missing))] if figures.missing else []),
        *([reason_words.empty_note(_names(empty))] if empty else []),
        *([words.small_note(display().small_denominator.persons)] if figures.small else []),
        *_published(report),
    )


def _names(rows: list[Composition] | tuple[Composition, ...]) -> list[str]:
    return [row.county.name for row in rows if row.county]


def _identity(db: Warehouse, report: Report, known_on: date) -> str:
    """Say whether the six reasons add up to successes minus repayments of the visits' report of the same day."""
    if not report.has_visits:
        return reason_words.identity_note(None)
    found = answers.reasons_against_visits(db, known_on)
    found = found[(found["period"] == report.period.iso) & (found["as_of"] == pd.Timestamp(report.as_of))]
    return reason_words.identity_note(
        [
            reason_words.difference(
                row["county"], terms.REASONS_DIFFER.format(row["unpaid_by_reasons"], row["unpaid_by_visits"])
            )
            for row in found.to_dict("records")
        ]
    )


def _published(report: Report) -> list[str]:
    """Set the published shares beside this report's, over the same reasons; only where all counties are reported."""
    published = published_shares().get(report.period.iso)
    if published is None or report.figures.missing:
        return []
    counts = {reason: report.figures.nation.counts[reason] or 0 for reason in published.shares_pct}
    whole = sum(counts.values())
    if not whole:
        return []
    ours = [share(Fraction(100 * count, whole)) for count in counts.values()]
    source = f"{published.publisher}{published.published}"
    theirs = [(reason, str(value)) for reason, value in published.shares_pct.items()]
    return [reason_words.published_note(source, theirs, ours)]
