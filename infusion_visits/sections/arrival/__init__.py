"""Arrival: who was met, how the patient was identified, what was reviewed at the door."""
