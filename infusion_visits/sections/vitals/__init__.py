"""Vital signs: repeated sets, each with its own time, place and circumstances."""
