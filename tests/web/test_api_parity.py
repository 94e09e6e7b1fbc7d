"""Whatever a page can do, the API can: every page beside the operations that stand for it."""

from collections.abc import Mapping

import pytest
from flask import Flask

from web.api import blueprint
from web.rules import RULES

DONE: Mapping[str, str] = {
    "articles.retry": "retry_article",
    "claims.correct": "correct_claim",
    "conflicts.ask_second": "ask_second",
    "conflicts.assign": "assign",
    "conflicts.decide": "decide",
    "conflicts.merge": "merge",
    "conflicts.move": "move",
    "conflicts.note": "note",
    "conflicts.split": "split",
    "inbox.decide": "decide_many",
    "inbox.remove_filter": "remove_filter",
    "inbox.save_filter": "save_filter",
    "inbox.undo": "undo",
    "sources.merge": "merge_sources",
    "sources.split": "split_source",
    "sources.undo": "undo_edit",
    "subscriptions.add": "add_subscription",
    "subscriptions.change": "change_subscription",
    "subscriptions.mute": "mute_subscription",
    "subscriptions.open_again": "open_subscription",
    "subscriptions.remove": "remove_subscription",
    "subscriptions.rotate": "rotate_secret",
    "subscriptions.send_again": "send_again",
    "subscriptions.try_out": "try_out",
}
"""What a form does, and the operation that does the same."""

READ: Mapping[str, tuple[str, ...]] = {
    "articles.changes": ("changes_since",),
    "articles.detail": ("article", "article_text", "revisions"),
    "articles.index": ("articles", "healthz"),
    "audit.index": ("audit",),
    "claims.detail": ("claim", "corrections", "conflicts_of_claim", "sightings_of_claim"),
    "conflicts.detail": ("conflict", "pairs", "alerts_of_conflict", "look"),
    "inbox.index": ("conflicts", "filters"),
    "live.live": ("overview",),
    "overview.index": ("overview",),
    "sources.detail": ("source", "topics_of_source", "claims_of_source"),
    "sources.index": ("sources",),
    "stories.detail": ("story",),
    "stories.index": ("stories",),
    "subscriptions.edit": ("subscription",),
    "subscriptions.index": ("subscriptions", "deliveries"),
}
"""What a page shows, and the operations that tell it."""

OUTLIVES = "a token that leaked could make itself a way in that outlives it"
BROWSER = "it is about a browser, and a program has none"
FOR_PEOPLE_ONLY: Mapping[str, str] = {
    "account.make": OUTLIVES,
    "account.page": OUTLIVES,
    "account.password": OUTLIVES,
    "account.revoke": OUTLIVES,
    "accounts.add": OUTLIVES,
    "accounts.disable": OUTLIVES,
    "accounts.enable": OUTLIVES,
    "accounts.index": OUTLIVES,
    "accounts.password": OUTLIVES,
    "accounts.revoke": OUTLIVES,
    "accounts.role": OUTLIVES,
    "language": BROWSER,
    "login.enter": BROWSER,
    "login.leave": BROWSER,
    "login.page": BROWSER,
    "oidc.back": BROWSER,
    "oidc.start": BROWSER,
    "static": BROWSER,
}
"""What the API leaves out, and why."""

OPERATIONS = {each.name: each for each in blueprint.operations}


def pages(app: Flask, *, posted: bool) -> set[str]:
    """The endpoints of pages that take a form, or of those that are only read."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("api.") and ("POST" in (rule.methods or ())) is posted
    }


def test_every_form_has_an_operation_that_does_the_same(whole: Flask) -> None:
    assert pages(whole, posted=True) - set(FOR_PEOPLE_ONLY) == set(DONE)
    for name in DONE.values():
        assert OPERATIONS[name].method != "GET"


def test_every_page_has_operations_that_tell_the_same(whole: Flask) -> None:
    assert pages(whole, posted=False) - set(FOR_PEOPLE_ONLY) == set(READ)
    assert {name for names in READ.values() for name in names} <= set(OPERATIONS)


def test_whatever_is_left_out_exists(whole: Flask) -> None:
    assert set(FOR_PEOPLE_ONLY) <= {rule.endpoint for rule in whole.url_map.iter_rules()}


@pytest.mark.parametrize(("page", "name"), DONE.items())
def test_who_may_do_it_on_the_page_may_do_it_by_a_token(page: str, name: str) -> None:
    assert RULES[f"api.{name}"].role is RULES[page].role
