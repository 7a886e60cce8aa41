"""The review on the screen: the inbox, the record beside its pages, the decision."""

from infusion_visits.review.panel.screen import ReviewPanel

__all__ = ["ReviewPanel"]
