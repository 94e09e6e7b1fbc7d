"""Articles that other systems push onto the stream."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import redis

from tests.waiting import wait_for
from tests.workers.samples import CLOSED, OPEN
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.errors import StorageError
from tracker.pipeline import Added, Tracker
from tracker.storage import Storage, open_storage
from tracker.types import Article, ArticleDraft
from workers.inbox import Inbox
from workers.stopping import StopRequests
from workers.stream import GROUP, REFUSED, STREAM, push

GOOD = {"outlet": "Gazeta de Prut", "external_id": "gp-2", "text": "Podul este închis."}
Consumer = Callable[[Tracker], Inbox]


@pytest.fixture
def tracker(settings: Settings, storage: Storage) -> Tracker:
    return replace(build_tracker(settings), storage=storage)


@pytest.fixture
def consumer(queue: redis.Redis) -> Consumer:
    """Makes a consumer that takes over at once what another one left unfinished."""

    def make(tracker: Tracker) -> Inbox:
        inbox = Inbox(
            client=queue,
            tracker=tracker,
            max_article_bytes=1000,
            name="test",
            abandoned_after=0,
        )
        inbox.join_group()
        return inbox

    return make


@pytest.fixture
def inbox(consumer: Consumer, tracker: Tracker) -> Inbox:
    return consumer(tracker)


def articles(storage: Storage) -> list[Article]:
    with storage.snapshot() as tx:
        return list(tx.articles.recent(100))


def send(queue: redis.Redis, article: object) -> None:
    body = article if isinstance(article, bytes) else json.dumps(article)
    queue.xadd(STREAM, {"article": body})


def refused(queue: redis.Redis) -> list[dict[bytes, bytes]]:
    return [fields for _, fields in queue.xrange(REFUSED)]


def is_done(queue: redis.Redis) -> bool:
    """Nothing waits on the stream, and nothing was taken and left unfinished."""
    return queue.xlen(STREAM) == 0 and queue.xpending(STREAM, GROUP)["pending"] == 0


def test_an_article_is_stored_and_leaves_the_stream(
    inbox: Inbox, queue: redis.Redis, storage: Storage
) -> None:
    send(queue, GOOD)
    assert inbox.take_in() == 1
    [article] = articles(storage)
    assert (article.outlet, article.text) == (GOOD["outlet"], GOOD["text"])
    assert article.language == "ro"
    assert is_done(queue)


def test_what_was_pushed_comes_in_with_every_field(
    inbox: Inbox, queue: redis.Redis, storage: Storage
) -> None:
    whole = replace(CLOSED, title="Pod închis", author="A. Voicu", url="https://example.org/1")
    push(queue, whole)
    inbox.take_in()
    [article] = articles(storage)
    fields = {name: getattr(article, name) for name in ArticleDraft.__dataclass_fields__}
    assert ArticleDraft(**fields) == whole


def test_the_same_article_twice_is_one(inbox: Inbox, queue: redis.Redis, storage: Storage) -> None:
    for _ in range(2):
        send(queue, GOOD)
    assert inbox.take_in() == 2
    assert len(articles(storage)) == 1
    assert is_done(queue)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (GOOD | {"outlet": None}, b"outlet"),
        (GOOD | {"published_at": "2026-03-01T10:00:00"}, b"published_at"),
        (GOOD | {"text": "a\0b"}, b"text"),
        (GOOD | {"text": "\ud800"}, b"text"),
        (GOOD | {"text": "a" * 1001}, b"text"),
        (b"{not json", b"body"),
        (b"[" * 100_000, b"body"),
        (b"\xff\xfe", b"body"),
        (["a list"], b"body"),
    ],
)
def test_a_bad_article_is_kept_aside_with_the_reason(
    inbox: Inbox, queue: redis.Redis, storage: Storage, body: object, field: bytes
) -> None:
    send(queue, body)
    [(entry, fields)] = queue.xrange(STREAM)
    send(queue, GOOD)
    assert inbox.take_in() == 2
    [copy] = refused(queue)
    assert copy[b"field"] == field
    assert copy[b"reason"].startswith(field)
    assert (copy[b"entry"], copy[b"article"]) == (entry, fields[b"article"])
    assert len(articles(storage)) == 1
    assert is_done(queue)


def test_an_entry_without_an_article_is_refused(inbox: Inbox, queue: redis.Redis) -> None:
    queue.xadd(STREAM, {"artikel": "{}"})
    inbox.take_in()
    assert refused(queue)[0][b"field"] == b"article"


def test_another_text_under_the_same_revision_is_refused(
    inbox: Inbox, queue: redis.Redis, storage: Storage
) -> None:
    send(queue, GOOD)
    send(queue, GOOD | {"text": "Podul este deschis."})
    inbox.take_in()
    assert b"revision" in refused(queue)[0][b"reason"]
    assert [article.text for article in articles(storage)] == [GOOD["text"]]


def test_what_a_dead_consumer_had_taken_is_taken_over(
    inbox: Inbox, queue: redis.Redis, storage: Storage
) -> None:
    send(queue, GOOD)
    queue.xreadgroup(GROUP, "dead", {STREAM: ">"})
    assert inbox.take_in() == 1
    assert len(articles(storage)) == 1
    assert is_done(queue)


def test_while_the_database_is_away_articles_wait(
    consumer: Consumer, tracker: Tracker, queue: redis.Redis, settings: Settings
) -> None:
    storage = open_storage(f"sqlite:///{settings.data_dir / 'not-migrated.db'}")
    inbox = consumer(replace(tracker, storage=storage))
    send(queue, GOOD)
    with pytest.raises(StorageError):
        inbox.take_in()
    assert not is_done(queue)
    storage.migrate()
    assert inbox.take_in() == 1
    assert len(articles(storage)) == 1
    storage.close()


class StumblingTracker(Tracker):
    """Fails on one outlet in a way that nobody foresaw."""

    def add_article(self, draft: ArticleDraft) -> Added:
        if draft.outlet == "Gazeta de Prut":
            raise ArithmeticError("nobody foresaw this")
        return super().add_article(draft)


def test_an_unforeseen_error_holds_up_no_other_article(
    consumer: Consumer, tracker: Tracker, queue: redis.Redis, storage: Storage
) -> None:
    inbox = consumer(StumblingTracker(**vars(tracker)))
    send(queue, GOOD)
    push(queue, CLOSED)
    assert inbox.take_in() == 2
    assert refused(queue)[0][b"reason"] == b"ArithmeticError: nobody foresaw this"
    assert len(articles(storage)) == 1


@pytest.fixture
def running(inbox: Inbox) -> Iterator[None]:
    stop = StopRequests()
    thread = threading.Thread(target=inbox.run, args=(stop,))
    thread.start()
    yield
    stop.add()
    thread.join()


@pytest.mark.usefixtures("running")
def test_it_goes_on_when_the_server_has_lost_everything(
    queue: redis.Redis, storage: Storage
) -> None:
    push(queue, CLOSED)
    wait_for(lambda: len(articles(storage)) == 1)
    queue.flushall()
    push(queue, OPEN)
    wait_for(lambda: len(articles(storage)) == 2)


def test_the_process_takes_articles_in_and_stops_when_asked(
    start: Callable[..., object], queue: redis.Redis, storage: Storage
) -> None:
    push(queue, CLOSED)
    process = start("workers.inbox")
    wait_for(lambda: len(articles(storage)) == 1)
    process.terminate()
    assert process.wait(timeout=30) == 0
