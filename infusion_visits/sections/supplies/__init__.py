"""Supplies: what was used and left, what was wasted or returned, the emergency kit, the way."""
