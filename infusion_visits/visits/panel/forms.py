"""The middle of the workspace: the form of each section, made when it is first gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from infusion_visits.core.cells import Cell, Row, cell_of_path
from infusion_visits.core.fields import Option, Ref, RefTo
from infusion_visits.sections.complications.rules import catalogue_of, known_here
from infusion_visits.sections.complications.rules.state import complication_id, name_of
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.panels import PANELS
from infusion_visits.sections.vitals.panel import LINE_CELL
from infusion_visits.visits.rules.completeness import MISSING
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_form import SectionForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.core.findings import Finding
    from infusion_visits.sections.section import AnySection
    from infusion_visits.visits.open_visit import View
    from infusion_visits.visits.panel.desk import WorkspaceDesk


class SectionForms(QStackedWidget):
    """The forms of one open visit. `finished` after the last field of a form was left."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms: dict[str, Any] = {}
        self._view: View | None = None
        self._narrow = False

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the margins give way; a wide table is then scrolled sideways, so that
        nothing of it is out of reach."""
        self._narrow = narrow
        for form in self._forms.values():
            form.property("holder").set_narrow(narrow)

    def form(self, key: str) -> Any | None:
        """The form of a section, where it was made."""
        return self._forms.get(key)

    def clear(self) -> None:
        """The visit is left: nothing of it stays."""
        for form in self._forms.values():
            holder = form.property("holder")
            self.removeWidget(holder)
            holder.deleteLater()
        self._forms.clear()
        self._view = None

    def bring(self, section: AnySection, view: View, desk: WorkspaceDesk) -> Any:
        """The form of a section, made if it was not yet, shown with what the record holds."""
        self._view = view
        if section.key not in self._forms:
            self._forms[section.key] = self._make(section, desk)
        form = self._forms[section.key]
        self.show_view(section.key, view)
        self.setCurrentWidget(form.property("holder"))
        return form

    def show_view(self, key: str, view: View) -> None:
        """Shows a section's form what the record holds now."""
        self._view = view
        form = self._forms.get(key)
        if form is not None:
            # What is merely not answered yet says "required" at its field; red is for harm.
            said: Sequence[Finding] = [one for one in view.findings if one.code != MISSING]
            form.show_values(view.record.sections[key], view.facts, said, view.unsaved)

    def _make(self, section: AnySection, desk: WorkspaceDesk) -> Any:
        kind = PANELS.get(section.key)
        holder = Scrolled(parent=self)
        holder.set_narrow(self._narrow)
        self.addWidget(holder)
        options, sense, host = self.ref_options, desk.sense, holder.host
        form: Any
        if kind is None:
            form = SectionForm(section.key, section.rows, desk, options, sense, parent=host)
        else:
            form = kind(desk, options, sense, parent=host)
        form.finished.connect(self.finished)
        form.setProperty("holder", holder)
        holder.hold(form)
        return form

    def show_drafts(self, key: str, half_typed: Mapping[str, str]) -> None:
        """Brings back, once, what was typed in a section's form and never left."""
        form = self._forms.get(key)
        if form is None or form.property("drafts_shown"):
            return
        form.setProperty("drafts_shown", True)
        found = {path: cell_of_path(path) for path in half_typed}
        cells = {path: cell for path, cell in found.items() if cell and cell.section == key}
        drafts: dict[Cell, str] = {
            cell: half_typed[path] for path, cell in cells.items() if cell != LINE_CELL
        }
        if drafts:
            form.show_drafts(drafts)

    def ref_options(self, leaf: Ref, _row: Row) -> Sequence[Option]:
        """What a reference may point at, at this visit."""
        if self._view is None:
            return ()
        facts = self._view.facts
        if leaf.to is RefTo.DEVICE:
            # A line that was taken out after its infusion keeps its name there.
            used = {one.device_id for one in self._view.record.of(Infusion).infusion}
            return [
                Option(str(line.device), line.label if line.in_place else f"{line.label} (removed)")
                for line in facts.lines
                if line.in_place or line.device in used
            ]
        if leaf.to is RefTo.COMPLICATION:
            known = known_here(self._view.record.of(Complications), facts)
            catalogue = catalogue_of(facts)
            return [
                Option(str(complication_id(one)), name_of(one, catalogue.kind(one.what)))
                for one in known
                if one.mark.struck is None
            ]
        if leaf.to is RefTo.ORDER:
            return [
                Option(str(order.order), f"{order.drug} {order.dose} {order.dose_unit}")
                for order in facts.orders
            ]
        return ()
