"""The patients' screen: search at the left, the chart of one patient at the right."""

from infusion_visits.chart.panel.patients import PatientsPanel

__all__ = ["PatientsPanel"]
