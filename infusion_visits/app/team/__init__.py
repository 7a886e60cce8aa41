"""Settings, Team: who belongs to the agency, and how a laptop joins it without a network."""
