"""A short run of what the bench runs for long: mutants of real files, at every level."""

from tests.hostile.mutating import NOT_COMPARED, READ, SEEDS, mutant, run


def test_no_mutant_breaks_a_promise() -> None:
    found = run(count=300, seconds=60)
    assert not found.faults
    assert len(found.ends) > 8, "the mutants are all alike"
    assert found.ends[READ] > 10, "hardly any mutant comes in: nothing was compared"
    assert found.ends[NOT_COMPARED] <= 0.05 * found.ends[READ]


def test_a_seed_makes_the_same_mutant_again() -> None:
    assert [mutant(seed) for seed in range(len(SEEDS) * 3)] == [mutant(seed) for seed in range(len(SEEDS) * 3)]
