"""One claim: its words in their context, what was read off them, and the conflicts it is in."""

from flask import Blueprint, render_template

from tracker.articles import paragraphs
from web.current import tracker
from web.marking import passage

blueprint = Blueprint("claims", __name__, url_prefix="/claims")


@blueprint.get("/<id:claim_id>")
def detail(claim_id: int) -> str:
    """One claim with everything that is known of it."""
    with tracker().storage.snapshot() as tx:
        claim = tx.claims.get(claim_id)
        article = tx.articles.get(claim.article_id)
        return render_template(
            "claims/detail.html",
            claim=claim,
            article=article,
            passage=passage(article.text, paragraphs(article.text), claim, ()),
            conflicts=tx.conflicts.holding([claim_id]),
        )
