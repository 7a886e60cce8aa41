"""Complications: what happened, how bad it was, what was done, who was told, how it ended."""
