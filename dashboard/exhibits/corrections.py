"""What a corrected report did to the list of counties that owe a review report."""

from datetime import date, timedelta

from dashboard.domain import ranking_words
from dashboard.exhibits.evaluation import Evaluation, evaluate, names
from dashboard.exhibits.exhibit import NotAvailable
from dashboard.warehouse import Warehouse


def correction_effects(db: Warehouse, evaluation: Evaluation, known_on: date) -> tuple[str, ...]:
    """Return a sentence for each day of corrections the ranking rests on: the lists the evening before and that day.

    Corrections that came before the year could be ranked changed no list, and nothing is said of them.
    """
    ranking = evaluation.ranking
    days = sorted({source.received_on for source in evaluation.sources if source.is_correction})
    sentences = []
    for day in (day for day in days if day <= known_on):
        try:
            before = evaluate(db, ranking.year, ranking.rule, day - timedelta(days=1))
            after = evaluate(db, ranking.year, ranking.rule, day)
        except NotAvailable:
            continue
        sentences.append(ranking_words.correction_effect(day, _changes(before, after), ranking.is_trial))
    return tuple(sentences)


def _changes(before: Evaluation, after: Evaluation) -> list[str]:
    duty = f"{ranking_words.duty(after.ranking.is_trial)}檢討報告"
    compared = ((duty, True), ("待認定", "undecided"))
    changes = []
    for what, verdict in compared:
        was, now = (names(row for row in one.rows if row.owes_review_report == verdict) for one in (before, after))
        removed, added = [one for one in was if one not in now], [one for one in now if one not in was]
        changes.append(ranking_words.list_change(what, removed, added))
    return [change for change in changes if change]
