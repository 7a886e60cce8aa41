"""Departure: how the patient was left, what comes next, and the ink of nurse and patient."""
