"""Products by scanner: a code typed into any field of a product fills them all.

A single `"` in a field of a product repeats what the vial before had: the same lot, one key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.charted import columns_of, sense_of
from infusion_visits.core.scanned import SEPARATOR, ScanRefused, looks_scanned, read_scan
from infusion_visits.sections.infusion.fields import PRODUCT_LOT, SECTION
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import Desk, VisitDesk
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven, ProductLot

DITTO = '"'
REPEATED = (
    "product",
    "lot",
    "expiry",
    "amount",
    "amount_unit",
    "gtin",
    "ndc",
    "bag",
    "beyond_use",
    "kept",
    "kept_at_c",
    "out_minutes",
    "inspected",
)
"""All but the serial number: that is each vial's own."""


def product_texts(text: str) -> dict[str, str]:
    """The fields of a product from a scanned code, or from a lot number that was typed.

    Raises ScanRefused for a code that cannot be right.
    """
    text = text.strip(" \r\n\t")
    found = read_scan(text)
    if found is None:
        return {"lot": text} if text else {}
    texts = {
        "gtin": found.gtin,
        "ndc": found.ndc,
        "lot": found.lot,
        "serial": found.serial,
        "expiry": found.expiry.isoformat() if found.expiry else "",
    }
    return {name: said for name, said in texts.items() if said}


class ScanDesk:
    """A visit's desk that reads a scanned code in any field of a product."""

    def __init__(self, under: VisitDesk) -> None:
        self._under = under
        self._values: Infusion | None = None
        self._facts: Facts | None = None

    def show_values(self, values: Infusion, facts: Facts) -> None:
        """What the record holds now: what a vial before had, what a field held before."""
        self._values, self._facts = values, facts

    @property
    def desk(self) -> Desk[Any]:
        """The desk beneath."""
        return self._under.desk

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""
        self._under.typing(cell, text)

    def record(self, cell: Cell, text: str) -> str | None:
        """A field was left: a code fills the product, a `"` repeats the one before."""
        if cell.row.group != PRODUCT_LOT.name:
            return self._under.record(cell, text)
        if text.strip() == DITTO:
            texts = self.before(cell.row.at[:-1], cell.row)
        elif looks_scanned(text):
            try:
                texts = product_texts(text)
            except ScanRefused as wrong:
                return str(wrong)
        else:
            return self._under.record(cell, text)
        # The field itself goes last: what it held before stands, where the code says nothing of it.
        texts.setdefault(cell.field, self._text(self._lot(cell.row), cell.field))
        own = texts.pop(cell.field)
        for name, said in texts.items():
            self._under.record(Cell(SECTION, cell.row, name), said)
        return self._under.record(cell, own)

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The required thing was not done."""
        self._under.not_done(cell, reason, words)

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row."""
        return self._under.append(row, texts)

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""
        self._under.strike(row, reason)

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop."""
        self._under.override(finding, reason)

    def before(self, infusion: tuple[Any, ...], row: Row | None = None) -> dict[str, str]:
        """The texts of the last product of an infusion (before `row`, where it is given)."""
        lots = [
            lot
            for one in (standing(self._values) if self._values else ())
            if one.mark.row.at == infusion
            for lot in one.product_lot
            if lot.mark.struck is None and (row is None or lot.mark.row.at < row.at)
        ]
        if not lots:
            return {}
        texts = {name: self._text(lots[-1], name) for name in REPEATED}
        return {name: text for name, text in texts.items() if text}

    def _lot(self, row: Row) -> ProductLot | None:
        return next(
            (
                lot
                for one in (self._values.infusion if self._values else ())
                for lot in one.product_lot
                if lot.mark.row == row
            ),
            None,
        )

    def _text(self, lot: ProductLot | None, name: str) -> str:
        if lot is None or self._facts is None:
            return ""
        leaf = PRODUCT_LOT.leaf(name)
        return leaf.text(columns_of(leaf, lot), sense_of(self._facts))


class _Line(QLineEdit):
    """Takes the separator that scanners type, and gives its text at Enter."""

    def __init__(self, owner: ScanLine) -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the product."""
        if is_enter(event):
            self._owner.take(self.text())
        elif event.text() == SEPARATOR:
            self.insert(SEPARATOR)
        else:
            super().keyPressEvent(event)


class ScanLine(QWidget):
    """One line for the next vial or bag: scanned, typed, or `"` for the same again."""

    def __init__(self, desk: ScanDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._infusion: InfusionGiven | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainWords("Next vial or bag", "label", wraps=False))
        self.line = _Line(self)
        self.line.setObjectName("infusion.scan")
        self.line.setAccessibleName("Next vial or bag: scan its code, or type its lot")
        self.line.setPlaceholderText(f"scan the code, type the lot, or {DITTO} for the same again")
        self.line.setMinimumWidth(220)
        row.addWidget(self.line, 1)
        body.addLayout(row)
        self.said = PlainWords("", "small")
        self.said.hide()
        body.addWidget(self.said)
        self.hide()

    def show_infusion(self, one: InfusionGiven | None) -> None:
        """The infusion whose products they are; is not there without one."""
        self._infusion = one
        self.setVisible(one is not None)

    def take(self, text: str) -> None:
        """A product was scanned or typed: its row is added, or the words say why not."""
        one = self._infusion
        if one is None or not text.strip():
            return
        at = one.mark.row.at
        try:
            same = text.strip() == DITTO
            texts = self._desk.before(at) if same else product_texts(text)
            found = None if same else read_scan(text)
        except ScanRefused as wrong:
            self._say(str(wrong), "danger")
            return
        if not texts:
            self._say("There is no vial before this one.", "warn")
            return
        refused = self._desk.append(Row(PRODUCT_LOT.name, at), texts)
        if refused:
            self._say(refused, "danger")
            return
        self.line.clear()
        lot = f"Lot {texts['lot']} added." if "lot" in texts else "Added without its lot."
        self._say(f"{lot} {found.doubt if found else ''}".strip(), "small")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, voice: str) -> None:
        self.said.say(words, voice)
        self.said.show()
