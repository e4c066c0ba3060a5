from __future__ import annotations

import pytest
from clinical_talk import Talk

from backchat.clinical.catalogue import Catalogue
from backchat.clinical.rules import RuleBook
from backchat.knowledge import Knowledge, load


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def rulebook(knowledge: Knowledge) -> RuleBook:
    return knowledge.rulebook


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    return knowledge.catalogue


@pytest.fixture
def talk(rulebook: RuleBook) -> Talk:
    return Talk(rulebook)
