"""Collects what is to be translated, and compiles what is: ``python -m web.catalog``.

What templates and modules say is found in them, and the program's fixed words and reasons are
those of ``tracker.types``. A message that is new stands empty in ``messages.po`` afterwards; one
that is gone is dropped.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tracker import types
from tracker.sources.edits import SourceEvent
from web.words import english

HERE = Path(__file__).parent
TRANSLATIONS = HERE / "translations"
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
    types.VerdictLabel,
)
"""The words that pages show; each is translated within its own kind."""
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
BEGAN = datetime(2026, 11, 28, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}


def collected() -> Catalog:
    """Everything that is to be translated."""
    catalog = Catalog(project="claim-tracker", version="1", charset="utf-8")
    found = extract_from_dir(HERE, METHODS, {"**": {"silent": "false"}}, keywords=KEYWORDS)
    for file, line, message, _, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(message, locations=[(Path(file).as_posix(), line)], context=context)
    for sentence in types.Sentence:
        catalog.add(sentence.value, locations=[("tracker/types.py", 1)])
    for kind in WORDS:
        for value in kind:
            catalog.add(english(value), context=kind.__name__)
    return catalog


def files() -> Iterator[Path]:
    """The catalog of each language."""
    return iter(sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")))


def _tidy(catalog: Catalog) -> None:
    """A heading that says what is so, and that changes only when a message does."""
    catalog.header_comment = "# What claim-tracker's pages say; brought up to date by web.catalog."
    catalog.creation_date = catalog.revision_date = BEGAN
    catalog.last_translator = catalog.language_team = "claim-tracker"
    catalog.msgid_bugs_address = "see the README"
    catalog.fuzzy = False


@click.command(help=__doc__)
def main() -> None:
    """Bring the catalogs up to date and compile them."""
    wanted = collected()
    for path in files():
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _tidy(catalog)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, omit_header=False, no_location=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        empty = sum(1 for message in catalog if message.id and not message.string)
        click.echo(f"{path.parts[-3]}: {len(catalog)} messages, {empty} empty")


if __name__ == "__main__":
    main()
