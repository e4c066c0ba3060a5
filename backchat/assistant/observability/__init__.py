"""What an operator sees of a running server: metrics and the process log, without any words."""
