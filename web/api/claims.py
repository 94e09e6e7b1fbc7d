"""Claims: search and read."""

from tracker.types import ClaimFilter
from web.api import answers, lists
from web.api.conflict_answers import Conflict
from web.api.operations import blueprint
from web.api.queries import ClaimQuery, WhichClaims
from web.current import tracker
from web.evidence import evidence_of


@blueprint.operation("GET", "/api/claims", query=ClaimQuery, answer=lists.Claims)
def claims(query: ClaimQuery) -> lists.Claims:
    """The claims that the filter asks for, what was said last first."""
    return stretch_of_claims(wanted_claims(query), query.per_page, query.cursor)


@blueprint.operation("GET", "/api/claims/<id:claim_id>", answer=answers.Claim)
def claim(claim_id: int) -> answers.Claim:
    """One claim."""
    with tracker().storage.snapshot() as tx:
        return answers.Claim.of(tx.claims.get(claim_id))


@blueprint.operation("GET", "/api/claims/<id:claim_id>/sightings", answer=lists.Claims)
def sightings_of_claim(claim_id: int) -> lists.Claims:
    """The claims that print this one again, the first printed first, all at once."""
    with tracker().storage.snapshot() as tx:
        tx.claims.get(claim_id)
        found = tx.sightings.of([claim_id]).get(claim_id, [])
    return lists.Claims(claims=[answers.Claim.of(each) for each in found], next=None)


@blueprint.operation("GET", "/api/claims/<id:claim_id>/conflicts", answer=lists.Conflicts)
def conflicts_of_claim(claim_id: int) -> lists.Conflicts:
    """The conflicts that a claim, or the one it prints again, stands in, all at once."""
    with tracker().storage.snapshot() as tx:
        tx.claims.get(claim_id)
        found = tx.conflicts.holding([claim_id])
        evidence = evidence_of(tx, found)
    shown = [Conflict.read(each, evidence) for each in found]
    return lists.Conflicts(conflicts=shown, next=None)


def wanted_claims(query: WhichClaims) -> ClaimFilter:
    """The claims that a query asks for."""
    return ClaimFilter(
        words=query.q,
        source_id=query.speaker,
        outlet=query.outlet,
        first=query.since,
        last=query.until,
    )


def stretch_of_claims(wanted: ClaimFilter, size: int, cursor: str | None) -> lists.Claims:
    """A stretch of a list of claims."""
    with tracker().storage.snapshot() as tx:
        found = tx.claims.stretch(wanted, size, cursor)
    shown = [answers.Claim.of(each) for each in found.items]
    return lists.Claims(claims=shown, next=lists.onward(found.cursor))
