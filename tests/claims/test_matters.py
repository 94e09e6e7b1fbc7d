"""Which matter a claim is about, where its own words do not say."""

import pytest

from tests.claims.samples import article
from tracker.claims import Matters, RuleExtractor
from tracker.languages import languages


def keys(content: str, *around: str, language: str = "en") -> set[str]:
    found = Matters(languages()[language]).of(content, around)
    return {key for matter in found for key in matter.keys}


def test_a_noun_with_a_name_says_it_itself() -> None:
    assert keys("The talks in Geneva were useful") == {"matter:talks:geneva"}


def test_a_noun_without_one_takes_it_from_what_stands_nearest() -> None:
    lead, title = "Consultations in Geneva ended.", "Talks in Vienna to follow"
    assert keys("The talks were useful", lead, title) == {"matter:talks:geneva"}


def test_the_noun_may_stand_outside_the_content() -> None:
    assert keys("useful", "He called the talks in Geneva useful.") == {"matter:talks:geneva"}


def test_a_name_behind_a_comma_belongs_to_something_else() -> None:
    assert keys("The talks ended, Geneva was calm") == set()


def test_who_acts_is_no_matter() -> None:
    assert keys("The police of Geneva came") == set()


def test_languages_share_the_keys() -> None:
    romanian = keys("Discuțiile au fost utile", "Consultările de la Geneva", language="ro")
    assert romanian & keys("The talks in Geneva")


@pytest.mark.parametrize("text", ["", "…", "the talks", "„»”“"])
def test_any_words_will_do(text: str) -> None:
    assert keys(text, text) == set()


def test_the_line_of_context_names_the_matter() -> None:
    text = (
        "Consultările de la Viena s-au încheiat marți. Au venit trei delegații. "
        "Ministrul Dan Moga a spus că discuțiile au fost utile."
    )
    [draft] = RuleExtractor(languages()).extract(article(text))
    assert draft.statement.about.startswith("Consultările de la Viena")
    assert "matter:talks:viena" in draft.statement.details.keys
