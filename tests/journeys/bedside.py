"""A nurse with one therapy: its order from the catalogue, its visit, and what comes in its course.

What every visit asks alike (arrival, screening, the look at the line, leaving) is charted by the
program's own acts behind the window; all that the therapy asks is typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pypdfium2
from PySide6.QtWidgets import QLineEdit

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import CLOSING, stops
from infusion_visits.sections.devices.rules.needed import normal_answers
from infusion_visits.sections.vitals.schedule_findings import wants_reason
from infusion_visits.widgets.act_row import ActRow
from infusion_visits.widgets.act_strip import KeyedButton
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.many_editor import Check, CheckList
from infusion_visits.widgets.words import PlainWords
from tests.fixtures.records import NOW, PASSPHRASE
from tests.fixtures.whole_visit import SCREENING, WholeVisit
from tests.journeys.at_the_keys import ALT, CONTROL, NONE, Key, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtCore import Qt
    from pytestqt.qtbot import QtBot

    from infusion_visits.app.inside import Inside
    from infusion_visits.app.window import Window
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.visits.panel.workspace import Workspace
    from tests.journeys.therapies import Told

ACTS: Mapping[str, tuple[Key, Qt.KeyboardModifier]] = {
    "start": (Key.Key_F6, CONTROL),
    "step": (Key.Key_F6, NONE),
    "hold": (Key.Key_F7, NONE),
    "resume": (Key.Key_F7, NONE),
    "slow": (Key.Key_F8, NONE),
    "complete": (Key.Key_F7, CONTROL),
    "stop": (Key.Key_F8, CONTROL),
}
SAID = {
    "told": {
        "told_role": "prescriber",
        "told_name": "Dr. Rahel Stern",
        "told_how": "by telephone",
        "reached": "reached",
        "answer": "go on as charted",
        "read_back": "y",
    },
    "closed": {"outcome": "resolved"},
}
STEPS = {"told": Key.Key_T, "closed": Key.Key_C}
BUTTONS = {"found": "act found", "left": "act left"}
ARRIVAL = {
    "time_in": "now",
    "identifiers": "name, birth date",
    "identified_at": "now",
    "place": "home",
    "consent": "given",
    "consent_by": "patient",
    "allergies_review": "unchanged",
    "medicines_review": "unchanged",
    "hand_hygiene": "y",
}
LEAVING = {
    "condition": "stable",
    "tolerance": "well",
    "vitals_stable": "y",
    "observed": "y",
    "knows_number": "y",
    "plan": "Next visit as planned.",
    "no_patient_ink": "asleep",
}
REMOVED = {
    "removed_at": "now",
    "removal_reason": "therapy_complete",
    "tip_intact": "y",
    "pressure_minutes": "3",
    "removal_site": "dry, no swelling",
    "removal_tolerated": "well",
}
SHORT = {"kind": "piv", "side": "left", "site": "forearm", "gauge": "22"}
LONG = {
    "side": "right",
    "placed_here": "n",
    "inserted_on": "-5",
    "inserted_precision": "exact",
    "tip": "caj",
    "tip_method": "ecg",
    "tip_confirmed_on": "-5",
}
PLACED = {
    "placed_here": "y",
    "inserted_at": "now",
    "insertion_antiseptic": "chg_alcohol",
    "attempts": "1",
    "insertion_tolerated": "well",
}
LINES: Mapping[str, dict[str, str]] = {
    "piv": {**SHORT, **PLACED},
    "subcut": {
        "kind": "subcut",
        "side": "left",
        "site": "abdomen",
        "gauge": "26",
        "site_count": "2",
        **PLACED,
    },
    "picc": {
        **LONG,
        "kind": "picc",
        "site": "upper_arm",
        "vein": "basilic",
        "french": "4",
        "catheter_length_cm": "40",
        "inserted_length_cm": "39",
        "external_length_cm": "1",
        "arm_circumference_cm": "31",
        "arm_measured_above_cm": "10",
        "measured_on": "-5",
        "catheter_end": "clamped",
    },
    "port": {**LONG, "kind": "port", "site": "chest"},
}
CHECKS: Mapping[str, dict[str, str]] = {
    "piv": {"left_as": "removed"},
    "subcut": {},
    "picc": {
        "dressing_dated": "-3",
        "external_length_cm": "1",
        "arm_circumference_cm": "31",
    },
    "port": {"dressing_dated": "-3", "accessed": "y"},
}


class Bedside(Person):
    """One nurse, one therapy, one visit."""

    def __init__(self, qtbot: QtBot, window: Window, clock: SteppingClock, told: Told) -> None:
        super().__init__(qtbot, window)
        self.clock, self.told = clock, told
        self.chart: WholeVisit | None = None

    @property
    def inside(self) -> Inside:
        inside = self.window.inside
        assert inside is not None
        return inside

    @property
    def workspace(self) -> Workspace:
        return self.window.findChildren(self._workspace_type())[0]

    def _workspace_type(self) -> type[Workspace]:
        from infusion_visits.visits.panel.workspace import Workspace

        return Workspace

    def unlock(self) -> None:
        """The passphrase, as at every morning."""
        self.until(lambda: self.focus.objectName() == "unlock.passphrase", "the passphrase")
        self.type_text(PASSPHRASE)
        self.enter()
        self.until(lambda: self.window.inside is not None, "the house")
        self.settle()

    def answer(self, text: str) -> None:
        """As a person; in a list of checks `all` ticks each."""
        focus = self.focus
        if not isinstance(focus, Check):
            super().answer(text)
            return
        assert text == "all", text
        row = focus.parentWidget()
        assert isinstance(row, CheckList)
        for _ in row.checks:
            self.press(Key.Key_Space)
            self.press(Key.Key_Right)
        self.enter()

    def open_chart(self) -> None:
        self.press(Key.Key_2, CONTROL)
        self.settle()
        self.until_at("patients.search")
        self.type_text("okafor")
        self.enter()
        self.until_at("chart.plan")

    def write_order(self) -> None:
        """A few letters, what is found, the prescriber's own figures, in use."""
        self.press(Key.Key_O, CONTROL)
        self.until_at("order.therapy")
        self.type_text(self.told.typed)
        for _ in range(self.told.down):
            self.press(Key.Key_Down)
        self.enter()
        self.until(lambda: self.at.endswith("/dose"), "the dose")
        self.settle()
        self.fill(self.told.order, most=120)
        self.settle()
        if self.told.rate:
            # What is missing is said at once, and the first of it leads to its field.
            self.press(Key.Key_U, CONTROL)
            self.settle()
            self.enter()
            self.until(lambda: self.at.endswith("/rate"), "the rate")
            self.fill(self.told.rate)
        self.press(Key.Key_U, CONTROL)
        self.settle()
        self.until(lambda: self.at.startswith("chart."), "the order in use")

    def start_visit(self) -> None:
        self.press(Key.Key_P, CONTROL)
        self.until_at("plan.kind")
        self.press(Key.Key_Return, CONTROL)
        self.until(lambda: self.at.startswith("arrival/"), "the visit")
        self.settle()

    def chart_the_usual(self) -> None:
        """Arrival, screening, the assessment, the kit, the line and its check."""
        visit = self.workspace.visit_desk
        assert visit is not None
        record = visit.visit.view(self.clock.now()).record
        self.chart = WholeVisit(
            self.inside.house.unit,
            self.clock,
            record.visit.patient,
            UUID(int=0),
            record.visit.id,
        )
        one = self.chart
        one.append("arrival", Row("arrival"), **ARRIVAL)
        nothing = dict.fromkeys(SCREENING, "n")
        one.append("screening", Row("screening_answer"), at="now", **nothing)
        one.assess()
        self._place_line(one, self.told.line)
        if self.told.glucose:
            one.record("assessment", Row("assessment"), endocrine="normal")
        for number in self.told.watch:
            one.append("assessment", Row("therapy_watch", (number,)), answer="no")
        for more in self.told.usual:
            one.append(more.section, Row(more.group, more.at), **more.texts)
        self.clock.at = NOW
        self.clock.forward(minutes=10)
        self.reload()

    def _place_line(self, one: WholeVisit, kind: str) -> None:
        device = one.append("devices", Row("access_device"), **LINES[kind]).at[0]
        assert isinstance(device, UUID)
        one.device = device
        check = {
            **normal_answers(kind, kind == "port"),
            "checked_at": "now",
            **CHECKS[kind],
        }
        if kind != "subcut":
            one.append("devices", Row("lumen", (device,)), label="single")
        one.append("devices", Row("device_check", (device,)), **check)
        if kind != "subcut":
            lumen = {
                "flush": "easy",
                "blood_return_before": "brisk",
                "blood_return_after": "brisk",
                "saline_ml": "20",
            }
            one.append("devices", Row("lumen_check", (device, 1)), **lumen)

    def reload(self) -> None:
        """The workspace reads what was charted behind it, as after another's change."""
        desk = self.workspace.visit_desk
        assert desk is not None
        self.settle()
        desk.reload()
        self.settle()

    def set_up(self) -> None:
        """The infusion is set up at the keys, with its lot."""
        self.press(Key.Key_F6, CONTROL)
        self.settle()
        self.until(lambda: self.at.startswith("infusion/infusion/1/"), "the set-up")
        self.fill(self.told.set_up)
        self.walk_to("add product_lot")
        self.enter()
        self.until(lambda: self.at.endswith("/product"), "the lot")
        self.fill(self.told.lot)
        self.settle()

    def act(self, kind: str, answers: Sequence[str]) -> None:
        """An act by its key, or by its button: what it asks, and Space keeps it."""
        if kind in ACTS:
            self.press(*ACTS[kind])
        else:
            self.press(Key.Key_B, CONTROL)
            self.press(Key.Key_F6, CONTROL)
            self.walk_to(BUTTONS[kind])
            self.press(Key.Key_Space)
        self.settle()
        for text in answers:
            self.type_text(text)
            self.enter()
        self.press(Key.Key_Space)
        self.settle()
        form = self.workspace.forms.form("infusion")
        assert form is not None
        acts = form.acts
        assert acts.strip is None, f"{kind} was not kept: {acts.found.shown} {self.stops()}"

    def row(self, group: str, answers: Mapping[str, str]) -> None:
        """A further row of the infusion, by its button."""
        self.press(Key.Key_B, CONTROL)
        self.press(Key.Key_F6, CONTROL)
        self.walk_to(f"add {group}")
        self.enter()
        self.until(lambda: self.at.startswith(f"infusion/{group}/"), group)
        self.settle()
        self.fill(answers)
        self.settle()

    def vitals(self, line: str) -> None:
        """A set in one line; a doubted one is kept by a second Enter."""
        self.press(Key.Key_M, CONTROL)
        self.until_at("vitals/vital_signs/line")
        self.type_text(line)
        self.enter()
        self.settle()

    def flagged(self, line: str, asks: str, why: str) -> None:
        """A figure out of range: said while it is typed, the reason asked for once."""
        self.press(Key.Key_M, CONTROL)
        self.until_at("vitals/vital_signs/line")
        self.type_text(line)
        told = self.workspace.vitals_line.said.text().replace("\u00a0", " ")
        assert told == f"{asks}. Say why after ;", told
        before = self.codes().count("vitals.context")
        self.type_text(f" ; {why}")
        assert self.workspace.vitals_line.said.text() == ""
        self.enter()
        self.settle()
        assert self.codes().count("vitals.context") == before

    def codes(self) -> list[str]:
        """The codes of all that the rules have to say now."""
        desk = self.workspace.visit_desk
        assert desk is not None
        return [one.code for one in desk.visit.view(self.clock.now()).findings]

    def wait(self, minutes: int) -> None:
        """Time goes by; the pane counts on."""
        self.clock.forward(minutes=minutes)
        self.workspace.refresh()

    def sees(self, words: str) -> None:
        """The words stand on the screen."""
        said = self.said()
        assert words in said, f"{words!r} is not seen; seen is\n{said}"

    def go_to_section(self, name: str) -> None:
        """Ctrl and page down, until the keys are at a control of the section."""
        for _ in range(20):
            if self.at == name:
                return
            self.press(Key.Key_PageDown, CONTROL)
            self.settle()
        raise AssertionError(f"no section begins with {name}; the keys are at {self.at!r}")

    def reaction(self, told: Mapping[str, Any]) -> None:
        """One key stops the pump; a sign by its letter, the grade as suggested, who was told."""
        self.press(Key.Key_F9)
        self.settle()
        self.type_text(told["reaction"])
        self.press(Key.Key_Space)
        self.settle()
        self.press(Key.Key_G, ALT)
        self.settle()
        self.strip(Key.Key_P, told["told"])

    def strip(self, key: Key, answers: Sequence[str] = ()) -> None:
        """What a key of the reaction asks, and Space on its button."""
        self.press(key, ALT)
        for text in answers:
            self.type_text(text)
            self.enter()
        for _ in range(len(self.window.findChildren(QLineEdit))):
            if isinstance(self.focus, KeyedButton):
                break
            self.enter()
        self.press(Key.Key_Space)
        self.settle()

    def close(self, answers: Mapping[str, str]) -> None:
        """The reaction is over: what its form asks, then its outcome."""
        self.asked(answers)
        self.go_to_complications()
        self.press(Key.Key_C, ALT)
        self.settle()
        self.fill(SAID["closed"])

    def go_to_complications(self) -> None:
        """Ctrl and page up, until it is their section."""
        for _ in range(20):
            if self._section == "complications":
                return
            self.press(Key.Key_PageUp, CONTROL)
            self.settle()
        raise AssertionError(f"no complications from {self._section}")

    @property
    def _section(self) -> str:
        place = self.workspace.place
        return place.section if place is not None else ""

    def missed(self, key: str) -> None:
        """Why each set was not taken in time, by one key at its line."""
        assert self._unexplained(), "no set is missed or late"
        self.workspace.show_section("vitals")
        for _ in range(60):
            if any(isinstance(one, ActRow) for one in self.above()):
                self.type_text(key)
                self.settle()
            if not self._unexplained():
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"still unexplained: {self._unexplained()}")

    def _unexplained(self) -> list[str]:
        desk = self.workspace.visit_desk
        assert desk is not None
        due = desk.visit.view(self.clock.now()).facts.vitals_due
        return [f"{one.at:%H:%M} {one.state}" for one in due if wants_reason(one)]

    def complication(self, told: Mapping[str, Any]) -> None:
        """Noted by its name, then by the keys of what follows: done, told, recheck, closed."""
        self.go_to_section("add complication")
        self.type_text(told["name"])
        self.enter()
        self.settle()
        self.until(lambda: "/complication_step/" in f"/{self.at}", "the first step")
        self.fill(told["seen"])
        # Enter in the last field of a step goes on to the next section.
        self.go_to_complications()
        for number in told.get("actions", ()):
            self.press(Key(Key.Key_0 + number), ALT)
            self.settle()
        for name, key in STEPS.items():
            self.press(key, ALT)
            self.settle()
            self.fill({**SAID[name], **told.get(name, {})})
        self.asked(told["asked"])

    def asked(self, answers: Mapping[str, str]) -> None:
        """What the kind asks besides: Ctrl+J from one to the next."""
        self.answer_at(
            {f"complications/complication/*/{name}": text for name, text in answers.items()}
        )

    def chart_leaving(self) -> None:
        """The line as it is left, and the departure."""
        one = self.chart
        assert one is not None
        assert one.device is not None
        if self.told.access == "removed":
            one.record("devices", Row("access_device", (one.device,)), **REMOVED)
        leaving = {**LEAVING, "access": self.told.access, **self.told.leaving}
        one.append("departure", Row("departure"), **leaving, time_out="now")
        self.reload()

    def sign(self) -> None:
        """Nothing is missing; the passphrase."""
        assert (left := self.stops()) == [], left
        self.press(Key.Key_Return, CONTROL)
        self.settle()
        self.until_at("sign.passphrase")
        self.type_text(PASSPHRASE)
        self.enter()
        self.until_at("note.export")
        self.settle()

    def stops(self) -> list[str]:
        """What still shuts a gate."""
        desk = self.workspace.visit_desk
        assert desk is not None
        found = desk.visit.view(self.clock.now()).findings
        return [f"{one.words} {one.cell}" for one in stops(found, *CLOSING)]

    def live(self) -> None:
        """The course, step by step, as the table tells it."""
        for told in self.told.course:
            self.do(dict(told))

    def do(self, told: dict[str, Any]) -> None:
        """One thing of the course."""
        verb = next(iter(told))
        doing: dict[str, Callable[[], None]] = {
            "wait": lambda: self.wait(told["wait"]),
            "act": lambda: self.act(told["act"], told.get("says", ())),
            "vitals": lambda: self.vitals(told["vitals"]),
            "flagged": lambda: self.flagged(told["flagged"], told["asks"], told["why"]),
            "sees": lambda: self.sees(told["sees"]),
            "missed": lambda: self.missed(told["missed"]),
            "asked": lambda: self.answer_at(told["asked"]),
            "set_up": self.set_up,
            "row": lambda: self.row(told["row"], told["says"]),
            "name": lambda: self.complication(told),
            "reaction": lambda: self.reaction(told),
            "resumed": lambda: self.strip(Key.Key_U),
            "stopped": lambda: self.strip(Key.Key_X, told["stopped"]),
            "closed": lambda: self.close(told["closed"]),
        }
        doing[verb]()

    def said(self) -> str:
        """All words that are seen."""
        words = [one.text() for one in self.window.findChildren(PlainWords) if one.isVisible()]
        shown = [
            words
            for lines in self.window.findChildren(FindingLines)
            if lines.isVisible()
            for words in (one.words for one in lines.shown)
        ]
        return "\n".join((*words, *shown)).replace("\u00a0", " ").replace("\u2060", "")

    def read_pdf(self, to: Path) -> str:
        """The finished note, as text."""
        self.inside.screen_of("note").save_to(to)
        self.settle()
        with pypdfium2.PdfDocument(to) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
        return " ".join(" ".join(pages).replace("\u2060", "").split())
