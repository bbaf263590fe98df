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
