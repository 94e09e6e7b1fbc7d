"""Collects what is to be translated, and compiles what is: ``python -m web.catalog``.

There are two catalogs for each language. That of ``web`` holds what templates and views say; that
of ``tracker`` what the program says wherever it speaks: its words, reasons, refusals and alerts.
A message that is new stands empty in its ``.po`` afterwards; one that is gone is dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import tracker
from tracker import errors, phrasing, types
from tracker.languages import languages
from tracker.sources.edits import SourceEvent

HERE = Path(__file__).parent
TRACKER = Path(tracker.__file__).parent
PAGES = "messages"
"""The domain of what the pages say; the other one is ``phrasing.DOMAIN``."""
WORDS = (
    types.AlertState,
    types.ArticleState,
    types.AttributionType,
    types.Bound,
    types.Change,
    types.ConflictOrder,
    types.ConflictState,
    types.Deed,
    types.Dismissal,
    types.Event,
    types.Kind,
    types.MessageKind,
    types.Modality,
    types.Polarity,
    types.RelationLabel,
    types.Rhythm,
    types.Role,
    types.Scope,
    SourceEvent,
    types.SourceKind,
    types.Stored,
    types.VerdictLabel,
)
"""The words that people read; each is translated within its own kind."""
REFUSALS = (
    errors.InvalidInput,
    errors.InvalidSubscription,
    errors.InvalidDecision,
    errors.InvalidAccount,
    errors.InvalidCorrection,
    errors.SignInRefused,
    errors.TooManySignIns,
    errors.NotFound,
    errors.StorageError,
)
"""What pages tell of; articles come in from programs, and the rest goes to whoever runs it."""
BEGAN = datetime(2026, 11, 28, tzinfo=UTC)
Found = Mapping[str, tuple[int, ...] | None]


def of_pages() -> Catalog:
    """What templates and views say; the API speaks English."""
    methods = [("api/**", "ignore"), ("**.py", "python"), ("templates/**.html", "jinja2")]
    names = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "refused": (2,)}
    return _collected(HERE, methods, names)


def of_program() -> Catalog:
    """What the program says wherever it speaks, but for the command line and what it hands in."""
    names: Found = {"say": None, "count": (1, 2), **{kind.__name__: None for kind in REFUSALS}}
    methods = [("cli/**", "ignore"), ("articles/**", "ignore"), ("**.py", "python")]
    catalog = _collected(TRACKER, methods, names)
    packs = languages().values()
    for sentence in types.Sentence:
        catalog.add(sentence.value)
    for kind in WORDS:
        for value in kind:
            catalog.add(phrasing.english(value), context=kind.__name__)
    for concept in sorted(frozenset().union(*(pack.comparison.concepts for pack in packs))):
        catalog.add(phrasing.in_words(concept), context=phrasing.CONCEPT)
    return catalog


COLLECTED = {PAGES: of_pages, phrasing.DOMAIN: of_program}


def _collected(folder: Path, methods: Iterable[tuple[str, str]], names: Found) -> Catalog:
    catalog = Catalog(project="claim-tracker", version="1", charset="utf-8")
    found = extract_from_dir(folder, list(methods), {"**": {"silent": "false"}}, keywords=names)
    for file, line, message, _, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(message, locations=[(Path(file).as_posix(), line)], context=context)
    return catalog


def files() -> Iterator[Path]:
    """The catalogs of each language."""
    for folder in (HERE / "translations", phrasing.TRANSLATIONS):
        yield from sorted(folder.glob("*/LC_MESSAGES/*.po"))


def language_of(path: Path) -> str:
    """The code of the language that a catalog translates into."""
    return path.parts[-3]


def _tidy(catalog: Catalog) -> None:
    """A heading that says what is so, and that changes only when a message does."""
    catalog.header_comment = "# What claim-tracker says to people; kept up to date by web.catalog."
    catalog.creation_date = catalog.revision_date = BEGAN
    catalog.last_translator = catalog.language_team = "claim-tracker"
    catalog.msgid_bugs_address = "see the README"
    catalog.fuzzy = False


@click.command(help=__doc__)
def main() -> None:
    """Bring the catalogs up to date and compile them."""
    wanted = {domain: collect() for domain, collect in COLLECTED.items()}
    for path in files():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language_of(path))
        catalog.update(wanted[path.stem], no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _tidy(catalog)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, omit_header=False, no_location=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        empty = sum(1 for message in catalog if message.id and not all(_forms(message.string)))
        click.echo(f"{language_of(path)} {path.stem}: {len(catalog)} messages, {empty} empty")


def _forms(text: object) -> tuple[object, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text,)


if __name__ == "__main__":
    main()
