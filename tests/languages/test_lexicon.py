"""Phrases of a table found in a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.languages.lexicon import Lexicon
from tracker.languages.words import split_words


def found(lexicon: Lexicon[str], text: str) -> list[str]:
    return [hit.value for hit in lexicon.find([word.folded for word in split_words(text)])]


def test_the_longest_phrase_wins() -> None:
    lexicon = Lexicon({"not": "no", "not only": "more"})
    assert found(lexicon, "Not only here, not there") == ["more", "no"]


def test_an_exact_word_wins_over_a_stem() -> None:
    lexicon = Lexicon({"port*": "any", "portul": "harbour"})
    assert found(lexicon, "portul, portavocea") == ["harbour", "any"]


def test_spelling_variants_are_one_phrase() -> None:
    lexicon = Lexicon({"niște știri": "news"})
    assert found(lexicon, "NIŞTE ŞTIRI") == found(lexicon, "niste stiri") == ["news"]


def test_a_stem_needs_its_own_letters() -> None:
    assert found(Lexicon({"progres*": "x"}), "program") == []


def test_an_entry_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        Lexicon({"–": True})


@given(st.text())
def test_words_lie_where_they_say(text: str) -> None:
    words = split_words(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
