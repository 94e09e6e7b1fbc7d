"""The multilingual encoder that every model of the program shares.

A text becomes pieces (``Tokenizer``), pieces become vectors (``TokenTable``, frozen), and a body in
ONNX reads those: today for sentence embeddings. Files and figures: ``models/README.md``.
"""

from tracker.encoder.batching import Batch, batches
from tracker.encoder.files import Body, ModelFolder
from tracker.encoder.sentence import PREFIX, Encoder, OnnxEncoder, load_encoder
from tracker.encoder.table import BLOCK, TokenTable, dequantised
from tracker.encoder.tokens import END, MAX_LENGTH, PADDING, START, UNKNOWN, Tokenizer, Tokens
from tracker.encoder.vectors import cosine

__all__ = [
    "BLOCK",
    "END",
    "MAX_LENGTH",
    "PADDING",
    "PREFIX",
    "START",
    "UNKNOWN",
    "Batch",
    "Body",
    "Encoder",
    "ModelFolder",
    "OnnxEncoder",
    "TokenTable",
    "Tokenizer",
    "Tokens",
    "batches",
    "cosine",
    "dequantised",
    "load_encoder",
]
