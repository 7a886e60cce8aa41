"""Medicines given at the visit besides the infusion: premedication, others, emergency medicines."""
