import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.encoder import PADDING, batches

lengths = st.lists(st.integers(1, 40), max_size=40)


@given(lengths, st.integers(1, 100))
def test_every_sequence_comes_back_whole_and_once(sizes: list[int], budget: int) -> None:
    sequences = [np.full(size, 10 + place) for place, size in enumerate(sizes)]
    seen = {}
    for batch in batches(sequences, budget):
        for place, ids, mask in zip(batch.places, batch.ids, batch.mask, strict=True):
            assert place not in seen
            seen[place] = ids[mask == 1]
            assert (ids[mask == 0] == PADDING).all()
    assert sorted(seen) == list(range(len(sizes)))
    for place, ids in seen.items():
        np.testing.assert_array_equal(ids, sequences[place])


@given(lengths, st.integers(1, 100))
def test_no_batch_exceeds_the_budget_unless_one_sequence_does(
    sizes: list[int], budget: int
) -> None:
    for batch in batches([np.zeros(size, np.int64) for size in sizes], budget):
        assert batch.ids.size <= budget or len(batch.places) == 1
