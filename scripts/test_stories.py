"""Run the conversation test stories on the trained model, as `rasa test` does, but quietly.

One line for each story that failed, with what was predicted instead, then a summary. Rasa's
reports go to a temporary folder; the actions are not run.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ["TQDM_DISABLE"] = "1"

from backchat.cli.environment import ROOT, prepare_rasa

STORIES = ROOT / "tests" / "stories"
FAILED = "failed_test_stories.yml"


async def run(reports: Path) -> tuple[int, int]:
    """Test every story; return how many passed and how many were tested."""
    from rasa.core.agent import Agent
    from rasa.core.test import test
    from rasa.utils.log_utils import configure_structlog

    from backchat.assistant import training

    configure_structlog()
    agent = Agent.load(model_path=str(training.model_path()))
    result = await test(
        str(STORIES), agent, out_directory=str(reports), e2e=True, disable_plotting=True
    )
    counts = result["report"]["conversation_accuracy"]
    return counts["correct"], counts["total"]


def failures(report: str) -> Iterator[str]:
    """Yield a line for each story of Rasa's report on the failed ones."""
    for story in re.split(r"^- story: ", report, flags=re.MULTILINE)[1:]:
        name = story.splitlines()[0].partition(" (")[0]
        predicted = re.findall(r"^(.*?)\s*#\s*predicted: (.*)$", story, flags=re.MULTILINE)
        yield f"{name}: " + "; ".join(
            f"{expected.strip(' -')} → {found}" for expected, found in predicted
        )


def written() -> int:
    """Return how many stories the files hold; Rasa silently drops one that equals another."""
    files = STORIES.glob("test_*.yml")
    return sum(file.read_text(encoding="utf-8").count("- story: ") for file in files)


def main() -> int:
    """Return the exit status: 0 if every story passed."""
    prepare_rasa()
    with tempfile.TemporaryDirectory() as folder:
        passed, tested = asyncio.run(run(Path(folder)))
        for line in failures((Path(folder) / FAILED).read_text(encoding="utf-8")):
            print(f"FAILED {line}")
    if tested < written():
        print(f"NOT RUN: {written() - tested} stories equal others in intents and actions")
    print(f"{passed} passed, {tested - passed} failed")
    return 0 if passed == written() else 1


if __name__ == "__main__":
    sys.exit(main())
