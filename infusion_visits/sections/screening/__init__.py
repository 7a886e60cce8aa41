"""Screening: what is asked before an infusion, and what each yes asks of the nurse."""
