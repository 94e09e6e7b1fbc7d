"""What a model is shown of two statements."""

from datetime import date

from tests.comparison.statements import MONDAY, statement
from tracker.comparison.telling import told

TALKS = "Talks in Miami"


def test_both_texts_name_speaker_and_context_and_how_much_later() -> None:
    a = statement("No progress.", speaker="Peskov", about=TALKS)
    b = statement("Progress.", speaker="Vance", about="Talks in Kyiv", said_on=date(2026, 3, 4))
    assert told(a, b) == (
        "Talks in Miami | Peskov: No progress.",
        "2 days later | Talks in Kyiv | Vance: Progress.",
    )
    assert told(b, a)[1].startswith("2 days earlier | Talks in Miami | ")


def test_a_context_that_both_share_is_told_once() -> None:
    a, b = statement("It leaks.", about=TALKS), statement("It holds.", about=TALKS)
    assert told(a, b)[1] == "same day | Ana Pop: It holds."


def test_nothing_is_told_of_no_context() -> None:
    assert told(statement("It leaks."), statement("It holds."))[0] == "Ana Pop: It leaks."


def test_a_long_context_is_cut_at_a_word() -> None:
    about = "water " * 60
    first, _ = told(statement("It leaks.", about=about), statement("It holds.", said_on=MONDAY))
    context = first.split(" | ")[0]
    assert len(context) <= 100
    assert set(context.split()) == {"water"}


def test_a_claim_of_nobody_is_its_words() -> None:
    assert told(statement("It leaks.", speaker=""), statement("It holds."))[0] == "It leaks."
