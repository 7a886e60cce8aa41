"""Home: whether this home is fit for the infusion, why, and what must still be put right."""
