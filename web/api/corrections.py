"""What people put right in claims."""

from typing import Self

from tracker.claims import correction as corrected
from web.api.answers import Answer, Claim, Moment
from web.api.bodies import Correcting
from web.api.claims import claim
from web.api.operations import blueprint
from web.current import tracker


class Wording(Answer):
    """What a correction may change of a claim."""

    speaker_id: int
    speaker: str
    quotation: str
    spans: list[tuple[int, int]]
    """Where the words stand in the text of the article: code points, the end excluded."""

    @classmethod
    def of(cls, value: corrected.Wording) -> Self:
        """A claim before or after."""
        return cls(
            speaker_id=value.source_id,
            speaker=value.speaker,
            quotation=value.text,
            spans=[(span.start, span.end) for span in value.content],
        )


class Correction(Answer):
    """A claim that was put right."""

    at: Moment
    by: str
    note: str
    before: Wording
    after: Wording

    @classmethod
    def of(cls, value: corrected.ClaimEdit) -> Self:
        """A correction."""
        return cls(
            at=value.at,
            by=value.by,
            note=value.note,
            before=Wording.of(value.before),
            after=Wording.of(value.after),
        )


class Corrections(Answer):
    """Every correction of a claim."""

    corrections: list[Correction]


@blueprint.operation("GET", "/api/claims/<id:claim_id>/corrections", answer=Corrections)
def corrections(claim_id: int) -> Corrections:
    """What was put right in a claim, the last first."""
    with tracker().storage.snapshot() as tx:
        tx.claims.get(claim_id)
        found = tx.corrections.of_claim(claim_id)
    return Corrections(corrections=[Correction.of(each) for each in found])


@blueprint.operation("POST", "/api/claims/<id:claim_id>/correction", body=Correcting, answer=Claim)
def correct_claim(claim_id: int, body: Correcting) -> Claim:
    """Put the words or the speaker of a claim right; it is compared anew afterwards."""
    tracker().correct(claim_id, body.correction())
    return claim(claim_id)
