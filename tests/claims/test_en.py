"""The test table of English: a sentence, and its claims as speaker, cue, content, type."""

import pytest

from tests.claims.samples import Row, rows

CLAIMS = [
    (
        "Transport Secretary Mary Holt said on Monday that the bridge would reopen in May.",
        [("Mary Holt", "said", ("the bridge would reopen in May",), "indirect")],
    ),
    (
        "The bridge will reopen in May, Mary Holt said.",
        [("Mary Holt", "said", ("The bridge will reopen in May",), "indirect")],
    ),
    (
        "“The bridge is safe,” Mary Holt said. “It always was.”",
        [
            (
                "Mary Holt",
                "said",
                (
                    "The bridge is safe",
                    "It always was",
                ),
                "direct",
            )
        ],
    ),
    (
        '"The bridge is safe," said Mary Holt, the transport secretary.',
        [("Mary Holt", "said", ("The bridge is safe",), "direct")],
    ),
    (
        '"The bridge," Mary Holt said, "is safe."',
        [
            (
                "Mary Holt",
                "said",
                (
                    "The bridge",
                    "is safe",
                ),
                "direct",
            )
        ],
    ),
    (
        "Mary Holt insisted the bridge was “perfectly safe”.",
        [("Mary Holt", "insisted", ("the bridge was “perfectly safe”",), "mixed")],
    ),
    (
        "According to the highways agency, the repairs cost 4 million pounds.",
        [("highways agency", "According to", ("the repairs cost 4 million pounds",), "indirect")],
    ),
    (
        "The repairs cost 4 million pounds, according to the highways agency.",
        [("highways agency", "according to", ("The repairs cost 4 million pounds",), "indirect")],
    ),
    (
        "Mary Holt said the bridge was safe, adding that it had been tested twice.",
        [
            ("Mary Holt", "said", ("the bridge was safe",), "indirect"),
            ("Mary Holt", "adding", ("it had been tested twice",), "indirect"),
        ],
    ),
    (
        "Mary Holt said the bridge was safe, but Tom Briggs warned that the tests were old.",
        [
            ("Mary Holt", "said", ("the bridge was safe",), "indirect"),
            ("Tom Briggs", "warned", ("the tests were old",), "indirect"),
        ],
    ),
    (
        "Tom Briggs, who designed the bridge, believes the tests were old.",
        [("Tom Briggs", "believes", ("the tests were old",), "indirect")],
    ),
    (
        'Tom Briggs described the tests as "a farce".',
        [("Tom Briggs", "described", ('the tests as "a farce"',), "mixed")],
    ),
    (
        "Tom Briggs rejected the findings of the inquiry.",
        [("Tom Briggs", "rejected", ("the findings of the inquiry",), "indirect")],
    ),
    (
        "The minister denied that the bridge had moved.",
        [("The minister", "denied", ("the bridge had moved",), "indirect")],
    ),
    (
        "Israel said it had struck 12 targets; Hezbollah claimed that none was hit.",
        [
            ("Israel", "said", ("it had struck 12 targets",), "indirect"),
            ("Hezbollah", "claimed", ("none was hit",), "indirect"),
        ],
    ),
    (
        "She told reporters: “The bridge is safe.”",
        [("She", "told", ("The bridge is safe",), "direct")],
    ),
    (
        "Tom Briggs was blunt: “Nobody tested anything at all.”",
        [("Tom Briggs", "was blunt", ("Nobody tested anything at all",), "direct")],
    ),
    (
        "In London, Mary Holt said the bridge was safe.",
        [("Mary Holt", "said", ("the bridge was safe",), "indirect")],
    ),
    (
        "An engineer who asked not to be named said the tests were faked.",
        [("engineer", "said", ("the tests were faked",), "indirect")],
    ),
    (
        "Mary Holt told the BBC that the bridge was safe.",
        [("Mary Holt", "told", ("the bridge was safe",), "indirect")],
    ),
    (
        "The bridge is safe, Mary Holt said, Reuters reported.",
        [("Mary Holt", "said", ("The bridge is safe",), "indirect")],
    ),
    (
        "Experts on bridges said the tests could be wrong.",
        [("Experts", "said", ("the tests could be wrong",), "indirect")],
    ),
    (
        '"It shook," said a neighbour.',
        [("neighbour", "said", ("It shook",), "direct")],
    ),
    (
        "For Tom Briggs, an engineer at Norley, the tests are worthless.",
        [("Tom Briggs", "For", ("the tests are worthless",), "indirect")],
    ),
    (
        'Tom Briggs of Norley Labs found the report "thin".',
        [("Tom Briggs", "found", ('the report "thin"',), "mixed")],
    ),
]

NO_CLAIMS = [
    'Ms Holt and her so-called "dream team" left early.',
    "The minister declined to comment.",
    "The minister was told that the bridge had moved.",
    "The minister is expected to say that the bridge is safe.",
    "He did not say that the bridge was safe.",
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_sentence_has_these_claims(text: str, expected: list[Row]) -> None:
    assert rows(text, "en") == expected


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_sentence_has_no_claim(text: str) -> None:
    assert rows(text, "en") == []
