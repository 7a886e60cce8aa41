"""Lines (vascular access devices): what is in place, how it was found, and what was done to it."""
