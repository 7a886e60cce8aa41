"""Many notes out: what goes, what is left out, where to, and how far it is."""

from infusion_visits.exchange.panel.export import ExportPanel

__all__ = ["ExportPanel"]
