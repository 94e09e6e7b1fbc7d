"""The shipped tagger: who says what in plain sentences, alone or among others."""

import pytest

from tracker.claims.tagged import read_tags
from tracker.encoder import OUTPUTS, ModelFolder, OnnxTagger, load_tagger


@pytest.fixture(scope="session")
def tagger(models: ModelFolder) -> OnnxTagger:
    return load_tagger(models)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Ana Rusu a declarat că podul este închis.", "Ana Rusu", "podul este închis"),
        (
            "Mayor Tom Briggs said that the bridge was shut.",
            "Mayor Tom Briggs",
            "the bridge was shut",
        ),
        ("Die Brücke ist gesperrt, sagte Anna Weber.", "Anna Weber", "Die Brücke ist gesperrt"),
        ("Selon Marie Leroy, le pont est fermé.", "Marie Leroy", "le pont est fermé"),
        ("Мост закрыт, сообщил мэр Иван Петров.", "мэр Иван Петров", "Мост закрыт"),
    ],
)
def test_plain_sentences(tagger: OnnxTagger, text: str, source: str, content: str) -> None:
    [found] = read_tags(text, tagger.tag(text))
    assert found.source is not None
    assert text[found.source.start : found.source.end] == source
    assert [text[span.start : span.end] for span in found.content] == [content]


def test_an_empty_text_has_no_window(tagger: OnnxTagger) -> None:
    assert tagger.tag("").windows == []


def test_the_model_answers_what_the_program_reads(tagger: OnnxTagger) -> None:
    [window] = tagger.tag("Plouă.").windows
    scores = window.scores
    values = scores.parts[0].size + scores.vectors[0].size
    assert values == OUTPUTS
