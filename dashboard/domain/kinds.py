"""The five streams of reports and the two populations they speak of."""

import enum


class Kind(enum.StrEnum):
    """A stream of reports; the value is its name everywhere from layout to answer."""

    COLLECTION = "collection"
    PAYMENT_RATE = "payment_rate"
    VISITS = "visits"
    UNPAID_REASONS = "unpaid_reasons"
    AVERAGE_RATE = "average_rate"


class Population(enum.StrEnum):
    """Whom a figure counts."""

    ALL = "all"
    INDIGENOUS = "indigenous"


class Basis(enum.StrEnum):
    """What a rate counts; always shown beside it."""

    PERSONS = "persons"
    AMOUNTS = "amounts"


class Reason(enum.StrEnum):
    """The main reason why somebody visited had not paid, in the order of the report."""

    HARDSHIP = "hardship"
    UNWILLING = "unwilling"
    UNAWARE = "unaware"
    OTHER_INSURANCE = "other_insurance"
    UNTRACEABLE = "untraceable"
    OTHER = "other_reason"

    @property
    def measure(self) -> str:
        """Return the name of its figure in reports and answers."""
        return f"{self.value}_persons"


class ReasonOrder(enum.StrEnum):
    """By what counties stand one above the other: as in official tables, or by one reason."""

    OFFICIAL = "official"
    HARDSHIP = "hardship"
    UNWILLING = "unwilling"
    UNAWARE = "unaware"
    OTHER_INSURANCE = "other_insurance"
    UNTRACEABLE = "untraceable"
    OTHER = "other_reason"

    @property
    def reason(self) -> Reason | None:
        return None if self is ReasonOrder.OFFICIAL else Reason(self.value)


class Display(enum.StrEnum):
    """Whether a composition shows parts of a hundred or persons."""

    SHARES = "shares"
    COUNTS = "counts"


class Span(enum.StrEnum):
    """Which reports stand side by side: first half years, or full years; one is no part of the other."""

    HALF_YEARS = "half_years"
    FULL_YEARS = "full_years"


class MapView(enum.StrEnum):
    """How the 22 counties are laid out: as they lie, or as cells of equal size."""

    MAP = "map"
    TILES = "tiles"


class Classification(enum.StrEnum):
    """How values become colours: without steps, in classes of equal width, or in classes of about as many counties."""

    CONTINUOUS = "continuous"
    EQUAL = "equal"
    QUANTILE = "quantile"


class Compare(enum.StrEnum):
    """With what a map compares: nothing, the same period a year before, the one just before, or one that is picked."""

    NONE = "none"
    YEAR_BEFORE = "year_before"
    PREVIOUS = "previous"
    BASE = "base"


class Alignment(enum.StrEnum):
    """How two billing periods are compared: as many months after they fell due, or as the same snapshot shows both."""

    EQUAL_AGE = "equal_age"
    SAME_SNAPSHOT = "same_snapshot"


class Format(enum.StrEnum):
    """As what a table is handed out; the value ends the name of its file."""

    CSV = "csv"
    ODS = "ods"
    XLSX = "xlsx"


class Maturity(enum.StrEnum):
    """As of when a trend takes billing periods: the newest snapshot of each, or all equally long after due."""

    LATEST = "latest"
    EQUAL_AGE = "equal_age"


class Proportion(enum.StrEnum):
    """An indicator that is a share of counted persons, by the formula of its measure."""

    SUCCESS = "success_rate_pct"
    REPAYMENT = "repayment_rate_pct"


class TrialSection(enum.StrEnum):
    """What the page of trying rules shows: all scenarios, the unknown weights, or how sure places are."""

    SCENARIOS = "scenarios"
    WEIGHTS = "weights"
    CERTAINTY = "certainty"


class IntakeSection(enum.StrEnum):
    """What the page of receiving shows: files to be handed in, all that was handed in before, or empty forms."""

    HAND_IN = "hand_in"
    HISTORY = "history"
    TEMPLATES = "templates"


class OutcomeFilter(enum.StrEnum):
    """Which records of the journal are listed."""

    ALL = "all"
    ACCEPTED = "accepted"
    NOTED = "accepted_with_notes"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DutyFilter(enum.StrEnum):
    """Which duties of a year are listed."""

    ALL = "all"
    OPEN = "open"
    MISSING = "missing"
    LATE = "late"
    DONE = "done"
