"""Make two tiny sherpa-onnx models: real formats, weights by hand, three sounds of understanding.

They say 'wat is beschud werk' to any loud sound and nothing to silence, a token per chunk. Made when the tests run:
no weights are kept in the repository.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import onnx
from onnx import TensorProto as Kind
from onnx import helper as make

TOKENS = ["▁wat", "▁is", "▁be", "schud", "▁werk"]
LOUD = -14.5
"""Mean log energy above which there is sound."""


def tensor(name: str, value: np.ndarray) -> onnx.TensorProto:
    return make.make_tensor(name, Kind.FLOAT if value.dtype == np.float32 else Kind.INT64, value.shape, value.flatten())


def next_token(blank: int) -> np.ndarray:
    """Row = last token: how likely each token is after it, if there is sound."""
    size = len(TOKENS) + 1
    order = [blank, *(at for at in range(size) if at != blank)]
    table = np.full((size, size), -5, np.float32)
    for here, after in pairwise(order):
        table[here, after], table[here, blank] = 5, 3
    table[order[-1]] = -5
    table[order[-1], blank] = 1000
    return table


def save(
    folder: str, name: str, nodes: list, inputs: list, outputs: list, constants: list, about: dict[str, object]
) -> None:
    graph = make.make_graph(
        nodes,
        name,
        [make.make_tensor_value_info(*one) for one in inputs],
        [make.make_tensor_value_info(*one) for one in outputs],
        constants,
    )
    model = make.make_model(graph, opset_imports=[make.make_opsetid("", 13)], ir_version=8)
    make.set_model_props(model, {key: str(value) for key, value in about.items()})
    onnx.checker.check_model(model)
    (made() / folder).mkdir(exist_ok=True)
    onnx.save(model, made() / folder / f"{name}.onnx")


def energy(axes: list[int], blank: int, shape: tuple[int, ...]) -> tuple[list, list]:
    """The blank is likely as the sound is soft."""
    soft = np.zeros(len(TOKENS) + 1, np.float32)
    soft[blank] = -3
    nodes = [
        make.make_node("ReduceMean", ["x"], ["mean"], axes=axes, keepdims=1),
        make.make_node("Sub", ["mean", "loud"], ["louder"]),
        make.make_node("Mul", ["louder", "soft"], ["encoder_out"]),
    ]
    return nodes, [tensor("loud", np.array([LOUD], np.float32)), tensor("soft", soft.reshape(shape))]


def streaming() -> None:
    """A streaming transducer of the kind 'lstm'."""
    size = len(TOKENS) + 1
    nodes, constants = energy([1, 2], 0, (1, 1, size))
    state = [1, "N", 4]
    nodes += [make.make_node("Identity", ["h"], ["next_h"]), make.make_node("Identity", ["c"], ["next_c"])]
    save(
        "streaming",
        "encoder",
        nodes,
        [("x", Kind.FLOAT, ["N", 9, 80]), ("h", Kind.FLOAT, state), ("c", Kind.FLOAT, state)],
        [("encoder_out", Kind.FLOAT, ["N", 1, size]), ("next_h", Kind.FLOAT, state), ("next_c", Kind.FLOAT, state)],
        constants,
        {
            "model_type": "lstm",
            "version": 1,
            "model_author": "meedoen",
            "num_encoder_layers": 1,
            "T": 9,
            "decode_chunk_len": 16,
            "rnn_hidden_size": 4,
            "d_model": 4,
        },
    )
    last = [
        make.make_node("Gather", ["y", "one"], ["last"], axis=1),
        make.make_node("Gather", ["table", "last"], ["decoder_out"]),
    ]
    save(
        "streaming",
        "decoder",
        last,
        [("y", Kind.INT64, ["N", 2])],
        [("decoder_out", Kind.FLOAT, ["N", size])],
        [tensor("one", np.array(1, np.int64)), tensor("table", next_token(0))],
        {"context_size": 2, "vocab_size": size},
    )
    save(
        "streaming",
        "joiner",
        [make.make_node("Add", ["encoder_out", "decoder_out"], ["logit"])],
        [("encoder_out", Kind.FLOAT, ["N", size]), ("decoder_out", Kind.FLOAT, ["N", size])],
        [("logit", Kind.FLOAT, ["N", size])],
        [],
        {"joiner_dim": size},
    )
    lines = ["<blk> 0", *(f"{token} {at}" for at, token in enumerate(TOKENS, 1))]
    (made() / "streaming" / "tokens.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def segment() -> None:
    """A NeMo transducer for whole utterances, as Parakeet is."""
    size, blank = len(TOKENS) + 1, len(TOKENS)
    soft = np.zeros((1, size, 1), np.float32)
    soft[0, blank] = -3
    nodes = [
        make.make_node("AveragePool", ["audio_signal"], ["pooled"], kernel_shape=[8], strides=[8]),
        make.make_node("ReduceMean", ["pooled"], ["mean"], axes=[1], keepdims=1),
        make.make_node("Sub", ["mean", "loud"], ["louder"]),
        make.make_node("Mul", ["louder", "soft"], ["outputs"]),
        make.make_node("Shape", ["outputs"], ["shape"]),
        make.make_node("Gather", ["shape", "two"], ["encoded_lengths"]),
    ]
    save(
        "segment",
        "encoder",
        nodes,
        [("audio_signal", Kind.FLOAT, ["N", 80, "T"]), ("length", Kind.INT64, ["N"])],
        [("outputs", Kind.FLOAT, ["N", size, "S"]), ("encoded_lengths", Kind.INT64, [1])],
        [tensor("loud", np.array([LOUD], np.float32)), tensor("soft", soft), tensor("two", np.array([2], np.int64))],
        {
            "vocab_size": len(TOKENS),
            "subsampling_factor": 8,
            "normalize_type": "",
            "pred_rnn_layers": 1,
            "pred_hidden": 4,
            "model_type": "EncDecRNNTBPEModel",
            "version": 1,
            "model_author": "meedoen",
            "feat_dim": 80,
        },
    )
    state = [1, "N", 4]
    last = [
        make.make_node("Gather", ["table", "targets"], ["rows"]),
        make.make_node("Transpose", ["rows"], ["outputs"], perm=[0, 2, 1]),
        make.make_node("Identity", ["target_length"], ["prednet_lengths"]),
        make.make_node("Identity", ["states.1"], ["next.1"]),
        make.make_node("Identity", ["states.2"], ["next.2"]),
    ]
    save(
        "segment",
        "decoder",
        last,
        [
            ("targets", Kind.INT32, ["N", 1]),
            ("target_length", Kind.INT32, ["N"]),
            ("states.1", Kind.FLOAT, state),
            ("states.2", Kind.FLOAT, state),
        ],
        [
            ("outputs", Kind.FLOAT, ["N", size, 1]),
            ("prednet_lengths", Kind.INT32, ["N"]),
            ("next.1", Kind.FLOAT, state),
            ("next.2", Kind.FLOAT, state),
        ],
        [tensor("table", next_token(blank))],
        {},
    )
    save(
        "segment",
        "joiner",
        [
            make.make_node("Add", ["encoder_outputs", "decoder_outputs"], ["sum"]),
            make.make_node("Reshape", ["sum", "flat"], ["outputs"]),
        ],
        [("encoder_outputs", Kind.FLOAT, ["N", size, 1]), ("decoder_outputs", Kind.FLOAT, ["N", size, 1])],
        [("outputs", Kind.FLOAT, ["N", 1, 1, size])],
        [tensor("flat", np.array([-1, 1, 1, size], np.int64))],
        {},
    )
    lines = [*(f"{token} {at}" for at, token in enumerate(TOKENS)), f"<blk> {blank}"]
    (made() / "segment" / "tokens.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


@cache
def made() -> Path:
    """Return the folder that the models are made in, one for this run."""
    return Path(mkdtemp(prefix="tiny-models-"))


@cache
def models() -> Path:
    """Return the folder with both models in it."""
    streaming()
    segment()
    return made()
