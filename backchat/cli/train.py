"""``backchat train``."""

from __future__ import annotations

import contextlib
import io
import time

from backchat.cli.environment import prepare_rasa, say


def command() -> None:
    """Train the models, unless there are some for the training data as they are."""
    prepare_rasa()
    from backchat.assistant import training
    from backchat.consultation import shared
    from backchat.language.doubt import load_or_train

    load_or_train(shared().knowledge, progress=say)
    if training.is_trained():
        return
    say("training the model (about half a minute) …")
    started = time.monotonic()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            training.train()
    except training.TrainingFailed:
        if output.getvalue():
            say(output.getvalue())
        raise
    say(f"trained in {time.monotonic() - started:.0f} s.")
