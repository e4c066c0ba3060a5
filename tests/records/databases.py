"""Marks for what only one kind of database has."""

from __future__ import annotations

import pytest

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"])
on_postgresql = pytest.mark.parametrize("kind", ["postgresql"])
