"""One training of any of our models, epoch by epoch, with checkpoints to go on from."""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import click
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from tracker.encoder import Batch, ModelFolder, padded
from training.e5 import load_token_embeddings

BATCH = 1024
"""Pieces in a batch, padding included. Batches three times as large learn less in the same time."""
STATE = "state.pt"
_TOLD = 50
"""Steps between two lines of progress."""
_KEPT = 500
"""Steps between two checkpoints inside an epoch."""


class Sized(Protocol):
    """What is learnt from; its pieces tell its length."""

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """The pieces."""


E = TypeVar("E", bound=Sized)


def batched(found: Sequence[E], chance: random.Random) -> list[list[E]]:
    """Batches of about one length, in any order."""
    found = sorted(found, key=lambda e: (len(e.ids) // 8, chance.random()))
    groups: list[list[E]] = [[]]
    for each in found:
        if groups[-1] and (len(groups[-1]) + 1) * len(each.ids) > BATCH:
            groups.append([])
        groups[-1].append(each)
    chance.shuffle(groups)
    return groups


def batch_of(group: Sequence[Sized]) -> Batch:
    """The pieces of a group as one batch."""
    return padded([each.ids for each in group], range(len(group)))


class Lessons:
    """What a model and its teacher are asked, and what no training changes."""

    def __init__(self, model: nn.Module, teacher: nn.Module | None) -> None:
        """Load the shared tokenizer and token embeddings."""
        self.model, self.teacher = model, teacher
        models = ModelFolder()
        self.tokenizer = models.tokenizer
        self.table = load_token_embeddings(models.table)

    def answers(self, batch: Batch) -> tuple[Tensor, Tensor | None]:
        """What the model answers to a batch, and its teacher if there is one."""
        embedded, mask = self.table(torch.from_numpy(batch.ids)), torch.from_numpy(batch.mask)
        with torch.autocast("cpu", torch.bfloat16):
            output = self.model(embedded, mask).float()
        if self.teacher is None:
            return output, None
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            return output, self.teacher(embedded, mask).float()


class Trainer:
    """Keeps the weights, the optimiser and how far it is in a folder."""

    def __init__(self, run: Path, model: nn.Module, rate: float) -> None:
        """Take up where the folder says that it was left; ``rate`` is the highest."""
        run.mkdir(parents=True, exist_ok=True)
        self.run, self.model, self.rate = run, model, rate
        self.optimiser = torch.optim.AdamW(
            model.parameters(), rate, weight_decay=0.01, eps=1e-6, fused=True
        )
        self.epoch = self.steps = 0
        if (run / STATE).exists():
            saved = torch.load(run / STATE, weights_only=True)
            model.load_state_dict(saved["model"])
            self.optimiser.load_state_dict(saved["optimiser"])
            self.epoch, self.steps = saved["epoch"], saved["steps"]

    def learn(
        self, groups: Sequence[Sequence[E]], loss_of: Callable[[Sequence[E]], Tensor], epochs: int
    ) -> None:
        """Go through the groups once, as one epoch of so many, and save.

        An epoch that was left in the middle goes on there, if the groups are the same again.
        """
        began, losses = time.monotonic(), []
        self.model.train()
        first = self.steps
        for n, group in enumerate(groups[first:], first):
            self._set_rate((self.epoch + n / len(groups)) / epochs)
            losses.append(self._step(loss_of(group)))
            if n % _TOLD == _TOLD - 1:
                pace = (time.monotonic() - began) / (n + 1 - first)
                left = pace * (len(groups) * (epochs - self.epoch) - n - 1) / 60
                click.echo(
                    f"{self.epoch} {n + 1}/{len(groups)} loss {np.mean(losses[-_TOLD:]):.3f} "
                    f"{pace:.2f} s/step, {left:.0f} min left"
                )
            self.steps = n + 1
            if self.steps % _KEPT == 0:
                self._save()
        self.epoch, self.steps = self.epoch + 1, 0
        self._save()
        torch.save(self.model.state_dict(), self.run / f"epoch-{self.epoch}.pt")

    def _set_rate(self, share: float) -> None:
        """Up during a twentieth of the training, then down to almost nothing."""
        for part in self.optimiser.param_groups:
            part["lr"] = self.rate * min(1, share / 0.05) * (1 - share) + 1e-6

    def _step(self, total: Tensor) -> float:
        self.optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        return total.item()

    def _save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "epoch": self.epoch,
            "steps": self.steps,
        }
        torch.save(state, self.run / STATE)
