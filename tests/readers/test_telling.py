"""How many findings of one file are told, and which first."""

from dashboard.domain import findings as found
from dashboard.domain.findings import Finding
from dashboard.readers.telling import listed


def test_what_keeps_a_file_out_for_good_is_told_before_what_asks_and_notes_come_last() -> None:
    told = listed([Finding(found.IDENTICAL), Finding(found.PROVISIONAL), Finding(found.COUNTY_MISSING)])
    assert [one.kind for one in told] == [found.COUNTY_MISSING, found.PROVISIONAL, found.IDENTICAL]


def test_a_refusal_behind_many_questions_is_not_lost_and_the_last_finding_counts_what_is_not_told() -> None:
    """Were it lost, somebody could acknowledge all that is told, and an empty report would come in."""
    told = listed([*[Finding(found.PROVISIONAL, value=str(at)) for at in range(200)], Finding(found.COUNTY_MISSING)])
    assert (len(told), told[0].kind) == (200, found.COUNTY_MISSING)
    assert (told[-1].kind, told[-1].expected) == (found.MORE_FINDINGS, "另有 2 項")


def test_two_hundred_are_all_told() -> None:
    assert len(listed([Finding(found.PROVISIONAL, value=str(at)) for at in range(200)])) == 200
    assert not [one for one in listed([Finding(found.PROVISIONAL)] * 200) if one.kind is found.MORE_FINDINGS]
