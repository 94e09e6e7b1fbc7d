"""What a subscription does, in one sentence of the reader's language."""

from collections.abc import Iterable, Iterator

from babel.lists import format_list
from flask_babel import format_percent, get_locale
from flask_babel import gettext as _

from tracker.types import CONFLICTING, Change, Rhythm, Subscription
from web.rule_form import CLOCK
from web.words import language, word


def sentence(rule: Subscription) -> str:
    """Which conflicts a subscription hears of, upon what, and when."""
    told = ", ".join([_subject(rule), *_conditions(rule), *_times(rule)])
    return f"{told[0].upper()}{told[1:]}."


def _subject(rule: Subscription) -> str:
    changes = _any(word(each) for each in Change if each in rule.changes)
    if rule.relations == CONFLICTING:
        return str(_("Any conflict (%(changes)s)", changes=changes))
    relations = _any(word(each) for each in sorted(rule.relations))
    return str(_("%(relations)s (%(changes)s)", relations=relations, changes=changes))


def _conditions(rule: Subscription) -> Iterator[str]:
    if rule.speakers:
        yield str(_("with a statement of %(names)s", names=_any(sorted(rule.speakers))))
    if rule.outlets:
        yield str(_("in %(outlets)s", outlets=_any(sorted(rule.outlets))))
    if rule.topics:
        topics = _any(f"“{topic}”" for topic in sorted(rule.topics))
        yield str(_("about %(topics)s", topics=topics))
    if rule.languages:
        names = _any(language(code) for code in sorted(rule.languages))
        yield str(_("in the language %(names)s", names=names))
    if rule.minimum_severity:
        yield str(_("severity %(share)s and more", share=format_percent(rule.minimum_severity)))


def _times(rule: Subscription) -> Iterator[str]:
    match rule.rhythm:
        case Rhythm.LIVE:
            yield str(_("at once"))
        case Rhythm.HOURLY:
            yield str(_("in one message an hour"))
        case Rhythm.DAILY:
            at = rule.digest_at.strftime(CLOCK)
            yield str(_("in one message a day at %(time)s (%(zone)s)", time=at, zone=rule.zone))
    yield str(_("written in %(language)s", language=language(rule.language)))
    if rule.quiet_from is not None and rule.quiet_to is not None:
        start, end = rule.quiet_from.strftime(CLOCK), rule.quiet_to.strftime(CLOCK)
        yield str(
            _("but not from %(start)s to %(end)s (%(zone)s)", start=start, end=end, zone=rule.zone)
        )


def _any(words: Iterable[str]) -> str:
    return format_list(list(words), style="or", locale=get_locale() or "en")
