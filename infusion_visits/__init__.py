"""Infusion Visits: a whole home-infusion visit, kept offline on one laptop."""
