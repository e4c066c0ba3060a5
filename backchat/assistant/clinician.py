"""What a clinician writes to a person, past the dialogue."""

from __future__ import annotations

from typing import Any

from backchat.assistant.wording import Responses


def reply(responses: Responses, text: str, name: str | None = None) -> dict[str, Any]:
    """Return a clinician's own words as a response: ``text``, and in ``custom`` their ``author``.

    Args:
        responses: The domain's.
        text: The words.
        name: Who writes, as the person is to read it; by default a clinician without a name.
    """
    unnamed = responses["utter_clinician_reply"][0]["custom"]["author"]
    return {"text": text, "custom": {"author": name or unnamed}}
