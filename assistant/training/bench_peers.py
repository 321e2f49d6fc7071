"""The peers of `make bench`, one process for each step so that time and memory are its own.

    python -m assistant.training.bench_peers train|serve PEER FOLDER

FOLDER holds `train.json` and `test.json`, lists of [intent, text]; each step writes `PEER.STEP.json`.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from assistant.training.measure import load_agent

Rows = list[list[str]]
Predict = Callable[[str], str]

STOCK: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
RASA_PIPELINES: dict[str, list[dict[str, Any]]] = {
    "rasa-diet": [*STOCK, {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True}],
    "rasa-lr": [*STOCK, {"name": "LogisticRegressionClassifier"}],
}
PEERS = ("ours", "rasa-diet", "rasa-lr", "fasttext", "spacy-textcat")


def pipeline_of(peer: str) -> list[dict[str, Any]]:
    """Return the Rasa pipeline of a peer; ours comes from config.yml."""
    if peer != "ours":
        return RASA_PIPELINES[peer]
    settings = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    return list(settings["pipeline"])


def flat(intent: str) -> str:
    """Return an id without slash: stock Rasa cuts ids at the slash."""
    return intent.replace("/", "__")


def write_nlu(rows: Rows, file: Path) -> None:
    """Write sentences as Rasa YAML."""
    by_intent: dict[str, list[str]] = {}
    for intent, text in rows:
        by_intent.setdefault(flat(intent), []).append(text)
    blocks = [
        {"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in by_intent.items()
    ]
    write_yaml(file, {"version": "3.1", "nlu": blocks})


def write_yaml(file: Path, content: dict[str, Any]) -> None:
    """Write YAML in blocks: Rasa takes anything that is also JSON for an older format."""
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def train(peer: str, folder: Path, rows: Rows) -> Path:
    """Train one peer and return its model file."""
    if peer == "fasttext":
        return _train_fasttext(folder, rows)
    if peer == "spacy-textcat":
        return _train_spacy(folder, rows)
    write_nlu(rows, folder / "nlu.yml")
    config = {"recipe": "default.v1", "assistant_id": "bench", "language": "nl", "pipeline": pipeline_of(peer)}
    write_yaml(folder / f"{peer}.config.yml", config)
    training = import_module("rasa.model_training")
    return Path(
        training.train_nlu(
            str(folder / f"{peer}.config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name=peer
        )
    )


def serve(peer: str, model: Path) -> Predict:
    """Load a model and return the function that names the intent of a text."""
    if peer == "fasttext":
        classifier = import_module("fasttext").load_model(str(model))
        return lambda text: str(classifier.f.predict(f"{text.lower()}\n", 1, 0.0, "strict")[0][1])[9:]
    if peer == "spacy-textcat":
        nlp = import_module("spacy").load(model)

        def best(text: str) -> str:
            cats = nlp(text.lower()).cats
            return str(max(cats, key=lambda name: float(cats[name])))

        return best
    agent = load_agent(model)
    loop = asyncio.new_event_loop()
    return lambda text: str(loop.run_until_complete(agent.parse_message(text))["intent"]["name"])


def _train_fasttext(folder: Path, rows: Rows) -> Path:
    lines = "".join(f"__label__{flat(intent)} {text.lower()}\n" for intent, text in rows)
    (folder / "fasttext.txt").write_text(lines, encoding="utf-8")
    model = import_module("fasttext").train_supervised(
        str(folder / "fasttext.txt"),
        epoch=100,
        lr=0.5,
        dim=100,
        minn=2,
        maxn=5,
        wordNgrams=2,
        bucket=50_000,
        thread=2,
        verbose=0,
    )
    model.save_model(str(folder / "fasttext.bin"))
    return folder / "fasttext.bin"


def _train_spacy(folder: Path, rows: Rows) -> Path:
    spacy, example = import_module("spacy"), import_module("spacy.training").Example
    nlp = spacy.blank("nl")
    textcat = nlp.add_pipe(
        "textcat",
        config={
            "model": {
                "@architectures": "spacy.TextCatBOW.v2",
                "ngram_size": 2,
                "exclusive_classes": True,
                "no_output_layer": False,
            }
        },
    )
    names = sorted({flat(intent) for intent, _ in rows})
    for name in names:
        textcat.add_label(name)
    examples = [
        example.from_dict(nlp.make_doc(text.lower()), {"cats": {name: float(name == flat(intent)) for name in names}})
        for intent, text in rows
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(15):
        for batch in spacy.util.minibatch(examples, 64):
            nlp.update(batch, sgd=optimizer)
    shutil.rmtree(folder / "spacy-textcat", ignore_errors=True)
    nlp.to_disk(folder / "spacy-textcat")
    return folder / "spacy-textcat"


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(step: str, peer: str, folder: Path) -> None:
    """Do one step of one peer and write what it cost."""
    began, cpu = time.monotonic(), _cpu()
    result: dict[str, Any] = {}
    if step == "train":
        model = train(peer, folder, json.loads((folder / "train.json").read_text(encoding="utf-8")))
        result = {"model": str(model), "bytes": _size(model)}
    else:
        predict = serve(peer, Path(json.loads((folder / f"{peer}.train.json").read_text(encoding="utf-8"))["model"]))
        rows: Rows = json.loads((folder / "test.json").read_text(encoding="utf-8"))
        predict(rows[0][1])
        result = {"load_cpu_s": _cpu() - cpu, "hits": [], "ms": []}
        for intent, text in rows:
            start = time.perf_counter()
            said = predict(text)
            result["ms"].append(1000 * (time.perf_counter() - start))
            result["hits"].append(flat(said) == flat(intent))
    result |= {"cpu_s": _cpu() - cpu, "wall_s": time.monotonic() - began, "peak_mb": _peak_mb()}
    (folder / f"{peer}.{step}.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
