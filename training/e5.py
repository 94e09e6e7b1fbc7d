"""The encoder of multilingual-e5-small as plain torch modules, for training and export.

The token embeddings stand apart from the body, because they stay frozen: at run time they come
out of the table that all models share, so that a body takes embeddings, not ids.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tracker.encoder import TokenTable
from training.encoder_weights import Shape, Weights, read_weights

M = TypeVar("M", bound=nn.Module)
"""A model with a ``body``."""


class Attention(nn.Module):
    """Multi-head self-attention with its residual connection and normalisation."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        """Fresh weights."""
        super().__init__()
        self.heads = shape.heads
        self.dropout = dropout
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, hidden: Tensor, attended: Tensor) -> Tensor:
        """``attended`` is boolean, broadcast to (batch, heads, from, to).

        Written out, because torch's own attention goes backward several times slower on a CPU.
        """
        query, key, value = (
            part(hidden).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
        weights = scores.masked_fill(~attended, -1e4).softmax(-1).to(value.dtype)
        mixed = self.out((weights @ value).transpose(1, 2).flatten(2))
        return self.norm(hidden + functional.dropout(mixed, self.dropout, self.training))


class Layer(nn.Module):
    """One transformer layer, normalised after each half (as in BERT)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        """Fresh weights."""
        super().__init__()
        self.dropout = dropout
        self.attention = Attention(shape, dropout)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, hidden: Tensor, attended: Tensor) -> Tensor:
        """``attended`` as in ``Attention``."""
        hidden = self.attention(hidden, attended)
        inner = self.narrow(functional.gelu(self.widen(hidden)))
        return self.norm(hidden + functional.dropout(inner, self.dropout, self.training))


class Body(nn.Module):
    """All of the encoder but its token embeddings."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        """Fresh weights; see ``load_body`` for the published ones."""
        super().__init__()
        self.shape = shape
        self.dropout = dropout
        self.positions = nn.Parameter(torch.zeros(shape.positions, shape.width))
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (batch, length, width) of token embeddings of that shape.

        ``mask`` (batch, length) is 1 for tokens and 0 for padding, which has to follow the tokens.
        """
        return self.stages(embedded, mask)[-1]

    def stages(self, embedded: Tensor, mask: Tensor) -> list[Tensor]:
        """The hidden states after each layer."""
        hidden = self.norm(embedded + self.positions[: embedded.shape[1]])
        hidden = functional.dropout(hidden, self.dropout, self.training)
        attended = mask[:, None, None, :].bool()
        found = []
        for layer in self.layers:
            hidden = layer(hidden, attended)
            found.append(hidden)
        return found


class SentenceEncoder(nn.Module):
    """The body with the head that multilingual-e5 was trained with: the mean of the tokens."""

    def __init__(self, body: Body) -> None:
        """Put the head on a body."""
        super().__init__()
        self.body = body

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """Unit vectors (batch, width)."""
        counted = mask.unsqueeze(-1).to(embedded.dtype)
        total = (self.body(embedded, mask) * counted).sum(1)
        return functional.normalize(total, dim=-1)


def load_body(weights: Weights, dropout: float = 0.1) -> Body:
    """The published encoder without its token embeddings.

    The embedding of the only token type is folded into the positions.
    """
    shape = weights.shape
    body = Body(shape, dropout)
    kind = weights.tensor("emb.type", -1, shape.width)[0]
    state = {
        "positions": weights.tensor("emb.pos", shape.positions, shape.width) + kind,
        "norm.weight": weights.tensor("emb.ln.w", shape.width),
        "norm.bias": weights.tensor("emb.ln.b", shape.width),
    }
    for index in range(shape.layers):
        for ours, theirs, size in _layer_tensors(shape):
            state[f"layers.{index}.{ours}"] = weights.tensor(f"l{index}.{theirs}", *size)
    body.load_state_dict({name: torch.tensor(values) for name, values in state.items()})
    return body


def saved_model(weights: Path, put_on: Callable[[Body], M]) -> M:
    """A trained model; how many layers it has is told by its weights.

    ``put_on`` makes the fresh model, head and all, on a body.
    """
    state = torch.load(weights, weights_only=True, map_location="cpu")
    layers = {int(name.split(".")[2]) for name in state if name.startswith("body.layers.")}
    body = Body(read_weights().shape)
    body.layers = body.layers[: len(layers)]
    model = put_on(body)
    model.load_state_dict(state)
    return model.eval()


def starting_model(start: Path | None, layers: Sequence[int], put_on: Callable[[Body], M]) -> M:
    """Some layers of the weights to start from, or of the published encoder."""
    model = saved_model(start, put_on) if start else put_on(load_body(read_weights()))
    model.body.layers = nn.ModuleList(model.body.layers[n] for n in layers)
    return model


def load_token_embeddings(table: TokenTable) -> nn.Embedding:
    """The shipped token embeddings, frozen, by the ids of the shipped tokenizer."""
    rows = table.rows(np.arange(len(table)))
    return nn.Embedding.from_pretrained(torch.from_numpy(rows), freeze=True)


def _layer_tensors(shape: Shape) -> list[tuple[str, str, tuple[int, ...]]]:
    """Our name, the file's name and the shape of each tensor of a layer."""
    width, inner = shape.width, shape.inner
    linear = {
        "attention.query": ("q", width, width),
        "attention.key": ("k", width, width),
        "attention.value": ("v", width, width),
        "attention.out": ("ao", width, width),
        "widen": ("fi", inner, width),
        "narrow": ("fo", width, inner),
    }
    tensors: list[tuple[str, str, tuple[int, ...]]] = []
    for ours, (theirs, rows, columns) in linear.items():
        tensors.append((f"{ours}.weight", f"{theirs}.w", (rows, columns)))
        tensors.append((f"{ours}.bias", f"{theirs}.b", (rows,)))
    for ours, theirs in (("attention.norm", "aln"), ("norm", "oln")):
        tensors.append((f"{ours}.weight", f"{theirs}.w", (width,)))
        tensors.append((f"{ours}.bias", f"{theirs}.b", (width,)))
    return tensors
