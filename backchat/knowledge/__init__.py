"""What Backchat knows: YAML files that a physical therapist can edit, and their strict loader.

>>> from backchat.knowledge import load
>>> knowledge = load()
"""

from backchat.knowledge.errors import KnowledgeError
from backchat.knowledge.loader import Knowledge, load

__all__ = ["Knowledge", "KnowledgeError", "load"]
