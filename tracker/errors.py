"""Everything that can go wrong, as one tree.

::

    TrackerError
    ├── InvalidInput            what was handed in cannot be used; nothing was stored
    │   ├── InvalidArticle      a field is missing or wrong (``field`` names it)
    │   ├── InvalidSubscription
    │   ├── InvalidDecision     a conflict cannot be decided, split or merged like that
    │   ├── InvalidAccount      an account, password or token cannot be like that
    │   ├── InvalidCorrection   the words do not stand in the article, or nothing would change
    │   └── ArticleChanged      the same outlet, id and revision came with another text
    ├── SignInRefused           nobody is let in with that; it never says which part was wrong
    │   └── TooManySignIns      too many attempts failed; try again later
    ├── NotFound                no such article, claim, conflict, …
    ├── LanguageError
    │   ├── UnsupportedLanguage no table serves this language
    │   └── InvalidLanguageTable
    ├── ModelError              a model file is missing or unusable
    ├── ConfigurationError      the settings cannot work as they stand
    ├── StorageError            the database is unreachable or not migrated
    ├── DeliveryError           an alert could not be delivered; worth another try
    │   └── ChannelGone         … and never will be: the receiver wants no more
    └── EvaluationError         the gold data cannot be read

Every message says what was wrong, where, and what to do about it. It is an English sentence; what
people read on pages keeps the values of its ``{names}`` apart, so that it can be told in another
language.
"""

from collections.abc import Mapping


class TrackerError(Exception):
    """Root of the tree."""

    def __init__(self, sentence: str, **values: object) -> None:
        """Say what is wrong; of ``values`` one that is a list stands as its words in a row."""
        super().__init__(filled(sentence, values))
        self.sentence = sentence
        self.values = values


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """A sentence with its values; one that has none stands as it is, with the braces in it."""
    shown = {name: _listed(value) for name, value in values.items()}
    return sentence.format(**shown) if shown else sentence


def _listed(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


class InvalidInput(TrackerError):
    """What was handed in cannot be used; ``field`` names the part at fault."""

    def __init__(self, sentence: str, field: str | None = None, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class InvalidArticle(InvalidInput):
    """An article misses a field or has a wrong one."""


class InvalidSubscription(InvalidInput):
    """A subscription cannot work as described."""


class InvalidDecision(InvalidInput):
    """A conflict, as it stands, cannot be decided, split, merged or changed like that."""


class InvalidAccount(InvalidInput):
    """An account, a password or a token cannot be as described."""


class InvalidCorrection(InvalidInput):
    """A claim cannot be corrected like that."""


class ArticleChanged(InvalidInput):
    """The same outlet, identifier and revision came with another text; send a higher revision."""


class SignInRefused(TrackerError):
    """Nobody is let in with what was given; the message never says which part was wrong."""


class TooManySignIns(SignInRefused):
    """Too many attempts to sign in failed a short while ago."""


class NotFound(TrackerError):
    """No such thing is stored."""


class LanguageError(TrackerError):
    """Something about languages."""


class UnsupportedLanguage(LanguageError):
    """No language table serves this language."""


class InvalidLanguageTable(LanguageError):
    """A language table has a fault; the message names the file and the entry."""


class ModelError(TrackerError):
    """A model file is missing or unusable; the message names it."""


class ConfigurationError(TrackerError):
    """The settings cannot work as they stand."""


class StorageError(TrackerError):
    """The database is unreachable or not migrated."""


class DeliveryError(TrackerError):
    """An alert could not be delivered; it is worth another try later."""

    def __init__(self, message: str, status: int | None = None) -> None:
        """Say why; ``status`` is that of the receiver's HTTP answer, if it gave one."""
        super().__init__(message)
        self.status = status


class ChannelGone(DeliveryError):
    """The receiver answered that it wants no more, now or later."""


class EvaluationError(TrackerError):
    """Gold data is missing or malformed; the message names file and line."""
