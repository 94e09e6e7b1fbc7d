"""From the model's marks to claims; the model itself is played by a script."""

import pytest

from tests.claims.marks import ScriptedTagger
from tests.claims.samples import article
from tracker.claims import ModelExtractor
from tracker.errors import UnsupportedLanguage
from tracker.languages import languages
from tracker.types import AttributionType, ClaimDraft, Polarity, SourceKind


def extract(marked: str, language: str = "en") -> tuple[str, list[ClaimDraft]]:
    tagger = ScriptedTagger(marked)
    extractor = ModelExtractor(languages(), tagger)
    return tagger.text, extractor.extract(article(tagger.text, language))


def rows(marked: str, language: str = "en") -> list[tuple[str, list[str], str]]:
    text, drafts = extract(marked, language)
    return [
        (
            draft.source.name,
            [text[span.start : span.end] for span in draft.attribution.content],
            str(draft.attribution.type),
        )
        for draft in drafts
    ]


CASES = [
    (
        "en",
        "{s1|Mayor Tom Briggs} {c1|let slip} that {q1|the bridge would stay shut}.",
        [("Tom Briggs", ["the bridge would stay shut"], "indirect")],
    ),
    (
        "en",
        "“{q1|We are closing},” {c1|said} {s1|Jo Fox}. “{q1|It is over}.”",
        [("Jo Fox", ["We are closing", "It is over"], "direct")],
    ),
    (
        "en",
        "{s1|Jo Fox} {c1|called} {q1|the plan “a cruel joke” on farmers}.",
        [("Jo Fox", ["the plan “a cruel joke” on farmers"], "mixed")],
    ),
    (
        "en",
        "{s1|Lead author Priya Holm, who runs the trial at Leeds,} {c1|cautions} that "
        "{q1|it is early days}.",
        [("Priya Holm", ["it is early days"], "indirect")],
    ),
    (
        "en",
        "Minister for Health Aoife Regan came. {s1|The minister} {c1|hinted} {q1|beds would go}.",
        [("Aoife Regan", ["beds would go"], "indirect")],
    ),
    (
        "ro",
        "{c1|Din spusele} {s1|vecinilor} {q1|casa era goală}.",
        [("vecinii", ["casa era goală"], "indirect")],
    ),
    (
        "ro",
        "Ion Pop a venit. „{q1|Plecăm mâine},” {c1|a răbufnit} {s1|Pop}. {c2|Îi e teamă că} "
        "{q2|nu mai ajunge}.",
        [("Ion Pop", ["Plecăm mâine"], "direct"), ("Ion Pop", ["nu mai ajunge"], "indirect")],
    ),
]


@pytest.mark.parametrize(("language", "marked", "expected"), CASES)
def test_marks_become_claims(language: str, marked: str, expected: list[object]) -> None:
    assert rows(marked, language) == expected


def test_a_quotation_that_is_half_marked_is_content_as_a_whole() -> None:
    marked = "“We are {q1|closing the mill for good},” {c1|said} {s1|Jo Fox}."
    assert rows(marked) == [("Jo Fox", ["We are closing the mill for good"], "direct")]


def test_what_is_barely_touched_of_a_quotation_is_left_out() -> None:
    marked = "{s1|Jo Fox} {c1|said} {q1|the mill was done, “Not} a word of it is true, I tell you.”"
    [(_, content, kind)] = rows(marked)
    assert (content, kind) == (["the mill was done"], "indirect")


def test_quotations_that_the_model_leaves_alone_are_read_by_rules() -> None:
    text, drafts = extract("“We are closing,” said Jo Fox. {s1|Al Bay} {c1|wept} {q1|it was over}.")
    found = [(draft.extractor, draft.source.name) for draft in drafts]
    assert found == [("rules/1", "Jo Fox"), ("model/1", "Al Bay")]
    assert text[drafts[0].attribution.content[0].start :].startswith("We are closing")


def test_a_language_without_a_table_is_read_by_the_model_alone() -> None:
    marked = "{c1|Zdaniem} {s1|Jana Kowalskiego} {q1|most jest zamknięty}. „Nie”, mówi Anna Nowak."
    [draft] = extract(marked, "pl")[1]
    assert (draft.source.name, draft.source.kind) == ("Jana Kowalskiego", SourceKind.PERSON)
    assert draft.statement.text == "most jest zamknięty"


@pytest.mark.parametrize("language", ["sr", "xx", "hr"])
def test_a_language_without_a_dictionary_is_read_too(language: str) -> None:
    marked = "{s1|Ана Вебер} {c1|каже} да {q1|је мост затворен}."
    [draft] = extract(marked, language)[1]
    assert "lemma:мост" in draft.statement.details.keys


@pytest.mark.parametrize(
    ("marked", "language", "addressee"),
    [
        ("{s1|Jo Fox} {c1|told} the Daily Post that {q1|she was ill}.", "en", "the Daily Post"),
        ("{s1|Jo Fox} {c1|told} reporters {q1|she was ill}.", "en", "reporters"),
        ("„{q1|E gata}”, {c1|a declarat} pentru Radio Prut {s1|Ion Pop}.", "ro", "Radio Prut"),
        ("{s1|Jo Fox} {c1|said} {q1|she was ill}.", "en", None),
        (
            "„{q1|E gata}”, {c1|a transmis} {s1|Inspectoratul pentru Situații de Urgență}.",
            "ro",
            None,
        ),
    ],
)
def test_to_whom_it_is_said(marked: str, language: str, addressee: str | None) -> None:
    [draft] = extract(marked, language)[1]
    assert draft.attribution.addressee == addressee


@pytest.mark.parametrize(
    ("marked", "language", "is_denied", "polarity"),
    [
        ("{s1|Jo Fox} {c1|denied} that {q1|the mill was shut}.", "en", True, Polarity.NEGATIVE),
        ("{s1|Ion Pop} {c1|a negat} că {q1|a luat bani}.", "ro", True, Polarity.NEGATIVE),
        ("{s1|Ion Pop} {c1|a negat} că {q1|nu a plătit}.", "ro", True, Polarity.POSITIVE),
        ("{s1|Ion Pop} {c1|nu a negat} că {q1|a luat bani}.", "ro", False, Polarity.POSITIVE),
        ("{s1|Jo Fox} {c1|said} {q1|the mill was shut}.", "en", False, Polarity.POSITIVE),
    ],
)
def test_reporting_words_may_deny(
    marked: str, language: str, is_denied: bool, polarity: Polarity
) -> None:
    [draft] = extract(marked, language)[1]
    details = draft.statement.details
    assert (details.is_denied, details.polarity) == (is_denied, polarity)


@pytest.mark.parametrize(
    ("marked", "language"),
    [
        ("Jo Fox left. {c1|It was claimed} that {q1|the mill was shut}.", "en"),
        ("A plecat Ion Pop. {c1|Se zvonește} că {q1|moara e închisă}.", "ro"),
    ],
)
def test_nobody_is_invented_where_nobody_is_named(marked: str, language: str) -> None:
    [draft] = extract(marked, language)[1]
    assert draft.source.kind is SourceKind.UNRESOLVED


def test_a_quotation_over_two_paragraphs_is_one_claim_in_two_pieces() -> None:
    marked = "{s1|Jo Fox} {c1|said}: “{q1|We are done.}\n\n“{q1|There is no way back}.”"
    [(name, content, kind)] = rows(marked)
    assert (name, content) == ("Jo Fox", ["We are done", "There is no way back"])
    assert kind == AttributionType.DIRECT


@pytest.mark.parametrize(
    ("marked", "language", "relay"),
    [
        ("{s1|Jo Fox} {c1|said} {q1|she was ill}, Reuters reported.", "en", "Reuters"),
        (
            "„{q1|E gata}”, {c1|a spus} {s1|Ion Pop}, citat de Gazeta Prutului.",
            "ro",
            "Gazeta Prutului",
        ),
        ("{s1|Reuters} {c1|reported} that {q1|the mill was shut}.", "en", None),
    ],
)
def test_who_passes_it_on(marked: str, language: str, relay: str | None) -> None:
    [draft] = extract(marked, language)[1]
    assert draft.attribution.relayed_by == relay


@pytest.mark.parametrize(
    "text", ["这座桥将于周五重新开放，市长安娜说。", "قال العمدة إن الجسر مغلق"]
)
def test_a_script_that_the_model_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedLanguage, match="script"):
        extract(text, "zh")


@pytest.mark.parametrize(
    ("marked", "language"),
    [
        ("Ion Pop a venit. „{q1|Podul e gata}”, {c1|a declarat} {s1|marți} edilul.", "ro"),
        ("Jo Fox came. “{q1|The bridge is done},” she {c1|said} {s1|Tuesday}.", "en"),
    ],
)
def test_a_day_is_nobody(marked: str, language: str) -> None:
    [draft] = extract(marked, language)[1]
    assert draft.source.name in ("Ion Pop", "Jo Fox")
