"""One patient over time."""
