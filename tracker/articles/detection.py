"""Which language a text is written in, for articles that come without saying so."""

import py3langid  # type: ignore[import-untyped]

SAMPLE = 5_000
"""How many code points are read; more does not change the answer and costs time."""


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the likeliest language, or None where there is not a letter to go by.

    The same text always gets the same answer. The model of py3langid is loaded by the first call.
    A language without a two-letter code is answered by the nearest one that has one.
    """
    sample = text[:SAMPLE]
    if not any(character.isalpha() for character in sample):
        return None
    return next((code for code, _ in py3langid.rank(sample) if len(code) == 2), None)
