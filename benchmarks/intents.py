"""Compare intent classifiers on messages that none of them was trained on.

Run with ``python -m benchmarks.intents``. Each classifier is trained in one process and asked in
another, so that memory is its own. Times are processor time on one thread, so that whatever else
the machine is doing counts for nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TypeVar

from backchat.cli.environment import prepare_rasa
from benchmarks.classifiers import CLASSIFIERS, OURS, examples
from benchmarks.report import ROOT, percent, progress, publish, table

SETS = {"development": "held_out.yml", "blind": "blind.yml"}
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
OUT_OF_SCOPE = "out_of_scope"
ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_INTRA_OP_PARALLELISM_THREADS",
    "TF_INTER_OP_PARALLELISM_THREADS",
)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Answer:
    """What a classifier said of one message."""

    intent: str
    predicted: str
    confidence: float
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether it named the intent."""
        return self.intent == self.predicted


@dataclass(frozen=True)
class Measured:
    """One classifier: its answers by set, processor seconds of training, peak memory in MB."""

    answers: dict[str, list[Answer]]
    training_seconds: float
    training_memory: float
    answering_memory: float


def main() -> None:
    """Measure every classifier and publish the tables."""
    measured = {name: measure(name) for name in CLASSIFIERS}
    sizes = {name: len(answers) for name, answers in measured[OURS].answers.items()}
    parts = ["## Cost\n\nProcessor time on one thread.", cost_table(measured)]
    for name in SETS:
        answers = {key: value.answers[name] for key, value in measured.items()}
        parts += [f"## Quality, {name} set ({sizes[name]} messages)", quality_table(answers)]
    both = {key: list(chain(*value.answers.values())) for key, value in measured.items()}
    parts.append(
        "## Fallback, both sets\n\nBelow the threshold the bot asks back instead of answering: "
        "wrong answers caught (more is better) / right answers lost (fewer is better)."
    )
    parts.append(fallback_table(both))
    publish("intents", "Intent classifiers", "python -m benchmarks.intents", "\n\n".join(parts))


def measure(name: str) -> Measured:
    """Train and ask one classifier, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        progress(f"training {name} …")
        seconds, training_memory = in_a_process(train, name, Path(folder))
        progress(f"asking {name} …")
        answers, answering_memory = in_a_process(ask, name, Path(folder))
    measured = Measured(answers, seconds, training_memory, answering_memory)
    progress(cost_table({name: measured}))
    for each in answers.values():
        progress(quality_table({name: each}))
    return measured


def in_a_process(work: Callable[[str, Path], Result], name: str, folder: Path) -> Result:
    """Return what ``work`` returns in a fresh process; what it raises is raised here."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=prepare) as pool:
        return pool.submit(work, name, folder).result()


def prepare() -> None:
    """Give a fresh process one thread, and quieten Rasa."""
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    prepare_rasa()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()


def train(name: str, folder: Path) -> tuple[float, float]:
    """Train a classifier into a folder; return processor seconds and peak memory."""
    started = time.process_time()
    CLASSIFIERS[name].train(folder)
    return time.process_time() - started, peak_memory()


def ask(name: str, folder: Path) -> tuple[dict[str, list[Answer]], float]:
    """Ask a trained classifier every message; return answers by set and peak memory."""
    sets = {key: examples(ROOT / "tests" / "nlu" / file) for key, file in SETS.items()}
    classify = CLASSIFIERS[name].load(folder)
    classify("hello")  # the first answer of a process builds graphs and caches

    def answer(text: str, intent: str) -> Answer:
        started = time.process_time()
        predicted, confidence = classify(text)
        return Answer(intent, predicted, confidence, 1000 * (time.process_time() - started))

    answers = {key: [answer(*example) for example in sets[key]] for key in sets}
    return answers, peak_memory()


def peak_memory() -> float:
    """Return the largest resident memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cost_table(measured: dict[str, Measured]) -> str:
    """Return what each classifier costs."""
    header = ["classifier", "training s", "training peak MB", "answering peak MB", "ms a message"]
    return table(
        header,
        [
            [
                name,
                f"{each.training_seconds:.0f}",
                f"{each.training_memory:.0f}",
                f"{each.answering_memory:.0f}",
                f"{median(a.milliseconds for v in each.answers.values() for a in v):.2f}",
            ]
            for name, each in measured.items()
        ],
    )


def quality_table(answers: dict[str, list[Answer]]) -> str:
    """Return how often each classifier is right on one set."""
    header = ["classifier", "accuracy", "macro-F1", "out of scope: found", "and rightly so"]
    return table(header, [[name, *quality(each)] for name, each in answers.items()])


def quality(answers: Sequence[Answer]) -> list[str]:
    """Return accuracy, macro-F1, and recall and precision of out-of-scope messages."""
    from sklearn.metrics import f1_score

    truth, said = [a.intent for a in answers], [a.predicted for a in answers]
    rejected = [a for a in answers if a.predicted == OUT_OF_SCOPE]
    found = sum(a.right for a in rejected)
    return [
        percent(sum(a.right for a in answers), len(answers)),
        f"{f1_score(truth, said, average='macro'):.3f}",
        percent(found, truth.count(OUT_OF_SCOPE)),
        percent(found, len(rejected)),
    ]


def fallback_table(answers: dict[str, list[Answer]]) -> str:
    """Return what each threshold of the fallback would catch and lose."""
    header = ["classifier", *(f"{threshold:.2f}" for threshold in THRESHOLDS)]
    return table(
        header,
        [[name, *(fallback(each, t) for t in THRESHOLDS)] for name, each in answers.items()],
    )


def fallback(answers: Sequence[Answer], threshold: float) -> str:
    """Return the shares of wrong and of right answers below a threshold."""
    right = [a.confidence < threshold for a in answers if a.right]
    wrong = [a.confidence < threshold for a in answers if not a.right]
    return f"{percent(sum(wrong), len(wrong))} / {percent(sum(right), len(right))}"


if __name__ == "__main__":
    main()
