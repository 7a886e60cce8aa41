"""Settings: the agency, the people, paper and units, the look, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from infusion_visits import __version__
from infusion_visits.app.agency_logo import AgencyLogo
from infusion_visits.app.file_names import FileNamesCard
from infusion_visits.app.watched_card import WatchedCard
from infusion_visits.app.watched_folder import WATCHED
from infusion_visits.core.desk import Place
from infusion_visits.core.fields import Option
from infusion_visits.exchange.note_file import PAPER
from infusion_visits.records.check import check, is_whole
from infusion_visits.team import actions as team
from infusion_visits.team.queries import UNITS
from infusion_visits.visits.queries import load_people
from infusion_visits.visits.signing import faults_of_signed
from infusion_visits.widgets import theme
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infusion_visits.app.house import House
    from infusion_visits.core.desk import Desk, Who
    from infusion_visits.records.check import Checked
    from infusion_visits.records.unit_of_work import UnitOfWork

LOOK = "look"
WIDTH = 720
LOINC = (
    "This material contains content from LOINC (loinc.org). LOINC is copyright © Regenstrief "
    "Institute, Inc. and the LOINC Committee and is available at no cost under the license at "
    "loinc.org/license. UCUM is copyright © Regenstrief Institute, Inc. NEWS2: Royal College of "
    "Physicians, 2017. Fonts: Atkinson Hyperlegible (Braille Institute) and Inter, SIL Open Font "
    "License 1.1. Six words: Electronic Frontier Foundation, short word list 2.0, CC BY 3.0 US."
)


class SettingsScreen(QWidget):
    """Every choice is kept at once; there is nothing to save."""

    lock_after = Signal(int)
    watch = Signal(str)

    def __init__(self, house: House, desk: Desk[UnitOfWork], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._house, self._desk = house, desk
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setSpacing(12)
        column.addWidget(PlainWords("Settings", "title"))
        self._agency = Card("Agency")
        column.addWidget(self._agency)
        self._team = Card("Team")
        column.addWidget(self._team)
        column.addWidget(self._choices())
        self._file_names = FileNamesCard(desk)
        column.addWidget(self._file_names)
        self._catalogues = Card("Catalogues")
        column.addWidget(self._catalogues)
        column.addWidget(self._coming_in())
        column.addWidget(self._record())
        column.addWidget(self._about())
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inner))

    def arrive(self, _place: Place) -> None:
        """Shows who is in the team, and what counts of the agency's own catalogues."""
        self._show_agency()
        self._show_catalogues()
        self._file_names.arrive()
        self._desk.run.act(load_people, self._show_team)
        self._logo.arrive()
        self._paper.pills[0].setFocus()

    def _show_agency(self) -> None:
        agency, card = self._house.agency, self._agency
        card.clear()
        card.add(PlainWords(agency.name, "strong"))
        if agency.telephone:
            card.add(PlainWords(f"Telephone {agency.telephone}"))
        card.add(PlainWords(f"Time zone {agency.zone}", "small"))
        self._logo = AgencyLogo(self._house, self._desk)
        card.add(self._logo)
        if self._house.demo:
            card.add(PlainWords("This is the demo agency. Its people are made up.", "warn"))

    def _show_team(self, people: Sequence[Who]) -> None:
        self._team.clear()
        for who in people:
            here = " (unlocked now)" if who.id == self._desk.member.id else ""
            self._team.add(PlainWords(f"{who.signed_name}: {who.role}{here}"))
        manage = ActButton("Team and certificates")
        manage.setObjectName("settings.team")
        manage.clicked.connect(lambda: self._desk.open(Place("team")))
        self._team.add(manage)

    def _choices(self) -> Card:
        card = Card("Paper, units, look")
        settings = self._house.settings
        self._paper = self._pills(
            card,
            "Paper of the note",
            (Option("letter", "US Letter"), Option("a4", "A4")),
            settings.get(PAPER, "letter"),
            lambda key: self._keep(PAPER, key),
        )
        units = dict(settings.get(UNITS, {}))

        def unit(code: str) -> None:
            units["temperature"] = code
            self._keep(UNITS, units)

        self._pills(
            card,
            "Temperature is typed in (from the next visit that is opened)",
            (Option("[degF]", "°F"), Option("Cel", "°C")),
            units.get("temperature", "Cel"),
            unit,
        )
        self._pills(
            card,
            "Look",
            (Option("light", "light"), Option("dark", "dark"), Option("system", "as the system")),
            settings.get(LOOK, "system"),
            self._wear,
        )
        self._pills(
            card,
            "Lock when nothing is typed for",
            tuple(Option(str(minutes), f"{minutes} min") for minutes in (2, 5, 10, 15)),
            str(settings.get("lock_minutes", 5)),
            self._lock_after,
        )
        return card

    def _pills(
        self,
        card: Card,
        label: str,
        options: tuple[Option, ...],
        key: str,
        chosen: Callable[[str], None],
    ) -> PillRow:
        words = PlainWords(label, "label")
        words.setContentsMargins(0, 8, 0, 0)
        card.add(words)
        row = PillRow(options)
        row.setAccessibleName(label)
        row.set_key(key)
        row.moved.connect(lambda: chosen(row.key()))
        row.picked.connect(lambda: chosen(row.key()))
        card.add(row)
        return row

    def _keep(self, key: str, value: object) -> None:
        self._house.settings = {**self._house.settings, key: value}
        self._desk.run.act(lambda unit: team.choose(unit, key, value))

    def _wear(self, scheme: str) -> None:
        self._keep(LOOK, scheme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, scheme)

    def _lock_after(self, minutes: str) -> None:
        self._keep("lock_minutes", int(minutes))
        self.lock_after.emit(int(minutes))

    def _show_catalogues(self) -> None:
        card, standing = self._catalogues, self._house.standing
        card.clear()
        counting = [one.title for one in standing if one.counts]
        if counting:
            card.add(PlainWords(f"The agency's own figures count in: {', '.join(counting)}."))
        else:
            card.add(PlainWords("The program's own clinical figures count, with their sources."))
        for one in standing:
            if one.trouble:
                card.add(PlainWords(one.trouble, "warn"))
        browse = ActButton("Browse catalogues")
        browse.setObjectName("settings.catalogues")
        browse.clicked.connect(lambda: self._desk.open(Place("catalogues")))
        card.add(browse)

    def _coming_in(self) -> Card:
        card = WatchedCard(str(self._house.settings.get(WATCHED, "")))

        def chosen(folder: str) -> None:
            self._keep(WATCHED, folder)
            self.watch.emit(folder)

        card.chosen.connect(chosen)
        return card

    def _record(self) -> Card:
        card = Card("Record")
        card.add(PlainWords(str(self._house.unlocked.record.folder), "code"))
        card.add(
            PlainWords(
                "Encrypted with a key that only the members' passphrases open. "
                "Ask the laptop's own disk encryption to be on as well: swap and hibernation "
                "lie outside this program.",
                "small",
            )
        )
        self._check = ActButton("Check the record")
        self._check.setObjectName("settings.check")
        self._check.clicked.connect(self._ask_check)
        card.add(self._check)
        self._checked = PlainWords("", "small")
        card.add(self._checked)
        return card

    def _ask_check(self) -> None:
        self._check.setEnabled(False)
        self._checked.say("Checking every page, key and signature ...")
        house = self._house
        folder = house.unlocked.record.folder

        def work(_progress: object) -> tuple[Checked, ...]:
            with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
                return check(unit, folder, {"Signatures of visits": faults_of_signed})

        self._desk.run.long(work, self._show_check)

    def _show_check(self, found: Sequence[Checked]) -> None:
        self._check.setEnabled(True)
        bad = [one for one in found if not one.good]
        if is_whole(found):
            self._checked.say(f"All {len(found)} things that were looked at are well.", "ok")
        else:
            words = " ".join(f"{one.what}: {one.words}" for one in bad)
            self._checked.say(f"Not whole. {words}", "danger")

    def _about(self) -> Card:
        card = Card("About")
        card.add(PlainWords(f"Infusion Visits {__version__}"))
        card.add(
            PlainWords(
                "Decision support, per agency protocol and prescriber's order. The program "
                "supports a decision; it never makes one.",
                "small",
            )
        )
        card.add(PlainWords(LOINC, "small"))
        return card
