"""The cards of the reaction view: what is seen, what is given from the kit, who was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.emergency_kit import Giving, givings, kit_in_force
from infusion_visits.core.fields import Option, Rows
from infusion_visits.core.moments import show_time
from infusion_visits.core.scales.anaphylaxis import BREATHING as BREATH
from infusion_visits.core.scales.anaphylaxis import CIRCULATION, GUT, LARYNX, SKIN, Verdict
from infusion_visits.core.units import with_unit
from infusion_visits.sections.complications.options import NOTICED, RECHECK
from infusion_visits.sections.complications.rules import catalogue_of, steps_of
from infusion_visits.sections.complications.signs import LABELS
from infusion_visits.sections.medicines.fields import MEDICINE_GIVEN
from infusion_visits.sections.medicines.rules import given_words
from infusion_visits.visits.reaction import INFUSION_REACTION
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_strip import KeyedButton
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.form_state import FormState, no_options
from infusion_visits.widgets.group_form import FieldGrid
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.tick_pills import TickPills
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.values import ComplicationStep
    from infusion_visits.sections.medicines.values import MedicineGiven
    from infusion_visits.visits.panel.desk import WorkspaceDesk
    from infusion_visits.visits.reaction import Reaction

COMPLICATIONS, STEP = "complications", "complication_step"
SCALE = "ctcae_irr"
CORRECTED_WITHIN = timedelta(minutes=2)
"""A grade changed so soon is a correction, later it is a new look."""
GROUPS = (
    ("Skin", tuple(SKIN)),
    ("Breathing", tuple(BREATH)),
    ("Circulation", tuple(CIRCULATION)),
    ("Belly", tuple(GUT)),
    ("Throat", tuple(key for key in LARYNX if key not in BREATH)),
)
GRADES = tuple(Option(str(grade), f"grade {grade}") for grade in range(1, 6))
_ASKED = ("site", "lot", "response")
GIVEN_FORM = Rows(
    name=MEDICINE_GIVEN.name,
    label="Given",
    fields=tuple(MEDICINE_GIVEN.leaf(name) for name in _ASKED),
)


def noticed_step(reaction: Reaction) -> ComplicationStep | None:
    """The step at which it was noticed last: its signs and its grade are those of now."""
    found = [step for step in steps_of(reaction.value) if step.kind == NOTICED]
    return found[-1] if found else None


def _graded_step(reaction: Reaction) -> ComplicationStep | None:
    """The last step that carries a grade since it was noticed last, else that noticing."""
    noticed = noticed_step(reaction)
    if noticed is None:
        return None
    steps = steps_of(reaction.value)
    later = [step for step in steps[steps.index(noticed) :] if step.grade is not None]
    return later[-1] if later else noticed


class _CardFrame(QFrame):
    """A card with a title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 10, 12, 12)
        self.body.setSpacing(6)
        self.title = PlainWords(title, "strong")
        self.body.addWidget(self.title)


class SignsAndGrade(_CardFrame):
    """The anaphylaxis checklist, what else is seen, the verdict, and the grade."""

    def __init__(self, desk: WorkspaceDesk) -> None:
        super().__init__("What you see")
        self._desk = desk
        self._reaction: Reaction | None = None
        self._now = datetime.min.replace(tzinfo=UTC)
        self.rows: list[TickPills] = []
        for label, keys in GROUPS:
            self._add(label, keys)
        self.others: TickPills | None = None
        self.verdict = PlainWords("", "strong")
        self.body.addWidget(self.verdict)
        across = QHBoxLayout()
        across.setSpacing(12)
        self.body.addLayout(across)
        across.addWidget(PlainWords("CTCAE 5", "label", wraps=False))
        self.grade = PillRow(GRADES)
        self.grade.setAccessibleName("Grade of the reaction, CTCAE 5")
        self.grade.picked.connect(self._graded)
        self.grade.moved.connect(self._graded)
        across.addWidget(self.grade, 1)
        self.suggested = PlainWords("", "accent")
        self.body.addWidget(self.suggested)

    def _add(self, label: str, keys: tuple[str, ...]) -> TickPills:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        name = PlainWords(label, "label", wraps=False)
        name.setFixedWidth(84)
        name.setContentsMargins(0, 8, 0, 0)
        across.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        pills = TickPills([Option(key, LABELS[key]) for key in keys])
        pills.setAccessibleName(label)
        pills.ticked.connect(self._ticked)
        across.addWidget(pills, 1)
        self.body.insertWidget(len(self.rows) + 1, line)
        self.rows.append(pills)
        return pills

    def show_reaction(self, reaction: Reaction, facts: Facts) -> None:
        """What was ticked, what the criteria make of it, and the grade."""
        self._reaction = reaction
        catalogue = catalogue_of(facts)
        if self.others is None:
            listed = {key for _, keys in GROUPS for key in keys}
            rest = [k for k in catalogue.kind(INFUSION_REACTION).signs if k not in listed]
            self.others = self._add("Also", tuple(rest))
        step = noticed_step(reaction)
        ticked = frozenset(step.signs or ()) if step else frozenset()
        for row in self.rows:
            row.set_keys(ticked)
        voice = {Verdict.LIKELY: "danger", Verdict.POSSIBLE: "warn"}
        words = f"{reaction.criteria.words}."
        self.verdict.say(words, voice.get(reaction.criteria.verdict, "small"))
        graded = _graded_step(reaction)
        self._now = facts.now
        self.grade.set_key((graded.grade or "") if graded else "")
        found = reaction.suggested
        # Before anything was seen or given, the mildest grade would be a guess.
        self.suggested.setVisible(bool(reaction.signs or reaction.medicines or reaction.graded))
        scale = catalogue.scales[found.scale].grade(found.grade)
        meaning = f": {scale.words}" if scale else ""
        self.suggested.say(
            f"Suggested: grade {found.grade}{meaning} ({found.because}). Your grade stands."
        )

    def take_suggested(self) -> None:
        """The suggested grade with one key."""
        if self._reaction is not None:
            self._give(self._reaction.suggested.grade)

    def _ticked(self) -> None:
        step = noticed_step(self._reaction) if self._reaction else None
        if step is not None:
            keys = [key for row in self.rows for key in row.chosen()]
            self._desk.record(Cell(COMPLICATIONS, step.mark.row, "signs"), ", ".join(keys))

    def _graded(self) -> None:
        self._give(self.grade.key())

    def _give(self, grade: str) -> None:
        """The first grade is that at onset; one that follows later is a look of its own, so that
        onset and peak both stand."""
        reaction = self._reaction
        step = _graded_step(reaction) if reaction else None
        if reaction is None or step is None or (step.grade or "") == grade:
            return
        fresh = step.happened_at is None or self._now - step.happened_at < CORRECTED_WITHIN
        if step.grade is None or fresh or not grade:
            if step.scale is None:
                self._desk.record(Cell(COMPLICATIONS, step.mark.row, "scale"), SCALE)
            self._desk.record(Cell(COMPLICATIONS, step.mark.row, "grade"), grade)
            return
        texts = {"kind": RECHECK, "happened_at": "now", "scale": SCALE, "grade": grade}
        self._desk.append(Row(STEP, (reaction.key,)), texts)

    def take_focus(self) -> None:
        """The keys go to the first signs."""
        self.rows[0].take_focus()


class KitCard(_CardFrame):
    """Medicines of the emergency kit for this weight, two keys each: to the button, then Space.

    What was given stands below with site, lot and response, each left as any field.
    """

    def __init__(self, desk: WorkspaceDesk) -> None:
        super().__init__("From the emergency kit")
        self._desk = desk
        self._shown: tuple[Giving, ...] = ()
        self.buttons: list[KeyedButton] = []
        self._weight = PlainWords("", "small")
        self.body.addWidget(self._weight)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, 8)
        self.body.addWidget(self._holder)
        self._more = ActButton("Other medicines of the kit", sign="right", weight=Weight.QUIET)
        self._more.clicked.connect(self._toggle)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._rest = QWidget()
        self._rest_flow = FlowLayout(self._rest, 8)
        self._rest.hide()
        self.body.addWidget(self._rest)
        self._given = QVBoxLayout()
        self._given.setSpacing(10)
        self.body.addLayout(self._given)
        self.body.addStretch(1)
        self._lines: dict[Row, GivenLine] = {}

    def show_reaction(self, reaction: Reaction, facts: Facts, unsaved: frozenset[Cell]) -> None:
        """What may be given to this patient, and what was."""
        offered = _offered(facts)
        if offered != self._shown or not self.buttons:
            self._offer(offered)
        if facts.weight_kg is not None:
            self._weight.say(f"Weight {with_unit(facts.weight_kg, 'kg')}. Per agency protocol.")
        else:
            self._weight.say("No weight on file: read the kit's own label. Per agency protocol.")
        for row in [row for row in self._lines if row not in _rows_of(reaction)]:
            line = self._lines.pop(row)
            self._given.removeWidget(line)
            line.deleteLater()
        for one in reaction.medicines:
            if one.mark.row not in self._lines:
                self._lines[one.mark.row] = GivenLine(one.mark.row, self._desk, self)
                self._given.addWidget(self._lines[one.mark.row])
            self._lines[one.mark.row].show_given(one, facts, unsaved)

    def _offer(self, offered: tuple[Giving, ...]) -> None:
        self._shown = offered
        clear_out(self._flow)
        clear_out(self._rest_flow)
        self.buttons = []
        for one in offered:
            epinephrine = "epinephrine" in one.item
            weight = Weight.DANGER if epinephrine else Weight.PLAIN
            key = "Space" if epinephrine and not self.buttons else ""
            button = KeyedButton(one.words, key, weight)
            said = "by order; " if one.by_order else ""
            button.setAccessibleDescription(f"{said}{one.sentence}")
            button.setToolTip("")
            button.clicked.connect(lambda _on=False, one=one: self.give(one))
            (self._flow if epinephrine else self._rest_flow).addWidget(button)
            button.show()
            self.buttons.append(button)
        self._more.setVisible(any("epinephrine" not in one.item for one in offered))

    def _toggle(self) -> None:
        self._rest.setVisible(self._rest.isHidden())

    def show_all(self) -> None:
        """The other medicines too, with the keys."""
        self._rest.show()
        other = next((b for b in self.buttons if b.parentWidget() is self._rest), None)
        if other is not None:
            other.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_epinephrine(self) -> None:
        """The keys go to epinephrine; Space gives it."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give(self, one: Giving) -> None:
        """It was given now; site, lot and response are added below."""
        texts = {
            "at": "now",
            "medicine": one.medicine,
            "dose": one.dose,
            "dose_unit": one.unit,
            "route": one.route,
            "why": "emergency",
            "reason": "reaction",
            "given_by": "nurse",
            "kit": "yes",
        }
        if one.site:
            texts["site"] = one.site
        self._desk.append(Row(MEDICINE_GIVEN.name), texts)


class GivenLine(QWidget):
    """One medicine that was given: when, what, and what is added afterwards."""

    def __init__(self, row: Row, desk: WorkspaceDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = FormState("medicines", desk, no_options, desk.sense)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        self.words = PlainWords("", "ok")
        body.addWidget(self.words)
        self.grid = FieldGrid(GIVEN_FORM, row, self._state, self)
        body.addWidget(self.grid)

    def show_given(self, one: MedicineGiven, facts: Facts, unsaved: frozenset[Cell]) -> None:
        """What the record holds of it."""
        self._state.facts = facts
        self._state.unsaved = unsaved
        when = f"✓ {show_time(one.at, facts.zone)} " if one.at else ""
        self.words.say(f"{when}{given_words(one)}")
        self.grid.set_asked(tuple(box.show_value(one, None) for box in self.grid.boxes))


def _rows_of(reaction: Reaction) -> set[Row]:
    return {one.mark.row for one in reaction.medicines}


def _offered(facts: Facts) -> tuple[Giving, ...]:
    """Epinephrine in front, then the rest of the kit for this therapy."""
    therapy = facts.order.therapy if facts.order else None
    groups = therapy.groups if therapy else ()
    weight = facts.weight_kg
    if weight is None and facts.order is not None:
        weight = facts.order.dosing_weight_kg
    found = [
        giving
        for item in kit_in_force(facts.catalogue)
        if item.is_for(groups)
        for giving in givings(item, weight, facts.age_years)
    ]
    return tuple(sorted(found, key=lambda one: "epinephrine" not in one.item))


class ToldCard(_CardFrame):
    """911 and the prescriber, each with its key, and how much time is left."""

    called = Signal()
    tell_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Who is told")
        self.duty = PlainWords("", "warn")
        self.body.addWidget(self.duty)
        holder = QWidget()
        row = FlowLayout(holder, 8)
        self.call = ActButton("911 called, now", "Alt N", Weight.DANGER)
        self.call.clicked.connect(self.called)
        row.addWidget(self.call)
        self.tell = ActButton("Prescriber told …", "Alt P")
        self.tell.clicked.connect(self.tell_asked)
        row.addWidget(self.tell)
        self.body.addWidget(holder)
        self.said = PlainWords("", "ok")
        self.body.addWidget(self.said)

    def show_reaction(self, reaction: Reaction, facts: Facts, duty: tuple[str, str]) -> None:
        """What was told, and what is still owed."""
        words, voice = duty
        self.duty.say(words, voice or "warn")
        self.duty.setVisible(bool(words))
        said = [
            f"✓ {what} {show_time(at, facts.zone)}"
            for what, at in (
                ("911 called", reaction.called_911),
                ("prescriber or agency told", reaction.told_at),
                ("order read back", reaction.ordered_at),
            )
            if at is not None
        ]
        self.said.say("   ".join(said))
        self.said.setVisible(bool(said))
