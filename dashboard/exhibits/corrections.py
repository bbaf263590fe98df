"""What a corrected report, or one withdrawn, did to the list of counties that owe a review report."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

from dashboard import answers
from dashboard.answers import CURRENT
from dashboard.decided import Frozen, freeze_in_force, number_by
from dashboard.domain import frozen_words, ranking_words
from dashboard.exhibits import sources
from dashboard.exhibits.evaluation import Evaluation, evaluate, needed_reports
from dashboard.exhibits.exhibit import NotAvailable, Source
from dashboard.exhibits.sources import Withdrawn
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class _Turn:
    """A day on which corrections in force came in, or versions were withdrawn."""

    day: date
    corrections: Sequence[Source]
    withdrawn: Sequence[Withdrawn]

    @property
    def name(self) -> str:
        named = [ranking_words.correction(self.day)] if self.corrections else []
        return "、".join([*named, *withdrawals(self.withdrawn)])

    def is_after(self, frozen: Frozen) -> bool:
        """Say whether a ranking was decided for good before: a report withdrawn on that very day was in it or not."""
        if any(one.submission_id > frozen.decision.journal_seq for one in self.corrections):
            return True
        counted = {one["submission_id"] for one in frozen.freeze.sources}
        return any(
            one.on > frozen.decided_on or (one.on == frozen.decided_on and one.source.submission_id in counted)
            for one in self.withdrawn
        )


def correction_effects(db: Warehouse, evaluation: Evaluation, known_on: date, decided: int = 0) -> tuple[str, ...]:
    """Return a sentence for each day of corrections and withdrawals: the lists the evening before and that day.

    Of the first `decided` decisions those made by that day are laid over both; where they had decided the year for good
    before, it says so. Of what came before the year could be ranked nothing is said: it changed no list.
    """
    ranking, frozen = evaluation.ranking, freeze_in_force(db, decided, evaluation.ranking.year)
    sentences = []
    for turn in _turns(db, evaluation, known_on):
        try:
            before, after = (
                evaluate(db, ranking.year, ranking.rule, day, number_by(db, decided, turn.day))
                for day in (turn.day - timedelta(days=1), turn.day)
            )
        except NotAvailable:
            continue
        changes, below = _changes(before, after), ""
        if frozen and turn.is_after(frozen):
            below = frozen_words.below(None if known_on == CURRENT else known_on, is_trial=ranking.is_trial)
        settled = _settled(before, after, evaluation)
        sentences.append(ranking_words.correction_effect(turn.name, changes, _duty(ranking.is_trial), settled, below))
    return tuple(sentences)


def withdrawals(withdrawn: Sequence[Withdrawn]) -> list[str]:
    """Name what was withdrawn, together what was for the same reason on the same day."""
    together: dict[tuple[date, str], list[int]] = {}
    for one in withdrawn:
        together.setdefault((one.on, one.reason), []).append(one.source.submission_id)
    return [ranking_words.withdrawal(day, sorted(set(of)), reason) for (day, reason), of in sorted(together.items())]


def _turns(db: Warehouse, evaluation: Evaluation, known_on: date) -> list[_Turn]:
    ranking, versions = evaluation.ranking, answers.versions_received(db, known_on)
    corrections = [one for one in evaluation.sources if one.is_correction and one.received_on <= known_on]
    withdrawn = sources.withdrawn_of_years(versions, needed_reports(ranking.year, ranking.rule))
    return [
        _Turn(day, [one for one in corrections if one.received_on == day], [one for one in withdrawn if one.on == day])
        for day in sorted({one.received_on for one in corrections} | {one.on for one in withdrawn})
    ]


def _settled(before: Evaluation, after: Evaluation, now: Evaluation) -> str:
    """Say that people's decisions are in the lists, and whose case, undecided then, has been settled since."""
    since = [] if before.undecided == after.undecided else [one for one in after.undecided if one in now.settled_names]
    return ranking_words.settled_in_lists(since, is_settled=bool(before.settled or after.settled))


def _duty(is_trial: bool) -> str:
    return f"{ranking_words.duty(is_trial)}檢討報告"


def _changes(before: Evaluation, after: Evaluation) -> list[str]:
    compared = (
        (_duty(after.ranking.is_trial), before.owing, after.owing),
        (ranking_words.UNDECIDED, before.undecided, after.undecided),
    )
    changes = []
    for what, was, now in compared:
        removed, added = [one for one in was if one not in now], [one for one in now if one not in was]
        changes.append(ranking_words.list_change(what, removed, added))
    return [change for change in changes if change]
