"""When each report and each duty without figures is due: the part of a rule that deals in dates alone."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator

from dashboard.domain import duty_words
from dashboard.rules.part import Part, Text

MonthNumber = Annotated[StrictInt, Field(ge=1, le=12)]
Basis = Literal["rule", "assumed"]
REVIEW_REPORT = "review_report"
WHEN_FIT: Literal["when_fit"] = "when_fit"
"""適時: no due date; done when it is done."""


class AfterCutOff(Part):
    """Due on the last day of the month so many months after the cut-off date."""

    basis: Basis
    months_after_cut_off: StrictInt = Field(ge=0)


class OnDay(Part):
    """Due on a day of the year so many years after the one the report speaks of."""

    basis: Basis
    years_after: StrictInt = Field(ge=0)
    month: MonthNumber
    day: StrictInt = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _is_a_day_of_every_year(self) -> Self:
        try:
            date(2001, self.month, self.day)  # a common year: 29 February is no deadline
        except ValueError:
            raise ValueError(duty_words.NO_SUCH_DAY) from None
        return self


class InMonths(Part):
    """Due in each of these months of every year."""

    months: tuple[MonthNumber, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _follow_each_other(self) -> Self:
        if list(self.months) != sorted(set(self.months)):
            raise ValueError(duty_words.MONTHS_OUT_OF_ORDER)
        return self


class ByHand(Part):
    """A duty without figures: nothing of it enters but that it was done, when, and under which document number.

    `about` is what one of them speaks of: the month it is due in, that year, or the year before. Where `due` is
    "when_fit" there is one a year without a due date.
    """

    label: Text
    short: Text
    sender: Text
    receiver: Text
    what: Text
    basis: Basis
    about: Literal["month", "year", "year_before"]
    due: Literal["when_fit"] | InMonths

    @model_validator(mode="after")
    def _has_one_slot_a_year(self) -> Self:
        if self.about != "month" and isinstance(self.due, InMonths) and len(self.due.months) > 1:
            raise ValueError(duty_words.SEVERAL_MONTHS)
        return self


class Deadlines(Part):
    """When each report is due; the review report has no deadline ("") until someone sets one.

    Whoever reads a due date reads it after `on_closed_day` has moved it.
    """

    collection: AfterCutOff
    payment_rate: AfterCutOff
    visits_full_year: OnDay
    visits_half_year: OnDay
    unpaid_reasons_full_year: OnDay
    unpaid_reasons_half_year: OnDay
    average_rate: OnDay
    review_report: Literal[""] | OnDay
    on_closed_day: Literal["next_working_day", "unmoved"]
    day_of_named_month: Literal["last"]
    by_hand_from_year_roc: StrictInt
    by_hand: Mapping[str, ByHand]

    @property
    def streams_by_hand(self) -> tuple[str, ...]:
        """Return the keys of the duties without figures; the review report is one once it has a deadline."""
        return (*self.by_hand, *([] if self.review_report == "" else [REVIEW_REPORT]))

    def basis_of(self, stream: str, slot: str) -> Basis:
        """Say whether the rule states a due date or it is assumed; `slot` tells half years from full ones."""
        name = f"{stream}_{'half' if '-H' in slot else 'full'}_year"
        found = self.by_hand.get(stream) or getattr(self, stream, None) or getattr(self, name)
        return "rule" if found.basis == "rule" else "assumed"

    def not_confessed(self, admitted: Container[str]) -> Iterator[str]:
        """Yield the deadlines whose basis and the list of assumptions do not agree."""
        for name, is_assumed in self._assumed():
            if is_assumed != (f"deadlines.{name}" in admitted):
                yield name

    def _assumed(self) -> Iterator[tuple[str, bool]]:
        for name, deadline in self:
            match deadline:
                case AfterCutOff() | OnDay():
                    yield name, deadline.basis == "assumed"
                case Mapping():
                    for key, duty in deadline.items():
                        yield f"{name}.{key}", duty.basis == "assumed"
                case _:
                    # Settings that the principles do not speak of, and the deadline nobody has set.
                    yield name, True
