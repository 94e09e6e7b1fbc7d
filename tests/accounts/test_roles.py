from itertools import combinations

import pytest

from tracker.accounts import may, scopes_of
from tracker.accounts.roles import role_of
from tracker.types import Role, Scope

ROLES = {"desk": Role.REVIEWER, "chiefs": Role.ADMIN}


def test_each_role_may_do_what_the_one_before_may() -> None:
    for lower, higher in combinations(Role, 2):
        assert may(higher, lower)
        assert not may(lower, higher)
    assert all(may(role, role) for role in Role)


def test_a_reader_gets_tokens_to_read_only() -> None:
    assert scopes_of(Role.READER) == [Scope.READ]
    assert set(scopes_of(Role.REVIEWER)) == set(scopes_of(Role.ADMIN)) == set(Scope)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ({"desk"}, Role.REVIEWER),
        ({"desk", "chiefs", "choir"}, Role.ADMIN),
        ({"choir"}, None),
        (set(), None),
    ],
)
def test_the_highest_role_that_a_word_gives_counts(words: set[str], role: Role | None) -> None:
    assert role_of(words, ROLES) == role


def test_a_star_is_for_everybody() -> None:
    assert role_of(set(), {**ROLES, "*": Role.READER}) == Role.READER
    assert role_of({"desk"}, {**ROLES, "*": Role.READER}) == Role.REVIEWER
