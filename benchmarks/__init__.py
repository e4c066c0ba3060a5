"""What Backchat's parts cost and how well they do, measured on this machine."""
