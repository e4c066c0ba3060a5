"""Words to findings: one message and a moment in, a Reading out."""
