"""When two quantities may describe the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.comparison.figures import agree
from tracker.types import Bound, Quantity


def quantity(value: float, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(value=value, unit="people", bound=bound, text=str(value))


QUANTITIES = st.builds(
    quantity,
    st.floats(min_value=0, max_value=1e12, allow_nan=False),
    st.sampled_from(Bound),
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (quantity(140, Bound.ABOUT), quantity(143)),
        (quantity(4, Bound.ABOUT), quantity(3.67)),
        (quantity(1, Bound.AT_LEAST), quantity(2)),
        (quantity(100, Bound.AT_LEAST), quantity(350)),
        (quantity(50, Bound.AT_MOST), quantity(12)),
        (quantity(8), quantity(7.9)),
        (quantity(3e6), quantity(3.1e6)),
        (quantity(12), quantity(12)),
    ],
)
def test_agree(a: Quantity, b: Quantity) -> None:
    assert agree(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (quantity(2), quantity(3)),
        (quantity(186), quantity(150)),
        (quantity(1000, Bound.AT_LEAST), quantity(12)),
        (quantity(10, Bound.AT_MOST), quantity(12)),
        (quantity(140, Bound.ABOUT), quantity(190)),
        (quantity(7.9), quantity(7.2)),
        (quantity(2e6), quantity(3.2e6)),
    ],
)
def test_disagree(a: Quantity, b: Quantity) -> None:
    assert not agree(a, b)


@given(QUANTITIES, QUANTITIES)
def test_the_order_does_not_matter(a: Quantity, b: Quantity) -> None:
    assert agree(a, b) == agree(b, a)


@given(QUANTITIES)
def test_a_quantity_agrees_with_itself(a: Quantity) -> None:
    assert agree(a, a)
