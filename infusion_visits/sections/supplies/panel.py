"""Supplies as a form, and the kit's items as a checklist: p, m and n answer and go on.

The items come with the catalogue and the therapy; a sealed kit is one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from infusion_visits.core.cells import Row
from infusion_visits.core.emergency_kit import KitItem as Thing
from infusion_visits.core.emergency_kit import kit_in_force
from infusion_visits.core.fields import Choice
from infusion_visits.sections.supplies.fields import (
    KIT_CHECK,
    KIT_ITEM,
    OPENED,
    PRESENT,
    ROWS,
    SECTION,
)
from infusion_visits.sections.supplies.kit import items_looked_at, standing_check, things_for
from infusion_visits.sections.supplies.values import Supplies
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.answer_line import Asked
from infusion_visits.widgets.checklist import CheckLine, Checklist, ChecklistForm
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.naming_desk import NamingDesk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions


class SuppliesPanel(ChecklistForm):
    """The kit, its items while it is open, supplies, waste, safe work and the way."""

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._kit = NamingDesk(desk, "item")
        rows = tuple(group for group in ROWS if group.name != KIT_ITEM.name)
        super().__init__(
            SECTION, rows, self._kit, ref_options, sense, read_only=read_only, parent=parent
        )
        self._values = Supplies()
        self._things: tuple[Thing, ...] = ()
        self._all_present = ActButton("All others present", sign="check")
        self._all_present.clicked.connect(self.answer_others_present)
        self._all_present.hide()
        self.add_checklist(Checklist((), self._state, self))
        self._place()

    def _place(self) -> None:
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            at = body.indexOf(self.parts[0]) + 1
            body.insertWidget(at, self._all_present)
            body.insertWidget(at + 1, self.checklist)

    def show_values(
        self,
        values: Supplies,
        facts: Facts,  # type: ignore[override]  # the kit's items follow the therapy
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
        beside: Mapping[Cell, str] | None = None,
    ) -> None:
        """Shows what the record holds now."""
        self._values = values
        self._make_lines(values, facts)
        super().show_values(values, facts, findings, unsaved, beside)
        looked = items_looked_at(values)
        asked = {one.key for one in self._things} | set(looked)
        check = standing_check(values)
        opened = check is not None and check.state == OPENED
        for line in self.checklist.lines:
            line.show_value(looked.get(self._kit.names[line.asked.row]))

        def wanted(line: CheckLine) -> bool:
            return opened and self._kit.names[line.asked.row] in asked

        self.checklist.show_only(wanted)
        self.checklist.setVisible(opened)
        open_ones = any(looked.get(one.key) is None for one in self._things)
        self._all_present.setVisible(opened and open_ones and not self._state.read_only)

    def _make_lines(self, values: Supplies, facts: Facts) -> None:
        """The lines of the items, made once and anew where a row got another number."""
        self._things = things_for(facts)
        self._kit.written = frozenset(one.mark.row for one in values.kit_item)
        keys = _rows_of(values, kit_in_force(facts.catalogue))
        if keys == self._kit.names:
            return
        self._kit.names = keys
        titles = {one.key: one for one in kit_in_force(facts.catalogue)}
        former = self.checklist
        parts = (("", [_asked(row, key, titles.get(key)) for row, key in keys.items()]),)
        self.add_checklist(Checklist(parts, self._state, self))
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.replaceWidget(former, self.checklist)
        former.hide()
        former.deleteLater()
        self._shape_changed()

    def answer_others_present(self) -> None:
        """Answers present to every item that this therapy needs and nobody has answered."""
        looked = items_looked_at(self._values)
        served = {one.one_of for one in self._things if one.key in looked and one.one_of}
        for row, key in list(self._kit.names.items()):
            thing = next((one for one in self._things if one.key == key), None)
            if thing is None or thing.optional or key in looked or thing.one_of in served:
                continue
            self._kit.append(row, {"state": PRESENT})
            if thing.one_of:
                served.add(thing.one_of)
        first = next((line for line in self.checklist.lines if line.details), None)
        if first is not None and first.details:
            first.details[0].editor.take_focus()

    def open_row(self, row: Row) -> None:
        """The items are always open."""
        if row.group not in {KIT_ITEM.name, KIT_CHECK.name}:
            super().open_row(row)


def _rows_of(values: Supplies, things: Sequence[Thing]) -> dict[Row, str]:
    """The row of each item: the one it has, else the next number that is free."""
    known: dict[str, Row] = {
        one.item: one.mark.row for one in values.kit_item if one.item and not one.mark.struck
    }
    taken = {int(one.mark.row.at[0]) for one in values.kit_item}
    made: dict[Row, str] = {}
    for thing in things:
        row = known.pop(thing.key, None)
        if row is None:
            number = next(n for n in range(1, len(things) + len(taken) + 2) if n not in taken)
            taken.add(number)
            row = Row(KIT_ITEM.name, (number,))
        made[row] = thing.key
    made.update({row: key for key, row in known.items()})
    return made


def _asked(row: Row, key: str, thing: Thing | None) -> Asked:
    answer: Any = KIT_ITEM.leaf("state")
    if not isinstance(answer, Choice):
        raise TypeError("an item is answered by a choice")
    expires = thing is None or thing.expires
    details = tuple(
        KIT_ITEM.leaf(name) for name in ("expiry", "exchange") if expires or name != "expiry"
    )
    said = [f"at least {thing.at_least}"] if thing is not None else []
    if thing is not None and thing.one_of:
        said.append(f"one kind of {thing.one_of} is enough")
    if thing is not None and thing.optional:
        said.append("optional")
    if thing is not None and thing.note:
        said.append(thing.note)
    return Asked(
        row=row,
        answer=answer,
        title=thing.title if thing else key,
        words=", ".join(said),
        details=details,
        opens=frozenset({PRESENT}) if expires else frozenset(),
    )
