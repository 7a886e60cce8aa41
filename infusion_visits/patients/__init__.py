"""The patient, whose chart goes on from visit to visit, and the orders for therapy."""
