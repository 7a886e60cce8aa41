"""The home as a checklist of forty items: p, f and n answer and go on, a fail opens its plan.

The outcome and its reasons stand above, and follow each answer at once.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice
from infusion_visits.sections.home.fields import (
    FAIL,
    FULL,
    HOME_ASSESSMENT,
    HOME_FINDING,
    ITEM_COUNT,
    SECTION,
)
from infusion_visits.sections.home.items import Item, items_in_force
from infusion_visits.sections.home.rules import NOT_SUITABLE
from infusion_visits.sections.home.suitability import Suitability, judge, standing
from infusion_visits.widgets.answer_line import Asked
from infusion_visits.widgets.checklist import Checklist, ChecklistForm
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.words import PlainWords, set_property

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.home.values import Home
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import FormDesk, RefOptions

_GROUNDS = {
    Suitability.NOT_SUITABLE: "danger",
    Suitability.UNDETERMINED: "warn",
    Suitability.WITH_PLAN: "warn",
    Suitability.SUITABLE: "ok",
}
_MEASURES = frozenset({"temperature", "score", "minutes"})
_ANSWER = HOME_FINDING.leaf("answer")


class OutcomeCard(QFrame):
    """The suitability in one word, and why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(4)
        self.word = PlainWords("", "section")
        self.reasons = PlainWords("")
        body.addWidget(self.word)
        body.addWidget(self.reasons)

    def show_outcome(self, values: Home, facts: Facts) -> None:
        """Judges anew and shows it."""
        judged = judge(values, facts)
        answered = sum(1 for found in standing(values).values() if found.answer)
        count = f"{answered} of {ITEM_COUNT} items answered"
        if judged is None:
            self._show("quiet", "Home not assessed yet", f"{count}.")
            return
        word = judged.outcome.label.capitalize()
        self._show(_GROUNDS[judged.outcome], f"{word} · {count}", "\n".join(judged.reasons))

    def _show(self, ground: str, word: str, reasons: str) -> None:
        set_property(self, "ground", ground)
        self.word.say(word)
        self.reasons.say(reasons)
        self.reasons.setVisible(bool(reasons))
        self.setAccessibleName(f"{word}. {reasons}")


class HomePanel(ChecklistForm):
    """The outcome, the assessment as a form, the items as a checklist."""

    def __init__(
        self,
        desk: FormDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            SECTION,
            (HOME_ASSESSMENT,),
            desk,
            ref_options,
            sense,
            read_only=read_only,
            parent=parent,
        )
        self.outcome = OutcomeCard(self)
        keys = PlainWords("p pass, f fail, n not applicable, up and down walk.", "quiet")
        self.add_checklist(Checklist(_parts(), self._state, self))
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.insertWidget(0, self.outcome)
            body.insertWidget(body.count() - 1, keys)
            body.insertWidget(body.count() - 1, self.checklist)

    def show_values(
        self,
        values: Home,
        facts: Facts,  # type: ignore[override]  # suitability needs more than a form does
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
    ) -> None:
        """Shows what the record holds now, and what follows from it."""
        # The card says it with its reasons; said again at a field it would only be longer.
        shown = [one for one in findings if one.code != NOT_SUITABLE]
        super().show_values(values, facts, shown, unsaved)
        items = standing(values)
        for number, line in enumerate(self.checklist.lines, 1):
            line.show_value(items.get(number))
        self.outcome.show_outcome(values, facts)

    def focus_first(self) -> None:
        """First how the home was assessed; of a whole assessment, the first item not answered."""
        form = self.parts[0].form
        method = form.boxes[0] if form else None
        if method is None or not method.answered or method.editor.text() != FULL:
            super().focus_first()
        elif not self.checklist.focus_open():
            method.editor.take_focus()


def _parts() -> list[tuple[str, list[Asked]]]:
    items = items_in_force().items.values()
    return [
        (area, [_asked(item) for item in group])
        for area, group in groupby(items, key=lambda item: item.area)
    ]


def _asked(item: Item) -> Asked:
    """The line of an item: of the figures only its own is asked, the extent only if it counts."""
    if not isinstance(_ANSWER, Choice):
        raise TypeError("an item is answered by a choice")
    left_out = (_MEASURES - {item.measure}) | {_ANSWER.name}
    if item.minor is None:
        left_out |= {"extent"}
    return Asked(
        row=Row(HOME_FINDING.name, (item.number,)),
        answer=_ANSWER,
        title=f"{item.number} {item.label}",
        words=item.asks,
        details=tuple(leaf for leaf in HOME_FINDING.leaves if leaf.name not in left_out),
        opens=frozenset({FAIL}),
        always=frozenset({item.measure}) if item.measure else frozenset(),
    )
