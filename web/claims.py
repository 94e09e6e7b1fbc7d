"""One claim: its words in their context, what was read off them, and what people corrected."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tracker.articles import paragraphs
from tracker.claims.correction import Correction
from tracker.types import SourceDraft, SourceKind
from web.current import tracker
from web.forms import LONGEST_NAME, LONGEST_NOTE, acting, read_ids, read_text, read_word
from web.marking import passage

blueprint = Blueprint("claims", __name__, url_prefix="/claims")

LONGEST_QUOTATION = 20_000


@blueprint.get("/<id:claim_id>")
def detail(claim_id: int) -> str:
    """One claim with everything that is known of it."""
    with tracker().storage.snapshot() as tx:
        claim = tx.claims.get(claim_id)
        article = tx.articles.get(claim.article_id)
        return render_template(
            "claims/detail.html",
            claim=claim,
            first=tx.claims.get(claim.standing_id),
            again=tx.sightings.of([claim.id]).get(claim.id, []),
            article=article,
            passage=passage(article.text, paragraphs(article.text), claim, ()),
            conflicts=tx.conflicts.holding([claim_id]),
            edits=tx.corrections.of_claim(claim_id),
            name=session.get("name", ""),
        )


@blueprint.post("/<id:claim_id>/correction")
def correct(claim_id: int) -> ResponseReturnValue:
    """Put the words or the speaker of a claim right."""
    tracker().correct(claim_id, read_correction())
    flash(gettext("The claim is corrected and will be compared anew; its page keeps what it was."))
    if request.form.get("conflict"):
        (conflict_id,) = read_ids("conflict")[:1]
        where = url_for("conflicts.detail", conflict_id=conflict_id, _anchor=f"claim-{claim_id}")
    else:
        where = url_for(".detail", claim_id=claim_id)
    return redirect(where, HTTPStatus.SEE_OTHER)


def read_correction() -> Correction:
    """What the form says that the claim should be.

    Raises:
        RefusedError: a field is too long, or the kind of the speaker is none.
    """
    speaker = read_text("speaker", LONGEST_NAME)
    kind = read_word(SourceKind, "kind", request.form.get("kind", SourceKind.PERSON))
    return Correction(
        by=acting(),
        note=read_text("note", LONGEST_NOTE),
        quotation=read_text("quotation", LONGEST_QUOTATION),
        speaker=SourceDraft(name=speaker, kind=kind) if speaker else None,
    )
