"""What is said of a whole table only beneath it: when it was made."""

import dataclasses

from dashboard.domain import findings as found
from dashboard.readers.grid import Sheet, reference, shown
from dashboard.readers.head import Head, HeadItem, label_and_value, read_day
from dashboard.readers.notebook import Notebook
from dashboard.readers.stated import Stated


def with_issue_beneath(sheet: Sheet, rows: list[int], head: Head, stated: Stated, notes: Notebook) -> Stated:
    """Return what a sheet states with the date of issue that its notes give; it must be the one of the head.

    `rows`: those of the notes. The date becomes an item of the head, so that findings about it name its cell.
    """
    for row in rows:
        said = label_and_value(sheet.rows[row], "issued")
        if said is None:
            continue
        column, value = said
        try:
            day, _ = read_day(value)
        except ValueError:
            continue
        if stated.issued_on is None and "issued" not in head.items:
            head.items["issued"] = HeadItem(value, reference(row, column))
            stated = dataclasses.replace(stated, issued_on=day)
        elif stated.issued_on not in {None, day}:
            first = head.items["issued"]
            expected = f"與 {first.cell}「{shown(first.value)}」相同"
            notes.add(found.HEAD_DISAGREES, reference(row, column), value, expected)
    return stated
