"""``backchat train``."""

from __future__ import annotations

import contextlib
import io
import time

from backchat.cli.environment import fail, prepare_rasa, say


def command() -> None:
    """Train the model, unless there is one for the training data as they are."""
    prepare_rasa()
    from backchat.assistant import training

    if training.model_path().exists():
        return
    say("training the model (about half a minute) …")
    started = time.monotonic()
    from rasa.utils.log_utils import configure_structlog

    configure_structlog()
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            training.train()
    except training.TrainingFailed as error:
        say(output.getvalue())
        fail(str(error))
    except OSError as error:
        fail(f"the model could not be written: {error.strerror or error}.")
    say(f"trained in {time.monotonic() - started:.0f} s.")
