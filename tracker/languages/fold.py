"""One spelling for comparing: no case, no diacritics, cedilla and comma below alike."""

import unicodedata
from functools import lru_cache

_APOSTROPHES = dict.fromkeys("’ʼ‘`´", "'")


def fold(text: str) -> str:
    """Fold case and diacritics, code point by code point.

    The result has exactly as many code points as ``text``, so offsets hold in both.
    """
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return _APOSTROPHES[character]
    base = unicodedata.normalize("NFKD", character)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base
