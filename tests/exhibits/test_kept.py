"""What exhibits share is worked out once for a warehouse and a question, and never outlives new figures."""

import dataclasses
from typing import Any

from dashboard.exhibits.kept import kept
from dashboard.warehouse import Warehouse


@dataclasses.dataclass(frozen=True)
class Figures:
    """All that keeping an answer needs of a warehouse."""

    version: str


def warehouse(version: str) -> Any:
    return Figures(version)


def counting(most: int) -> tuple[list[str], Any]:
    worked_out: list[str] = []

    @kept(most)
    def question(db: Warehouse, year: int, known_on: str = "now") -> str:
        worked_out.append(f"{db.version} {year} {known_on}")
        return worked_out[-1]

    return worked_out, question


def test_a_question_is_worked_out_once_even_by_two_readers_of_the_same_figures() -> None:
    worked_out, question = counting(most=2)
    assert [question(warehouse("a"), 2024) for _ in range(3)] == ["a 2024 now"] * 3
    assert worked_out == ["a 2024 now"]


def test_other_arguments_and_new_figures_are_other_questions() -> None:
    _, question = counting(most=9)
    asked = [("a", 2024, "now"), ("a", 2025, "now"), ("a", 2024, "then"), ("b", 2024, "now")]
    for _ in range(2):
        for version, year, known_on in asked:
            assert question(warehouse(version), year, known_on) == f"{version} {year} {known_on}"
            assert question(warehouse(version), year, known_on=known_on) == f"{version} {year} {known_on}"


def test_the_answer_longest_unasked_is_forgotten_first() -> None:
    worked_out, question = counting(most=2)
    for year in (2023, 2024, 2023, 2025, 2023, 2024):
        question(warehouse("a"), year)
    assert worked_out == ["a 2023 now", "a 2024 now", "a 2025 now", "a 2024 now"]
