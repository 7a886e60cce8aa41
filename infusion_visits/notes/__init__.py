"""A visit record becomes blocks, and blocks become the note a coordinator reads."""
