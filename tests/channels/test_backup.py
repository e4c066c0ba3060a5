"""A backup taken from a running bot, restored into a new one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from visiting import Visitor


def test_a_conversation_goes_on_where_the_backup_left_it(
    visitor: Visitor,
    server_folder: Path,
    run_server: Callable[..., AbstractContextManager[str]],
    tmp_path: Path,
) -> None:
    visitor.say("my crotch is numb")
    before = visitor.get("/chat/history").body
    databases = {
        "BACKCHAT_DATABASE_URL": f"sqlite:///{server_folder}/records.sqlite3",
        "BACKCHAT_TRACKER_URL": f"sqlite:///{server_folder}/tracker.sqlite3",
    }
    subprocess.run(
        [sys.executable, "-m", "backchat", "backup", str(tmp_path)],
        env=os.environ | databases,
        check=True,
    )

    with run_server(tmp_path, BACKCHAT_REGION="US") as address:
        visitor.server = address
        restored = visitor.get("/chat/history").body
        answer = visitor.say("which stretches can I do?")

    assert restored == before
    assert "911" in answer.text
    assert "stretch" not in answer.text.lower()
