"""The multilingual encoder that every model of the program shares.

A text becomes pieces (``Tokenizer``), pieces become vectors (``TokenTable``, frozen), and a body in
ONNX reads those: for sentence embeddings, to mark who says what, and to compare two claims. Files
and figures: ``models/README.md``.
"""

from tracker.encoder.batching import Batch, batches, padded
from tracker.encoder.files import Body, ModelFolder
from tracker.encoder.folder import FolderReader
from tracker.encoder.pairs import (
    Flags,
    OnnxPairReader,
    PairReader,
    SkimmingReader,
    always,
    load_pair_reader,
    pair_ids,
)
from tracker.encoder.sentence import PREFIX, Encoder, OnnxEncoder, load_encoder
from tracker.encoder.table import BLOCK, Floats, TokenTable, dequantised
from tracker.encoder.tagger import (
    BEGIN,
    INSIDE,
    LINK_WIDTH,
    OUTPUTS,
    OUTSIDE,
    PARTS,
    OnnxTagger,
    Scores,
    Tagged,
    Tagger,
    Tags,
    load_tagger,
    scores_of,
    tags_by,
)
from tracker.encoder.tokens import END, MAX_LENGTH, PADDING, START, UNKNOWN, Tokenizer, Tokens
from tracker.encoder.vectors import cosine, softmax
from tracker.encoder.windows import Window, windows

__all__ = [
    "BEGIN",
    "BLOCK",
    "END",
    "INSIDE",
    "LINK_WIDTH",
    "MAX_LENGTH",
    "OUTPUTS",
    "OUTSIDE",
    "PADDING",
    "PARTS",
    "PREFIX",
    "START",
    "UNKNOWN",
    "Batch",
    "Body",
    "Encoder",
    "Flags",
    "Floats",
    "FolderReader",
    "ModelFolder",
    "OnnxEncoder",
    "OnnxPairReader",
    "OnnxTagger",
    "PairReader",
    "Scores",
    "SkimmingReader",
    "Tagged",
    "Tagger",
    "Tags",
    "TokenTable",
    "Tokenizer",
    "Tokens",
    "Window",
    "always",
    "batches",
    "cosine",
    "dequantised",
    "load_encoder",
    "load_pair_reader",
    "load_tagger",
    "padded",
    "pair_ids",
    "scores_of",
    "softmax",
    "tags_by",
    "windows",
]
