"""The waist of the house: everything charted at one visit passes through its VisitRecord."""
