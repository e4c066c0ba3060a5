"""``python -m backchat``: the command line."""

from backchat.cli import main

main()
