"""Infusion Visits: a whole home-infusion visit, kept offline on one laptop."""

__version__ = "0.1.0"
