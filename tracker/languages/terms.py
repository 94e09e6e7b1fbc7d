"""The terms a text speaks in.

A *term* is what two texts can share whatever their inflection or language: ``entity:…`` for a
name, ``concept:…`` for a word that the tables know by an English identifier, ``lemma:…`` else.
"""

from collections.abc import Sequence
from functools import cache

import simplemma

from tracker.languages.comparison import ComparisonTable
from tracker.languages.fold import fold
from tracker.languages.words import Word

_SENTENCE_ENDS = frozenset('.!?:\n„“”«»"')
_SHORTEST_NAME = 4
"""Letters that must remain of a name when a case ending is taken off."""


def terms_of(
    text: str, words: Sequence[Word], code: str, table: ComparisonTable
) -> list[frozenset[str]]:
    """For each word of a text the terms it stands for; none for words that say too little."""
    folded = [word.folded for word in words]
    terms = [_own_terms(text, words, n, code, table) for n in range(len(words))]
    for hit in table.senses.find(folded):
        for n in range(hit.first, hit.last):
            terms[n] |= {f"concept:{sense.concept}" for sense in hit.value}
    for name in table.names.find(folded):
        if words[name.first].text[0].isupper():
            for n in range(name.first, name.last):
                terms[n] = frozenset({f"entity:{name.value}"})
    return terms


def _own_terms(
    text: str, words: Sequence[Word], n: int, code: str, table: ComparisonTable
) -> frozenset[str]:
    word = words[n]
    if word.folded in table.stop_words or len(word.text) < 3 or not word.text[0].isalpha():
        return frozenset()
    if any(word.folded in table_ for table_ in (table.months, table.weekdays, table.numbers)):
        return frozenset()
    if _is_name(text, words, n, code):
        return frozenset(f"entity:{form}" for form in name_forms(word.folded, table))
    return frozenset({f"lemma:{fold(_lemma(word.text.lower(), code))}"})


def _is_name(text: str, words: Sequence[Word], n: int, code: str) -> bool:
    word = words[n]
    if not word.text[0].isupper():
        return False
    if word.text.isupper() or not _starts_sentence(text, words, n):
        return True
    return not _has_lemmas(code) or not simplemma.is_known(word.text.lower(), lang=code)


def _lemma(word: str, code: str) -> str:
    return str(simplemma.lemmatize(word, lang=code)) if _has_lemmas(code) else word


@cache
def _has_lemmas(code: str) -> bool:
    """Whether the lemmatiser knows a language; where it does not a word is its own lemma."""
    try:
        simplemma.is_known("a", lang=code)
    except ValueError:
        return False
    return True


def _starts_sentence(text: str, words: Sequence[Word], n: int) -> bool:
    return n == 0 or not _SENTENCE_ENDS.isdisjoint(text[words[n - 1].end : words[n].start])


def name_forms(folded: str, table: ComparisonTable) -> set[str]:
    """The forms a name may have had before it was declined, the printed one among them.

    Which one is right cannot be told without a list of names, and two mentions of one name share
    at least one of them.
    """
    stripped = (folded.removesuffix(ending) for ending in table.name_endings)
    return {folded} | {form for form in stripped if len(form) >= _SHORTEST_NAME}
