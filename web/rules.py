"""Who may use which address. What is not listed here is shut, and a test says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.types import Role, Scope

OPEN = frozenset(
    {"static", "language", "api.healthz", "login.page", "login.enter", "oidc.start", "oidc.back"}
)
"""What is answered without signing in."""


@dataclass(frozen=True)
class Rule:
    """What it takes to be answered."""

    role: Role
    """What whoever asks has to be at least."""
    scope: Scope | None = None
    """What a token has to be good for; none where only a browser is answered."""
    is_for_browsers: bool = True
    """Whether signing in does as well as a token. It may where nothing is changed: an address of
    the API asks for no proof that a form was on a page of ours."""


def _pages(role: Role, *endpoints: str) -> dict[str, Rule]:
    return dict.fromkeys(endpoints, Rule(role))


def _files(*names: str) -> dict[str, Rule]:
    """What the pages link to and programs read as well."""
    return {f"api.{name}": Rule(Role.READER, Scope.READ) for name in names}


def _operations(role: Role, scope: Scope, *names: str) -> dict[str, Rule]:
    return {f"api.{name}": Rule(role, scope, is_for_browsers=False) for name in names}


RULES: Mapping[str, Rule] = {
    **_pages(
        Role.READER,
        "account.page",
        "articles.changes",
        "articles.detail",
        "articles.index",
        "claims.detail",
        "conflicts.detail",
        "inbox.index",
        "live.live",
        "overview.index",
        "sources.detail",
        "sources.index",
        "stories.detail",
        "stories.index",
        "subscriptions.index",
        # These change only something of one's own.
        "account.make",
        "account.password",
        "account.revoke",
        "login.leave",
    ),
    **_pages(
        Role.REVIEWER,
        "articles.retry",
        "claims.correct",
        "conflicts.ask_second",
        "conflicts.assign",
        "conflicts.decide",
        "conflicts.merge",
        "conflicts.move",
        "conflicts.note",
        "conflicts.split",
        "inbox.decide",
        "inbox.remove_filter",
        "inbox.save_filter",
        "inbox.undo",
        "sources.merge",
        "sources.split",
        "sources.undo",
    ),
    **_pages(
        Role.ADMIN,
        "accounts.add",
        "accounts.disable",
        "accounts.enable",
        "accounts.index",
        "accounts.password",
        "accounts.revoke",
        "accounts.role",
        "audit.index",
        "subscriptions.add",
        "subscriptions.change",
        "subscriptions.edit",
        "subscriptions.mute",
        "subscriptions.open_again",
        "subscriptions.remove",
        "subscriptions.rotate",
        "subscriptions.send_again",
        "subscriptions.try_out",
    ),
    **_files(
        "claims_csv",
        "claims_jsonl",
        "conflicts_csv",
        "conflicts_jsonl",
        "documentation",
        "feed",
        "openapi",
    ),
    **_operations(
        Role.READER,
        Scope.READ,
        "alerts_of_conflict",
        "annotation_jsonld",
        "annotations_jsonld",
        "article",
        "article_text",
        "articles",
        "changes_since",
        "claim",
        "claim_jsonld",
        "claims",
        "claims_of_source",
        "conflict",
        "conflicts",
        "conflicts_of_claim",
        "sightings_of_claim",
        "corrections",
        "deliveries",
        "delivery",
        "filters",
        "overview",
        "pairs",
        "review_jsonld",
        "revisions",
        "source",
        "sources",
        "stories",
        "story",
        "subscription",
        "subscriptions",
        "topics_of_source",
    ),
    **_operations(Role.ADMIN, Scope.READ, "audit"),
    **_operations(Role.REVIEWER, Scope.INGEST, "add_article", "retry_article"),
    **_operations(
        Role.REVIEWER,
        Scope.REVIEW,
        "ask_second",
        "assign",
        "correct_claim",
        "decide",
        "decide_many",
        "look",
        "merge",
        "merge_sources",
        "move",
        "note",
        "remove_filter",
        "save_filter",
        "split",
        "split_source",
        "undo",
        "undo_edit",
    ),
    **_operations(
        Role.ADMIN,
        Scope.REVIEW,
        "add_subscription",
        "change_subscription",
        "mute_subscription",
        "open_subscription",
        "remove_subscription",
        "rotate_secret",
        "send_again",
        "try_out",
    ),
}
"""By endpoint. Saved filters of others are for administrators only, which their views see to."""
