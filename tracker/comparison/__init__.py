"""What two statements are to each other: comparers give verdicts, the relation layer a relation."""

from tracker.comparison.cascade import Cascade, Judgement, Known, fingerprint
from tracker.comparison.comparer import Comparer
from tracker.comparison.evidence import Pairing
from tracker.comparison.explanation import explain
from tracker.comparison.judge import (
    InferenceJudge,
    Judge,
    LanguageModelJudge,
    judge_name,
    read_prompt,
)
from tracker.comparison.model import ModelComparer
from tracker.comparison.relation import RelationLayer, load_relation_layer
from tracker.comparison.rules import RuleComparer

__all__ = [
    "Cascade",
    "Comparer",
    "InferenceJudge",
    "Judge",
    "Judgement",
    "Known",
    "LanguageModelJudge",
    "ModelComparer",
    "Pairing",
    "RelationLayer",
    "RuleComparer",
    "explain",
    "fingerprint",
    "judge_name",
    "load_relation_layer",
    "read_prompt",
]
