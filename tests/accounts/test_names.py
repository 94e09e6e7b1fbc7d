import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.accounts.names import check_name, free_name, name_key
from tracker.errors import InvalidAccount


@pytest.mark.parametrize("other", ["ana pop", " Ana  Pop ", "ANA POP", "Ａna Pop"])
def test_names_that_look_alike_are_one(other: str) -> None:
    assert name_key(other) == name_key("Ana Pop")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "x" * 81, "Tracker", "EDITOR", "api"])
def test_a_name_that_histories_could_not_show_is_refused(name: str) -> None:
    with pytest.raises(InvalidAccount):
        check_name(name)


@given(st.text(max_size=80))
def test_a_key_is_the_key_of_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.sets(st.sampled_from(["ana", "ana 2", "ana 3", "bo"])))
def test_a_free_name_is_free(taken: set[str]) -> None:
    name = free_name("Ana", taken)
    assert name_key(name) not in taken
    assert name.startswith("Ana")
    assert "ana" in taken or name == "Ana"
