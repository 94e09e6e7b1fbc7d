"""The comparison model in torch: a cross-encoder over two texts with three sets of answers.

One forward pass says what the first text has to do with the second in terms of inference
(entailment, neutral, contradiction), which of the six relations the second claim has to the first,
and what that turns on. General pairs teach the first alone, pairs of claims all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from tracker.comparison.model import ANSWERS, IMPLIED, KINDS, OUTPUTS, RELATIONS
from tracker.comparison.telling import told
from tracker.encoder import Tokenizer, pair_ids
from tracker.types import RelationLabel
from training.claim_sets import ClaimPair
from training.e5 import Body
from training.inference_data import InferencePair

KIND_WEIGHT, EARLY_WEIGHT = 0.3, 0.3
"""What the kinds weigh in the loss beside the inference and the relations, and what the early head
does beside the late one."""


class Head(nn.Module):
    """The mean of the pieces, one hidden layer, and the scores."""

    def __init__(self, width: int) -> None:
        """Fresh weights."""
        super().__init__()
        self.hidden = nn.Linear(width, width)
        self.scores = nn.Linear(width, OUTPUTS)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(batch, ``OUTPUTS``): scores before the softmax of each set of answers."""
        counted = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * counted).sum(1) / counted.sum(1)
        hidden = functional.dropout(torch.tanh(self.hidden(mean)), 0.1, self.training)
        scores: Tensor = self.scores(hidden)
        return scores


class ComparerModel(nn.Module):
    """A body with two heads: one answers after half of the layers, one after all.

    So most pairs, which have plainly nothing to do with each other, cost half (an early exit, as in
    Schwartz et al. 2020, "The Right Tool for the Job").
    """

    def __init__(self, body: Body) -> None:
        """Put fresh heads on a body."""
        super().__init__()
        self.body = body
        self.early, self.late = Head(body.shape.width), Head(body.shape.width)

    @property
    def half(self) -> int:
        """After how many layers the early head answers."""
        return len(self.body.layers) // 2

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """(2, batch, ``OUTPUTS``): the scores of the early and of the late head."""
        states = self.body.stages(embedded, mask)
        return torch.stack([self.early(states[self.half - 1], mask), self.late(states[-1], mask)])


UNKNOWN = -100
"""For a relation or kind that an example does not teach."""


@dataclass(frozen=True)
class Example:
    """A pair of texts as pieces, with the answers that may be right."""

    ids: npt.NDArray[np.int64]
    possible: npt.NDArray[np.float32]
    """(answers,): 1 for those that may be."""
    relation: int = UNKNOWN
    """Which of ``RELATIONS``."""
    kind: int = UNKNOWN
    """Which of ``KINDS``."""


def general_example(tokenizer: Tokenizer, pair: InferencePair) -> Example:
    """A pair of sentences."""
    possible = np.array([answer in pair.possible for answer in ANSWERS], np.float32)
    return Example(pair_ids(tokenizer, pair.premise, pair.hypothesis), possible)


def claims_example(tokenizer: Tokenizer, pair: ClaimPair, *, backwards: bool = False) -> Example:
    """A pair of claims, the later one first if ``backwards``."""
    possible = np.array([answer is IMPLIED[pair.relation] for answer in ANSWERS], np.float32)
    sides = [pair.premise, pair.hypothesis]
    if backwards:
        sides.reverse()
    related = pair.relation is not RelationLabel.NONE
    return Example(
        pair_ids(tokenizer, *told(*sides)),
        possible,
        RELATIONS.index(pair.relation),
        KINDS.index(pair.kind) if related else UNKNOWN,
    )


def parts_of(output: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The scores of the answers, of the relations and of the kinds."""
    answers, relations, kinds = output.split([len(ANSWERS), len(RELATIONS), len(KINDS)], dim=-1)
    return answers, relations, kinds


def loss(output: Tensor, group: Sequence[Example]) -> Tensor:
    """What both heads got wrong, and how far the early one is from the late one.

    That half of a model learns from the whole is from Zhang et al. 2019, "Be Your Own Teacher".
    """
    early, late = output
    apart = distillation_loss(early, late.detach())
    return _loss_of_head(late, group) + EARLY_WEIGHT * (_loss_of_head(early, group) + apart)


def _loss_of_head(output: Tensor, group: Sequence[Example]) -> Tensor:
    """The logarithm of the probability of all that may be right, and of what else is known."""
    answers, relations, kinds = parts_of(output)
    possible = torch.from_numpy(np.stack([each.possible for each in group]))
    right = answers.log_softmax(-1).masked_fill(possible == 0, -torch.inf).logsumexp(-1)
    return (
        -right.mean()
        + _loss_of(relations, [each.relation for each in group])
        + KIND_WEIGHT * _loss_of(kinds, [each.kind for each in group])
    )


def _loss_of(scores: Tensor, wanted: Sequence[int]) -> Tensor:
    if all(place == UNKNOWN for place in wanted):
        return torch.zeros(())
    return functional.cross_entropy(scores, torch.tensor(wanted), ignore_index=UNKNOWN)


def distillation_loss(output: Tensor, taught: Tensor) -> Tensor:
    """How far a head is from another in all it answers (Hinton et al. 2015)."""
    total = torch.zeros(())
    for ours, theirs in zip(parts_of(output), parts_of(taught), strict=True):
        total = total + functional.kl_div(
            ours.log_softmax(-1),
            theirs.log_softmax(-1),
            log_target=True,
            reduction="batchmean",
        )
    return total
