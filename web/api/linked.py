"""Claims for other people's tools: schema.org in JSON-LD, and W3C Web Annotations."""

import json
from typing import Any

from flask import Response, url_for

from tracker.errors import NotFound
from tracker.phrasing import english
from tracker.storage import Transaction
from tracker.types import (
    Article,
    Claim,
    Conflict,
    ConflictState,
    Event,
    HistoryEntry,
    Source,
    SourceKind,
    Span,
)
from web.api.operations import blueprint
from web.current import settings, tracker
from web.evidence import claims_of

Linked = dict[str, Any]

LD = "application/ld+json"
SCHEMA = "https://schema.org"
ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after a quotation by which it is told from the same words elsewhere."""
AGENTS = {SourceKind.PERSON: "Person", SourceKind.ORGANISATION: "Organization"}
DECIDED = {ConflictState.CONFIRMED: Event.CONFIRMED, ConflictState.DISMISSED: Event.DISMISSED}


@blueprint.operation("GET", "/api/claims/<id:claim_id>/claim.jsonld", media=LD)
def claim_jsonld(claim_id: int) -> Response:
    """A claim as a schema.org ``Claim``, with the article that it appears in."""
    with tracker().storage.snapshot() as tx:
        return linked({"@context": SCHEMA, **schema_claim(tx, tx.claims.get(claim_id))})


@blueprint.operation("GET", "/api/conflicts/<id:conflict_id>/review.jsonld", media=LD)
def review_jsonld(conflict_id: int) -> Response:
    """What a person decided, as a schema.org ``ClaimReview`` of each claim; 404 until then."""
    with tracker().storage.snapshot() as tx:
        conflict = tx.conflicts.get(conflict_id)
        entry = decision_on(conflict)
        claims = claims_of(tx, [conflict]).values()
        reviews = [{**review(conflict, entry), **reviewed(tx, claim)} for claim in claims]
    return linked({"@context": SCHEMA, "@graph": reviews})


@blueprint.operation("GET", "/api/claims/<id:claim_id>/annotation.jsonld", media=LD)
def annotation_jsonld(claim_id: int) -> Response:
    """A quotation as a Web Annotation on the text of its article."""
    with tracker().storage.snapshot() as tx:
        claim = tx.claims.get(claim_id)
        article = tx.articles.get(claim.article_id)
    return linked({"@context": ANNOTATION, **annotation(article, claim)})


@blueprint.operation("GET", "/api/articles/<id:article_id>/annotations.jsonld", media=LD)
def annotations_jsonld(article_id: int) -> Response:
    """Every quotation of an article as a collection of Web Annotations on its text."""
    with tracker().storage.snapshot() as tx:
        article = tx.articles.get(article_id)
        claims = tx.claims.of_article(article_id)
    id = address("api.annotations_jsonld", article_id=article_id)
    page = {
        "id": f"{id}#all",
        "type": "AnnotationPage",
        "partOf": id,
        "startIndex": 0,
        "items": [annotation(article, claim) for claim in claims],
    }
    collection = {"id": id, "type": "AnnotationCollection", "total": len(claims), "first": page}
    return linked({"@context": ANNOTATION, **collection})


# --- schema.org -----------------------------------------------------------------------------------


def schema_claim(tx: Transaction, claim: Claim) -> Linked:
    """A ``Claim``."""
    page = address("claims.detail", claim_id=claim.id)
    return {
        "@type": "Claim",
        "@id": page,
        "url": page,
        "text": claim.statement.text,
        "inLanguage": claim.statement.language,
        "dateCreated": claim.statement.said_on.isoformat(),
        **_said_by(claim.source),
        "appearance": news_article(tx.articles.get(claim.article_id)),
    }


def news_article(article: Article) -> Linked:
    """A ``NewsArticle``."""
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": address("articles.detail", article_id=article.id),
            "url": article.url,
            "headline": article.title,
            "inLanguage": article.language,
            "datePublished": article.published_at.isoformat(),
            "author": article.author and {"@type": "Person", "name": article.author},
            "publisher": {"@type": "Organization", "name": article.outlet},
        }
    )


def decision_on(conflict: Conflict) -> HistoryEntry:
    """The decision that stands.

    Raises:
        NotFound: nobody has confirmed or dismissed the conflict; a machine's verdict is no review.
    """
    event = DECIDED.get(conflict.state)
    made = [entry for entry in conflict.history if event is not None and entry.event is event]
    if not made:
        raise NotFound(
            f"nobody has confirmed or dismissed conflict {conflict.id}; there is a review once "
            "somebody has"
        )
    return made[-1]


def review(conflict: Conflict, entry: HistoryEntry) -> Linked:
    """What all reviews of a conflict share; they say no more than was decided."""
    return _filled(
        {
            "@type": "ClaimReview",
            "url": address("conflicts.detail", conflict_id=conflict.id),
            "author": {"@type": "Person", "name": entry.by},
            "datePublished": entry.at.isoformat(),
            "reviewAspect": "contradiction",
            "reviewBody": entry.note or None,
            "reviewRating": {"@type": "Rating", "alternateName": _finding(conflict)},
        }
    )


def reviewed(tx: Transaction, claim: Claim) -> Linked:
    """The claim that is reviewed."""
    return {"claimReviewed": claim.statement.text, "itemReviewed": schema_claim(tx, claim)}


def _finding(conflict: Conflict) -> str:
    if conflict.dismissal is not None:
        return f"No contradiction: {english(conflict.dismissal)}"
    return f"Stands in {english(conflict.label)} to another statement"


def _said_by(source: Source) -> Linked:
    """The ``author``; where nobody knows who it is, only how the article names the speaker."""
    if source.kind not in AGENTS:
        return {"creditText": source.name}
    is_person = source.kind is SourceKind.PERSON
    body = source.speaks_for and {"@type": "Organization", "name": source.speaks_for}
    agent = {
        "@type": AGENTS[source.kind],
        "@id": address("sources.detail", source_id=source.id),
        "name": source.name,
        "alternateName": list(source.aliases) or None,
        "jobTitle": source.role if is_person else None,
        "affiliation" if is_person else "parentOrganization": body,
    }
    return {"author": _filled(agent)}


# --- Web Annotation -------------------------------------------------------------------------------


def annotation(article: Article, claim: Claim) -> Linked:
    """An ``Annotation`` with one target for each stretch of the quotation."""
    return {
        "id": address("api.annotation_jsonld", claim_id=claim.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": address("claims.detail", claim_id=claim.id),
        "target": [target(article, span) for span in claim.attribution.content],
    }


def target(article: Article, span: Span) -> Linked:
    """A stretch of the text."""
    source = address("api.article_text", article_id=article.id)
    return {"source": source, "selector": selectors(article.text, span)}


def selectors(text: str, span: Span) -> list[Linked]:
    """Two ways to find a stretch of a text: by its words and by its place."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


# --- both -----------------------------------------------------------------------------------------


def address(endpoint: str, **ids: Any) -> str:
    """The same for ever, under whatever name the server was asked."""
    return settings().public_url.rstrip("/") + url_for(endpoint, **ids)


def linked(value: Linked) -> Response:
    """JSON-LD."""
    return Response(json.dumps(value, ensure_ascii=False), mimetype=LD)


def _filled(value: Linked) -> Linked:
    return {name: each for name, each in value.items() if each is not None}
