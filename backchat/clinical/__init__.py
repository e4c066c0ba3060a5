"""The rules engine and everything else that decides: pure Python, no framework."""
