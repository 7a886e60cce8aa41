"""The steps, in order of their numbers. Plain operations and SQL: no model is imported here."""
