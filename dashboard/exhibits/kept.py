"""What several exhibits of a page rest on, worked out once."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from dashboard.warehouse import Warehouse
from dashboard.warehouse.remembered import Remembered

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def kept(
    most: int,
) -> Callable[[Callable[Concatenate[Warehouse, Asked], Found]], Callable[Concatenate[Warehouse, Asked], Found]]:
    """Keep the last `most` results of a function of a warehouse and of values whose repr says all of them.

    Results are shared, so nobody changes one. They are kept under the warehouse's version: new figures are new
    questions, and no warehouse stays open for what was once read from it.
    """

    def keeping(function: Callable[Concatenate[Warehouse, Asked], Found]) -> Callable[..., Found]:
        known = Remembered[Found](most)

        @functools.wraps(function)
        def asked(db: Warehouse, *arguments: Asked.args, **named: Asked.kwargs) -> Found:
            question = (db.version, *map(repr, arguments), *map(repr, sorted(named.items())))
            return known.of(question, lambda: function(db, *arguments, **named))

        return asked

    return keeping
