"""Assessment by system: what is within normal limits, what is not, and what the therapy asks."""
