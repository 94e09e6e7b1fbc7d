"""From scores to attributions, with scores made by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.marks import ScriptedTagger, models
from tracker.claims.tagged import Marked, read_tags
from tracker.encoder import OUTPUTS, Tagged, Tags, scores_of, windows


def read(marked: str) -> tuple[str, list[Marked]]:
    tagger = ScriptedTagger(marked)
    return tagger.text, read_tags(tagger.text, tagger.tag(tagger.text))


def words(text: str, found: Marked) -> tuple[str | None, str | None, list[str]]:
    source, cue = (
        text[span.start : span.end] if span else None for span in (found.source, found.cue)
    )
    return source, cue, [text[span.start : span.end] for span in found.content]


def test_each_content_has_the_source_and_cue_it_points_to() -> None:
    text, found = read(
        "{s1|Ana Rusu} {c1|spune} că {q1|podul e gata}, iar {s2|Ion Pop} {c2|crede} {q2|altceva}."
    )
    assert [words(text, one) for one in found] == [
        ("Ana Rusu", "spune", ["podul e gata"]),
        ("Ion Pop", "crede", ["altceva"]),
    ]


def test_pieces_around_one_cue_are_one_content() -> None:
    text, [found] = read("{q1|Podul}, {c1|spune} {s1|Ana Rusu}, {q1|e gata}.")
    assert words(text, found) == ("Ana Rusu", "spune", ["Podul", "e gata"])


def test_pieces_with_a_paragraph_and_other_words_between_stay_apart() -> None:
    text, found = read(
        "Hauliers want {q1|their money} and peace.\n\n“{q1|We lost it},” {c1|said} {s1|Jo Fox}."
    )
    assert [words(text, one)[2] for one in found] == [["their money"], ["We lost it"]]


def test_contents_without_a_cue_stay_apart() -> None:
    text, found = read("{s1|RUSU}: {q1|Podul e gata.}\n\n{s2|POP}: {q2|Nu e.}")
    assert [words(text, one)[0] for one in found] == ["RUSU", "POP"]


def test_a_source_in_the_context_before_the_window_is_found() -> None:
    filler = "Ploua mărunt peste oraș și nimeni nu ieșea din casă. " * 14
    text, [found] = read(filler + "\n\nA venit {s1|Ana Rusu}.\n\n{c1|A spus} că {q1|e gata podul}.")
    assert words(text, found) == ("Ana Rusu", "A spus", ["e gata podul"])


def test_words_are_never_cut() -> None:
    text, [found] = read("{s1|Ana} {c1|spune} că {q1|podul e î}nchisă.")
    assert words(text, found)[2] == ["podul e închisă"]


@given(st.text(max_size=200), st.integers(0, 2**31))
def test_any_scores_give_spans_of_the_text(text: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    [tokens] = models().tokenizer.tokens([text])
    tagged = [
        Tagged(w, scores_of(chance.normal(size=(len(w.ids), OUTPUTS)).astype(np.float32)))
        for w in windows(text, tokens)
    ]
    for found in read_tags(text, Tags(tokens, tagged)):
        spans = [*found.content, *filter(None, (found.source, found.cue))]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert 0 <= found.confidence <= 1
