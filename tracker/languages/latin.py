"""Names of other scripts in Latin letters, as newspapers print them."""

import re
import unicodedata

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "a", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u",
    "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
}  # fmt: skip
_UKRAINIAN = re.compile("[іїєґ]|ськ|цьк")
_SERBIAN = re.compile("[ђјљњћџ]")
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_GREEK_PAIRS = (
    (r"ου", "ou"), (r"γγ", "ng"), (r"γκ", "gk"), (r"γχ", "nch"), (r"\bμπ", "b"), (r"\bντ", "d"),
    (r"([αε])υ(?=[θκξπσςτφχψ])", r"\1f"), (r"([αε])υ", r"\1v"),
)  # fmt: skip
_LATIN = {
    "ł": "l", "đ": "dj", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th", "ð": "d",
}  # fmt: skip
"""Letters that are no base letter with a mark; the marks of others fall when they are folded."""
_KNOWN = re.compile(f"[{''.join((*_CYRILLIC, *_GREEK, *_LATIN))}]", re.IGNORECASE)


def in_latin(name: str) -> str:
    """A name with its Cyrillic and Greek letters, and the rarer Latin ones, in plain Latin.

    Names without such letters stay as they are; others come back in small letters.
    """
    if name.isascii() or not _KNOWN.search(unicodedata.normalize("NFKD", name)):
        return name
    name = unicodedata.normalize("NFC", name).lower()
    return _latin(_greek(_cyrillic(name)))


def _cyrillic(name: str) -> str:
    """The letters differ by the language, which some of them tell."""
    letters = dict(_CYRILLIC)
    if _UKRAINIAN.search(name):
        letters |= {"г": "h", "и": "y"}
    if _SERBIAN.search(name):
        letters |= {"ц": "c"}
    return "".join(letters.get(letter, letter) for letter in name)


def _greek(name: str) -> str:
    """Without accents, since the same letter with and without one is one in pairs."""
    if not any(letter in _GREEK for letter in unicodedata.normalize("NFKD", name)):
        return name
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    for written, heard in _GREEK_PAIRS:
        name = re.sub(written, heard, name)
    return "".join(_GREEK.get(letter, letter) for letter in name)


def _latin(name: str) -> str:
    return "".join(_LATIN.get(letter, letter) for letter in name)
