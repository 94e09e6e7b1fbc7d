"""Windows: every piece is marked once, and long texts are cut where a reader would pause."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.encoder import END, MAX_LENGTH, START, ModelFolder, windows

ROOM, CONTEXT = 24, 6
texts = st.lists(
    st.sampled_from(["Podul e închis. ", "Yes! ", "a spus", " „", "\n", "\n\n", "x" * 30, "Жук, "]),
    max_size=60,
).map("".join)


def cut(models: ModelFolder, text: str, room: int = ROOM, context: int = CONTEXT):
    [tokens] = models.tokenizer.tokens([text])
    return tokens, windows(text, tokens, room=room, context=context)


@settings(max_examples=150)
@given(text=texts)
def test_every_piece_is_marked_in_exactly_one_window(models: ModelFolder, text: str) -> None:
    tokens, found = cut(models, text)
    marked = [p for window in found for p in window.pieces[window.first :] if p >= 0]
    assert marked == list(range(len(tokens.ids)))


@settings(max_examples=150)
@given(text=texts)
def test_a_window_holds_no_more_than_it_may(models: ModelFolder, text: str) -> None:
    tokens, found = cut(models, text)
    for window in found:
        own = [p for p in window.pieces[window.first :] if p >= 0]
        assert 0 < len(own) <= ROOM
        assert (window.ids[0], window.ids[-1]) == (START, END)
        assert len(window.ids) == len(window.pieces) <= MAX_LENGTH
        for place, piece in enumerate(window.pieces):
            if piece >= 0:
                assert window.ids[place] == tokens.ids[piece]


def test_an_empty_text_has_no_window(models: ModelFolder) -> None:
    assert cut(models, "")[1] == []


def test_later_windows_open_with_what_went_before(models: ModelFolder) -> None:
    text = "Podul e închis de luni.\n\nAșa a spus primarul Ana Rusu, joi dimineață, la radio."
    tokens, (first, second) = cut(models, text, room=20)
    assert first.first == 1
    before = [p for p in second.pieces[: second.first] if p >= 0]
    own = [p for p in second.pieces[second.first :] if p >= 0]
    assert before == list(range(own[0] - CONTEXT, own[0]))
    assert text[tokens.spans[own[0]].start :].startswith("Așa")


def test_a_long_paragraph_is_cut_after_a_sentence(models: ModelFolder) -> None:
    text = "Podul e închis de luni dimineață. Șoferii ocolesc pe la Valea Mare. Primarul tace."
    tokens, found = cut(models, text, room=20)
    starts = [window.pieces[window.first] for window in found]
    words = [text[tokens.spans[piece].start :].split()[0] for piece in starts]
    assert words == ["Podul", "Șoferii"] or words == ["Podul", "Șoferii", "Primarul"]
