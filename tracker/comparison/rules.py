"""The rule comparer: flags only what it can explain."""

from collections.abc import Sequence
from functools import lru_cache

from tracker.comparison.assessment import opposed_assessments
from tracker.comparison.figures import conflicting_numbers, conflicting_times
from tracker.comparison.finding import Finding, Side
from tracker.comparison.likeness import same_content
from tracker.comparison.matter import different_matters
from tracker.comparison.opposition import opposed_clauses
from tracker.comparison.retraction import taken_back
from tracker.languages import Languages
from tracker.languages.reading import Reading, read
from tracker.types import Modality, Reason, Sentence, Statement, Verdict, VerdictLabel

_RULES = (
    opposed_clauses,
    opposed_assessments,
    conflicting_numbers,
    conflicting_times,
    taken_back,
)
_READINGS_KEPT = 4096


class RuleComparer:
    """Negation, opposite words, numbers, dates and assessments, by the language tables."""

    name = "rules"
    version = "1"

    def __init__(self, languages: Languages) -> None:
        """Take the tables to read statements with."""
        self._languages = languages
        self._read = lru_cache(maxsize=_READINGS_KEPT)(self._read_text)

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        """One verdict for each pair; neutral where a language has no table."""
        return [self._compare(premise, hypothesis) for premise, hypothesis in pairs]

    def _compare(self, premise: Statement, hypothesis: Statement) -> Verdict:
        for statement in (premise, hypothesis):
            if statement.language not in self._languages:
                return self._neutral(Reason(Sentence.NO_TABLE, (statement.language,)))
        a, b = self._side(premise), self._side(hypothesis)
        if reason := different_matters(a, b):
            return self._neutral(reason)
        if finding := self._strongest(a, b):
            return self._verdict(finding)
        return self._neutral(Reason(Sentence.NOTHING_FOUND))

    def _strongest(self, a: Side, b: Side) -> Finding | None:
        if not any(_is_open(side) for side in (a, b)):
            found = [finding for rule in _RULES if (finding := rule(a, b))]
            if found:
                return max(found, key=lambda finding: finding.probability)
        return same_content(a, b)

    def _side(self, statement: Statement) -> Side:
        return Side(
            statement=statement,
            table=self._languages[statement.language].comparison,
            reading=self._read(statement.text, statement.language),
            about=self._read(statement.about, statement.language),
        )

    def _read_text(self, text: str, language: str) -> Reading:
        return read(text, language, self._languages[language].comparison)

    def _verdict(self, finding: Finding) -> Verdict:
        rest = 1 - finding.probability
        contradicts = finding.label is VerdictLabel.CONTRADICTION
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=finding.label,
            contradiction=finding.probability if contradicts else 0.0,
            entailment=0.0 if contradicts else finding.probability,
            neutral=rest,
            kind=finding.kind,
            reason=finding.reason,
            premise_words=finding.premise_words,
            hypothesis_words=finding.hypothesis_words,
        )

    def _neutral(self, reason: Reason) -> Verdict:
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=VerdictLabel.NEUTRAL,
            contradiction=0.0,
            entailment=0.0,
            neutral=1.0,
            kind=None,
            reason=reason,
        )


def _is_open(side: Side) -> bool:
    """A condition and a profession of ignorance contradict nothing."""
    return side.is_hypothetical or side.statement.details.modality is Modality.UNKNOWING
