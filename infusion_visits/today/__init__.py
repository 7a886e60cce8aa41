"""The visits of the day, care falling due and what is still open."""
