"""What stands above a ranking of a year that was decided for good: what was decided, before what is known."""

import dataclasses
from collections.abc import Mapping
from datetime import date

from dashboard.answers import CURRENT
from dashboard.decided import freeze_in_force
from dashboard.domain import frozen_words, words
from dashboard.domain.counties import County, county_coded
from dashboard.domain.periods import FullYear
from dashboard.rules.rule import Rule
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class Headline:
    """What was decided of a year (no full stop), and the name of what is shown of it beside that.

    `verdicts` say by county_code what was decided of each.
    """

    sentence: str
    below: str
    verdicts: Mapping[str, str]

    def of_county(self, county: County) -> str:
        """Name a county with what was decided of it."""
        return frozen_words.county_decided(county.name, self.verdicts[county.county_code], self.below)


def frozen_headline(db: Warehouse, year: FullYear, rule: Rule, known_on: date, decided: int) -> Headline | None:
    """Return what the first `decided` decisions say of a year for good, whatever the rule; None where nothing."""
    frozen = freeze_in_force(db, decided, year)
    if frozen is None:
        return None
    below = frozen_words.below(None if known_on == CURRENT else known_on, is_trial=rule.is_trial(year))
    owing = [county_coded(code).name for code in frozen.freeze.owing]
    signed = frozen.decision.seq, frozen.decided_on
    sentence = frozen_words.frozen_headline(words.evaluation(year, is_trial=False), signed, owing, below)
    rows = frozen.freeze.result["counties"]
    verdicts = {row["county_code"]: words.verdict(row["owes_review_report"], row["in_last_two"]) for row in rows}
    return Headline(sentence, below, verdicts)
