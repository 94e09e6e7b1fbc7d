"""Some hundreds of articles that tell dozens of stories all at once, made by chance.

Within a story people contradict each other, repeat each other and take their words back; bulletins
are reprinted word for word under other headlines; much is published in the same minute. The stories
share their outlets and their people.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from random import Random

from tracker.types import ArticleDraft

DAWN = datetime(2026, 5, 4, 6, tzinfo=UTC)
OUTLETS = tuple(
    f"The {name} Post"
    for name in ("Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Oak", "Pine")
)
GIVEN = ("Mara", "Tom", "Ada", "Ben", "Ivo", "Ruth")
SURNAMES = (
    *("Quill", "Barrow", "Winter", "Osgood", "Hale", "Pickett"),
    *("Lorne", "Usher", "Finch", "Moss", "Tully", "Gant"),
)
PEOPLE = tuple(f"{given} {surname}" for given in GIVEN for surname in SURNAMES)
THINGS = (
    *("bridge", "dam", "tunnel", "harbour", "hospital", "mill", "quarry", "viaduct"),
    *("chapel", "lighthouse", "orchard", "refinery", "station", "pool", "theatre", "university"),
)
SAYINGS = {
    ("use", "closed"): ("{} is closed", "Nobody is let onto {}"),
    ("use", "open"): ("{} is open", "Everybody goes by {} as before"),
    ("use", "reopened"): ("{} has been opened once more",),
    ("hurt", "12"): ("Twelve people were hurt at {}",),
    ("hurt", "30"): ("Thirty people were hurt at {}",),
    ("hurt", "31"): ("Hurt at {} were thirty-one in all",),
    ("cost", "2"): ("Repairing {} takes two million", "Two million is the price of {}"),
    ("cost", "5"): ("Repairing {} takes five million",),
    ("works", "well"): ("The works at {} make good progress", "All goes well at {}"),
    ("works", "badly"): ("The works at {} make no progress", "All goes badly at {}"),
    ("end", "June"): ("It will be June before {} is finished",),
    ("end", "August"): ("It will be August before {} is finished",),
    ("council", "meets"): ("The council speaks of {} on Monday",),
}
"""What can be said in answer to a question, and in which words."""


def rumours(number: int) -> list[ArticleDraft]:
    """So many articles, always the same, in the order of publication."""
    chance = Random(0)
    stories = (article for n in count() for article in _story(n, chance))
    return sorted(islice(stories, number), key=lambda each: each.published_at)


def _story(number: int, chance: Random) -> Iterator[ArticleDraft]:
    """All that is printed of one matter within three days."""
    dawn = DAWN + timedelta(days=number % 15)
    about = f"the {THINGS[number % len(THINGS)]} at {_place(number)}"
    people = chance.sample(PEOPLE, 5)
    moments = [dawn + timedelta(hours=chance.randrange(72)) for _ in range(4)]
    bulletin = _text(about, people, dawn + timedelta(hours=chance.randrange(48)), chance, 2)
    for n in range(chance.choice((2, 3, 4, 8))):
        at = chance.choice(moments)
        lines = _text(about, people, at, chance, chance.choice((1, 1, 1, 2)))
        yield _article(f"{number}-{n}", at, lines, chance.choice(OUTLETS))
    for outlet in chance.sample(OUTLETS, chance.choice((0, 0, 2, 6))):
        at = dawn + timedelta(hours=48, minutes=chance.randrange(3))
        yield _article(f"{outlet} on {about}", at, bulletin, outlet)


def _place(number: int) -> str:
    syllables = ("bar", "cor", "dun", "fel", "gor", "hul", "kes", "lim", "mor", "nes")
    return (syllables[number // 10] + syllables[number % 10] + "ton").capitalize()


def _article(title: str, at: datetime, text: str, outlet: str) -> ArticleDraft:
    return ArticleDraft(outlet=outlet, title=title, text=text, language="en", published_at=at)


def _text(about: str, people: Sequence[str], at: datetime, chance: Random, lines: int) -> str:
    return "\n".join(_line(about, chance.choice(people), at, chance) for _ in range(lines))


def _line(about: str, speaker: str, at: datetime, chance: Random) -> str:
    day = (at - timedelta(days=chance.choice((0, 0, 0, 1)))).date()
    words = chance.choice(chance.choice(list(SAYINGS.values()))).format(about)
    return f"{day} {speaker} on {about}: “{words}.”"
