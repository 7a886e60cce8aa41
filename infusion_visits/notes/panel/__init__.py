"""Review and sign; and a signed note, shown inside the program, with its addenda and its file."""

from infusion_visits.notes.panel.note import NotePanel

__all__ = ["NotePanel"]
