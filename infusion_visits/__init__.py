"""Infusion Visits: a whole home-infusion visit, kept offline on one laptop."""

__version__ = "0.2.0"
