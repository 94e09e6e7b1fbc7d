"""The comparison model in torch: a cross-encoder over two texts with two sets of answers.

One forward pass says what the first text has to do with the second in terms of inference
(entailment, neutral, contradiction), and which of the six relations the second claim has to the
first. General pairs teach the former alone, pairs of claims both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from tracker.comparison.telling import told
from tracker.encoder import Tokenizer, pair_ids
from tracker.types import RelationLabel, VerdictLabel
from training.claim_sets import ClaimPair
from training.e5 import Body
from training.inference_data import ANSWERS, InferencePair

RELATIONS = tuple(RelationLabel)
IMPLIED = {
    RelationLabel.CONTRADICTION: VerdictLabel.CONTRADICTION,
    RelationLabel.REVERSAL: VerdictLabel.CONTRADICTION,
    RelationLabel.TENSION: VerdictLabel.NEUTRAL,
    RelationLabel.UPDATE: VerdictLabel.NEUTRAL,
    RelationLabel.REPEAT: VerdictLabel.ENTAILMENT,
    RelationLabel.NONE: VerdictLabel.NEUTRAL,
}
"""What a relation of claims is in terms of inference."""
RELATION_WEIGHT = 1.0
"""What the relations weigh in the loss beside the inference."""


class ComparerModel(nn.Module):
    """The body, the mean of its pieces, one hidden layer and two heads."""

    def __init__(self, body: Body) -> None:
        """Put fresh heads on a body."""
        super().__init__()
        self.body = body
        width = body.shape.width
        self.hidden = nn.Linear(width, width)
        self.head = nn.Linear(width, len(ANSWERS) + len(RELATIONS))

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """(batch, answers and relations): scores before the softmax of either."""
        counted = mask.unsqueeze(-1).to(embedded.dtype)
        states = self.body(embedded, mask)
        mean = (states * counted).sum(1) / counted.sum(1)
        hidden = functional.dropout(torch.tanh(self.hidden(mean)), 0.1, self.training)
        scores: Tensor = self.head(hidden)
        return scores


@dataclass(frozen=True)
class Example:
    """A pair of texts as pieces, with the answers that may be right."""

    ids: npt.NDArray[np.int64]
    possible: npt.NDArray[np.float32]
    """(answers,): 1 for those that may be."""
    relation: int
    """Which of ``RELATIONS``, or -1 where none is known."""


def general(tokenizer: Tokenizer, pair: InferencePair) -> Example:
    """A pair of sentences."""
    possible = np.array([answer in pair.possible for answer in ANSWERS], np.float32)
    return Example(pair_ids(tokenizer, pair.premise, pair.hypothesis), possible, -1)


def claims(
    tokenizer: Tokenizer, pair: ClaimPair, *, about: bool = True, backwards: bool = False
) -> Example:
    """A pair of claims, the later one first if ``backwards``.

    ``about`` says whether the model is told the events.
    """
    possible = np.array([answer is IMPLIED[pair.relation] for answer in ANSWERS], np.float32)
    sides = [pair.premise, pair.hypothesis]
    if not about:
        sides = [replace(side, about="") for side in sides]
    if backwards:
        sides.reverse()
    return Example(pair_ids(tokenizer, *told(*sides)), possible, RELATIONS.index(pair.relation))


def targets(group: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Possible answers and relations of a batch."""
    possible = np.stack([each.possible for each in group])
    relations = np.array([each.relation for each in group])
    return torch.from_numpy(possible), torch.from_numpy(relations)


def answers_of(output: Tensor) -> Tensor:
    """The scores of the three answers."""
    return output[..., : len(ANSWERS)]


def relations_of(output: Tensor) -> Tensor:
    """The scores of the six relations."""
    return output[..., len(ANSWERS) :]


def loss(output: Tensor, possible: Tensor, relations: Tensor) -> Tensor:
    """The logarithm of the probability of all that may be right, and of the relations known."""
    chances = answers_of(output).log_softmax(-1)
    right = chances.masked_fill(possible == 0, -torch.inf).logsumexp(-1)
    total = -right.mean()
    known = relations >= 0
    if known.any():
        total = total + RELATION_WEIGHT * functional.cross_entropy(
            relations_of(output)[known], relations[known]
        )
    return total


def distillation_loss(output: Tensor, taught: Tensor) -> Tensor:
    """How far the model is from its teacher in both sets of answers (Hinton et al. 2015)."""
    total = torch.zeros(())
    for part in (answers_of, relations_of):
        ours, theirs = part(output).log_softmax(-1), part(taught).log_softmax(-1)
        total = total + functional.kl_div(ours, theirs, log_target=True, reduction="batchmean")
    return total
