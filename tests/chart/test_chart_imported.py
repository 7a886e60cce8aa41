"""Patients from files: dropped on the screen, told in a report, and nothing of them unseen."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from infusion_visits.core.units import NBSP
from infusion_visits.patients.queries import list_patients, load_chart
from infusion_visits.patients.rules import kilograms
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.act_row import ActRow
from tests.chart.room import CONTROL, Key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from infusion_visits.patients.values import PatientChart
    from tests.chart.room import Room

SAMPLES = Path(__file__).parents[1] / "data" / "fhir"


def mime_of(urls: Sequence[QUrl]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls(list(urls))
    return mime


def drop(room: Room, paths: Sequence[Path]) -> None:
    """A hand that drags files over the screen and lets go: Qt's own events, sent as Qt does."""
    mime = mime_of([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    at = QPointF(600, 300)
    enter = QDragEnterEvent(at.toPoint(), copy, mime, left, none)
    QApplication.sendEvent(room.panel, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(at, copy, mime, left, none)
    QApplication.sendEvent(room.panel, let_go)
    assert let_go.isAccepted()


def people(room: Room) -> dict[str, UUID]:
    with room.unit_for(write=False) as unit:
        return {one.name: one.id for one in list_patients(unit)}


def test_files_dropped_come_in_and_the_report_says_how_many(room: Room) -> None:
    drop(room, [SAMPLES / "patient-01.json", SAMPLES / "patient-02.json"])
    room.settle()

    assert len(people(room)) == 2
    assert "2 patients added" in room.words(room.panel.report)
    assert room.at == "import.done"
    room.press(Key.Key_Return)
    assert room.at == "patients.search"


def test_a_folder_with_a_faulty_file_tells_it_and_takes_the_others(
    room: Room, tmp_path: Path
) -> None:
    folder = tmp_path / "from the hospital"
    folder.mkdir()
    shutil.copy(SAMPLES / "patient-01.json", folder)
    (folder / "cut.json").write_text('{"resourceType": "Bundle", "entry": [')

    drop(room, [folder])
    room.settle()

    assert len(people(room)) == 1
    words = room.words(room.panel.report)
    assert "1 file was refused, 1 patient added" in words
    assert "cut.json" in words


def test_what_is_no_file_of_this_computer_is_not_taken(room: Room) -> None:
    mime = mime_of([QUrl("https://example.org/patient.json")])
    event = QDragEnterEvent(
        QPointF(600, 300).toPoint(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()

    QApplication.sendEvent(room.panel, event)

    assert not event.isAccepted()


def test_escape_ends_an_import_under_way_and_what_was_read_stays(room: Room) -> None:
    files = sorted(SAMPLES.glob("patient-*.json"))
    strip = room.panel.files.strip

    room.panel.search.take_focus()
    drop(room, files)
    room.qtbot.waitUntil(lambda: strip.isVisible() and strip.bar.value() >= 1)
    assert strip.words.text().endswith(".json")
    room.press(Key.Key_Escape)
    room.settle()

    assert 0 < len(people(room)) < len(files)
    assert "Cancelled." in room.words(room.panel.report)
    assert not strip.isVisible()


def test_a_report_takes_no_field_from_somebody_who_types(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_O, CONTROL)
    room.press(Key.Key_Insert)
    assert room.at.endswith("/drug")

    drop(room, [SAMPLES / "patient-01.json"])
    room.settle()

    assert room.at.endswith("/drug")
    assert "1 patient added" in room.words(room.panel.files)
    QTest.mouseClick(room.panel.files.message._act, Qt.MouseButton.LeftButton)
    room.settle()
    assert "1 patient added" in room.words(room.panel.report)


def test_a_second_import_waits_for_the_first(room: Room) -> None:
    drop(room, sorted(SAMPLES.glob("patient-*.json")))
    drop(room, [SAMPLES / "patient-01.json"])

    assert "Files are being read." in room.words(room.panel.files)
    room.settle()
    assert not room.panel.files.under_way


def everything(chart: PatientChart) -> list[str]:
    """Each thing that a file brought, in the words that must be seen somewhere."""
    person = chart.patient
    assert person is not None
    said = [person.telephone, person.language, *(person.address or "").splitlines()]
    said += [person.other_names]
    said += [row.value for row in chart.patient_identifier]
    said += [row.words for row in chart.condition]
    said += [row.words for row in chart.home_medicine]
    said += [row.substance for row in chart.allergy]
    said += [row.name for row in chart.contact]
    said += [kilograms(row.weight_kg).replace(NBSP, " ") for row in chart.weight if row.weight_kg]
    said += [f"{row.height_cm:.1f}".rstrip("0").rstrip(".") for row in chart.height]
    return [words for words in said if words]


def test_nothing_imported_is_invisible(room: Room) -> None:
    room.panel.bring_in([SAMPLES])
    room.settle()
    for patient in people(room).values():
        room.open(patient)
        with room.unit_for(write=False) as unit:
            chart = load_chart(unit, patient)

        seen = room.words()

        for words in everything(chart):
            assert words in seen, words


def test_every_imported_measurement_stands_in_the_list(room: Room) -> None:
    room.panel.bring_in([SAMPLES / "patient-01.json"])
    room.settle()
    (patient,) = people(room).values()
    room.open(patient)
    count = len(room.chart(patient).past_measurement)
    assert room.find(ActButton, "chart.measurements").word == f"{count} imported measurements"

    room.press(Key.Key_M, CONTROL)
    page = room.panel.measurements
    rows = page.findChildren(ActRow)
    for row in rows:
        row.setFocus()
        room.press(Key.Key_Return)

    assert f"{count} of {count} figures" in room.words(page)
    figures = {row.value for row in room.chart(patient).past_measurement}
    assert figures
    assert len([label for label in page.findChildren(QLabel) if " 20" in label.text()]) >= count
    room.panel.measurements.line.setFocus()
    room.type_text("blood")
    left = [row.accessibleName() for row in page.findChildren(ActRow) if row.isVisible()]
    assert [name.partition(":")[0] for name in left] == ["Blood pressure"]
    room.press(Key.Key_Escape)
    assert room.at == "chart.measurements"


def test_imported_readings_are_drawn_and_another_vital_is_an_arrow_away(room: Room) -> None:
    room.panel.bring_in([SAMPLES / "patient-01.json"])
    room.settle()
    (patient,) = people(room).values()
    room.open(patient)
    card = room.panel.overview.trends
    assert card.picture.isVisible()
    assert "3 of 3 readings shown, 3 of them imported" in room.words(card)

    card.pills.take_focus()
    room.press(Key.Key_Right)

    assert "Newest: weight" in room.words(card)
    room.panel.reread()
    room.settle()
    assert "Newest: weight" in room.words(room.panel.overview.trends)
