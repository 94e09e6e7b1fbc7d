"""A language is a table: ``ro.toml``, ``en.toml``, …; this package loads and checks them.

To add a language, add a file named after its ISO 639-1 code and a test table; no code changes.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from tracker.errors import InvalidLanguageTable, UnsupportedLanguage
from tracker.languages.attribution import AttributionTable, read_attribution
from tracker.languages.comparison import ComparisonTable, read_comparison
from tracker.languages.fold import fold
from tracker.languages.latin import in_latin

__all__ = [
    "AttributionTable",
    "ComparisonTable",
    "LanguagePack",
    "Languages",
    "fold",
    "in_latin",
    "languages",
]

UNLISTED = "und"
"""ISO 639-2 for a language that is not determined."""
_LANGUAGE = re.compile(r"[a-z]{2}\.toml")


@dataclass(frozen=True)
class LanguagePack:
    """Everything the program knows about one language."""

    code: str
    """ISO 639-1."""
    name: str
    attribution: AttributionTable
    """Who said: reporting verbs, quotation marks, titles, pronouns."""
    comparison: ComparisonTable
    """What was said: negators, modality, numbers, antonyms, attitudes."""
    version: str
    """Told by what stands in the table: another one, other readings."""


class Languages(Mapping[str, LanguagePack]):
    """The packs by language code."""

    def __init__(self, packs: Mapping[str, LanguagePack]) -> None:
        self._packs = dict(packs)

    def __getitem__(self, code: str) -> LanguagePack:
        """The pack for a code.

        Raises:
            UnsupportedLanguage: no table serves it.
        """
        try:
            return self._packs[code]
        except KeyError:
            known = ", ".join(sorted(self._packs))
            raise UnsupportedLanguage(
                f"no language table for {code!r}; tables exist for {known}"
            ) from None

    def nearest(self, code: str) -> LanguagePack:
        """The pack for a code, or one of words of no one language where no table serves it."""
        return self._packs.get(code) or replace(_unlisted(), code=code)

    def __contains__(self, code: object) -> bool:
        return code in self._packs

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)


def read_pack(code: str, text: str) -> LanguagePack:
    """Read one language table.

    Raises:
        InvalidLanguageTable: the table has a fault; the message names file and entry.
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
        return LanguagePack(
            code=code,
            name=table["name"],
            attribution=read_attribution(table["attribution"]),
            comparison=read_comparison(table["comparison"]),
            version=sha256(text.encode()).hexdigest()[:8],
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InvalidLanguageTable(f"{code}.toml: {type(error).__name__}: {error}") from error


@cache
def _unlisted() -> LanguagePack:
    """What is known of a language without a table: punctuation, signs, names of agencies."""
    file = resources.files(__name__) / f"{UNLISTED}.toml"
    return read_pack(UNLISTED, file.read_text(encoding="utf-8"))


@cache
def languages() -> Languages:
    """The tables that ship with the program."""
    folder = resources.files(__name__)
    files = sorted(
        (entry for entry in folder.iterdir() if _LANGUAGE.fullmatch(entry.name)),
        key=lambda entry: entry.name,
    )
    return Languages(
        {
            (code := entry.name.removesuffix(".toml")): read_pack(
                code, entry.read_text(encoding="utf-8")
            )
            for entry in files
        }
    )
