"""The databases of the settings, for commands that look into them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.future import Engine

from backchat.records import migrate
from backchat.records.engine import open_engine
from backchat.records.personal_data import PersonalData
from backchat.settings import Settings


def records() -> Engine:
    """Open the records, with the tables of this version."""
    engine = open_engine(Settings.from_environment().database_url)
    migrate.upgrade(engine)
    return engine


def personal_data(engine: Engine) -> PersonalData:
    """Return what is held about people, in the records and in Rasa's dialogues."""
    return PersonalData(engine, open_engine(Settings.from_environment().tracker_url))


def json_text(value: Any) -> str:
    """Return records as JSON for people and programs."""
    return json.dumps(value, default=str, ensure_ascii=False, indent=2)
