"""What the roles may do, and which role an identity provider's words give."""

from collections.abc import Collection, Mapping

from tracker.types import Role, Scope

RANK = {role: rank for rank, role in enumerate(Role)}
NEEDS = {Scope.READ: Role.READER, Scope.INGEST: Role.REVIEWER, Scope.REVIEW: Role.REVIEWER}
"""The role without which a scope is good for nothing."""
EVERYBODY = "*"


def may(role: Role, needed: Role) -> bool:
    """Whether somebody of one role may do what needs another."""
    return RANK[role] >= RANK[needed]


def scopes_of(role: Role) -> list[Scope]:
    """The scopes that tokens of somebody with this role can have."""
    return [scope for scope, needed in NEEDS.items() if may(role, needed)]


def role_of(words: Collection[str], roles: Mapping[str, Role]) -> Role | None:
    """The highest role that any of a provider's words gives; none where none gives one."""
    given = [role for word, role in roles.items() if word in words or word == EVERYBODY]
    return max(given, key=RANK.__getitem__, default=None)
