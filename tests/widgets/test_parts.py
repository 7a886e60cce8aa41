from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from reportlab.pdfgen import canvas

from infusion_visits.core import blocks
from infusion_visits.core.blocks import (
    Answer,
    Answers,
    BodyFigure,
    BodyMark,
    BodySite,
    Chart,
    Column,
    ExceptionRow,
    Exceptions,
    Flag,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    RateStep,
    Series,
    SideBySide,
    Span,
    Table,
    Voice,
    plain,
)
from infusion_visits.widgets import theme
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.banner import Banner, BannerWords
from infusion_visits.widgets.blocks_view import BlocksView
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.drawing import BodyView, ChartView
from infusion_visits.widgets.drop_area import DropArea
from infusion_visits.widgets.icons import SHAPES, icon
from infusion_visits.widgets.key_cap import KeyCap
from infusion_visits.widgets.messages import EmptyState, InlineMessage, ProgressStrip
from infusion_visits.widgets.note_pages import page_picture, page_sizes
from infusion_visits.widgets.note_view import NoteView
from infusion_visits.widgets.section_list import Progressed, SectionItem, SectionList
from infusion_visits.widgets.span_words import SpanWords
from tests.widgets.form_setup import NOW, ZONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

HOSTILE = '<img src="file:///etc/passwd"><b>x</b> & "y"'


_SHOWN: list[QWidget] = []


def shown(qtbot: QtBot, widget: QWidget, width: int = 640, height: int = 480) -> QWidget:
    window = QWidget()
    # qtbot closes windows, it does not keep them.
    _SHOWN[:] = [*_SHOWN[-3:], window]
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(widget)
    window.resize(width, height)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    QApplication.processEvents()
    return window


def chart() -> Chart:
    at = [NOW + timedelta(minutes=15 * step) for step in range(5)]
    pulse = Series("Pulse", tuple((time, Decimal(70 + n)) for n, time in enumerate(at)))
    return Chart(
        title="Vitals over the infusion",
        start=at[0],
        end=at[-1],
        zone=ZONE,
        series=(pulse,),
        flags=(Flag(at[3], Decimal(73), "73"),),
        rates=(RateStep(at[0], Decimal(35)), RateStep(at[2], Decimal(70))),
        planned=(),
        bands=(),
        marks=(at[1],),
        alt="Pulse from 70 to 74",
        now=at[4],
    )


FIGURE = BodyFigure((BodyMark(BodySite.LEFT_UPPER_ARM, "PICC"),), "PICC in the left upper arm")
EVERY_BLOCK: tuple[blocks.Block, ...] = (
    Heading(HOSTILE, 1, "beside"),
    Paragraph((Span("Plain "), Span("strong", Voice.STRONG), Span(HOSTILE, Voice.FLAG))),
    Items((plain("one"), (Span("struck", Voice.STRUCK),))),
    Answers((Answer("Pulse", plain("72 /min")), Answer("Pain", plain(HOSTILE)))),
    Table((Column("Time"), Column("Pulse")), ((plain("09:41"), plain("72")),)),
    Exceptions("Exceptions", (ExceptionRow("09:41", plain("Fever"), plain("told")),)),
    Exceptions("Exceptions", (), "No exceptions"),
    SideBySide((Paragraph(plain("left")),), (Paragraph(plain("right")),)),
    chart(),
    FIGURE,
    InkBlock((((0, 0), (500, 100)),), plain("Maren Okafor, 10:12"), "Patient"),
    Keep((Paragraph(plain("kept")),)),
)


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = set(memoryview(image.constBits()).cast("I"))
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels}


def test_every_block_has_a_widget_and_its_words_are_there(qtbot: QtBot) -> None:
    view = BlocksView(EVERY_BLOCK)
    shown(qtbot, view, 900, 1600)
    assert {type(block) for block in EVERY_BLOCK} == set(blocks.Block.__args__)
    said = {words.text() for words in view.findChildren(SpanWords)}
    said |= {label.text() for label in view.findChildren(QLabel)}
    for words in (HOSTILE, f"Plain strong{HOSTILE}", "struck", "72 /min", "09:41", "Fever", "told"):
        assert words in said
    for words in ("No exceptions", "left", "right", "Maren Okafor, 10:12", "kept"):
        assert words in said
    assert "Pulse from 70 to 74" in {
        one.accessibleDescription() for one in view.findChildren(ChartView)
    }
    assert {label.textFormat() for label in view.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_blocks_shown_again_keep_their_widgets(qtbot: QtBot) -> None:
    view = BlocksView((Paragraph(plain("one")),))
    shown(qtbot, view)
    before = view.findChild(SpanWords)
    view.show_blocks((Paragraph(plain("one")),))
    assert view.findChild(SpanWords) is before
    view.show_blocks(())
    assert not [one for one in view.findChildren(SpanWords) if not one.isHidden()]


def test_words_wrap_and_are_never_clipped(qtbot: QtBot) -> None:
    words = SpanWords(plain("word " * 200))
    assert words.heightForWidth(200) > 2 * words.heightForWidth(600)
    assert words.heightForWidth(200) >= words.heightForWidth(400)
    long = SpanWords(plain("x" * 400))
    assert long.heightForWidth(100) > 10 * long.heightForWidth(4000)
    qtbot.addWidget(words)
    qtbot.addWidget(long)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_are_painted_in_the_colours_in_force(
    qtbot: QtBot, qapp: QApplication, scheme: str
) -> None:
    worn = theme.apply(qapp, scheme)
    try:
        picture = ChartView(chart())
        shown(qtbot, picture)
        assert {worn.accent.lower(), worn.danger.lower()} <= colours(picture)
        body = BodyView(FIGURE)
        shown(qtbot, body)
        assert worn.text.lower() in colours(body)
        assert body.accessibleDescription() == "PICC in the left upper arm"
    finally:
        theme.apply(qapp, "light")


def test_a_chart_is_painted_quickly(qtbot: QtBot) -> None:
    from time import perf_counter

    picture = ChartView(chart())
    shown(qtbot, picture, 800, 400)
    took = []
    for _ in range(5):
        begin = perf_counter()
        picture.repaint()
        took.append(perf_counter() - begin)
    assert min(took) < 0.05


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_sign_draws_something(name: str, qapp: QApplication) -> None:
    image = icon(name).pixmap(24, 24).toImage()
    inked = [
        image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
    ]
    assert max(inked) > 128


def test_an_act_is_pressed_by_enter_space_and_the_mouse(qtbot: QtBot) -> None:
    button = ActButton("Hold", "F7", Weight.PRIMARY)
    shown(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 3
    assert button.accessibleName() == "Hold"
    assert button.accessibleDescription() == "key F7"


@pytest.mark.parametrize("weight", list(Weight))
def test_the_focus_is_seen_on_every_kind_of_button(qtbot: QtBot, weight: Weight) -> None:
    button = ActButton("Hold", "F7", weight)
    other = ActButton("Other")
    window = shown(qtbot, button)
    other.setParent(window)
    other.show()
    other.setFocus()
    assert theme.tokens().focus.lower() not in colours(button)
    button.setFocus()
    assert theme.tokens().focus.lower() in colours(button)


def test_an_ampersand_is_no_mnemonic(qtbot: QtBot) -> None:
    button = ActButton("Fever & chills")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Fever & chills"


def test_the_banner_says_who_and_what_must_not_be_forgotten(qtbot: QtBot) -> None:
    banner = Banner()
    words = BannerWords(
        "Okafor, Maren",
        (plain("14 Mar 1979"), (Span("dosing weight "), Span("70 kg", Voice.STRONG))),
        (("Allergic: penicillin (hives)", "danger"), ("No BP on right arm", "warn")),
        "Routine infusion",
    )
    banner.show_words(words)
    shown(qtbot, banner, 1366)
    assert [chip.words for chip in banner.findChildren(Chip)] == [
        "Allergic: penicillin (hives)",
        "No BP on right arm",
    ]
    banner.show_words(words)
    assert len(banner.findChildren(Chip)) == 2
    assert banner.heightForWidth(420) > banner.heightForWidth(1366)


def test_sections_are_walked_and_opened_by_keys_and_mouse(qtbot: QtBot) -> None:
    sections = SectionList()
    items = [
        SectionItem("arrival", "Arrival", Progressed.COMPLETE),
        SectionItem("vitals", "Vitals", Progressed.STARTED),
        SectionItem("devices", "Lines", Progressed.ATTENTION),
        SectionItem("teaching", "Teaching"),
    ]
    picked: list[str] = []
    sections.picked.connect(picked.append)
    sections.show_items(items, "vitals")
    shown(qtbot, sections)
    assert picked == [], "showing is not picking"
    assert [line.accessibleName() for line in sections.lines] == [
        "Arrival, complete",
        "Vitals, started",
        "Lines, needs attention",
        "Teaching, empty",
    ]
    sections.take_focus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert picked == ["devices"]
    qtbot.mouseClick(sections.lines[3], Qt.MouseButton.LeftButton)
    assert picked == ["devices", "teaching"]
    lines = list(sections.lines)
    sections.show_items(items, "teaching")
    assert sections.lines == lines, "the same sections keep their lines"


def test_a_message_is_there_only_with_words(qtbot: QtBot) -> None:
    message = InlineMessage()
    shown(qtbot, message)
    assert not message.isVisible()
    message.say("The visit was recovered. Last saved field 10:09:51.", "warn", "Show it")
    assert message.isVisible()
    with qtbot.waitSignal(message.acted, timeout=1000):
        qtbot.mouseClick(message.findChild(ActButton), Qt.MouseButton.LeftButton)


def test_an_empty_state_says_what_to_do_and_does_it(qtbot: QtBot) -> None:
    empty = EmptyState(
        "No visits today", "Schedule one for a patient.", "Schedule a visit", "Ctrl N"
    )
    shown(qtbot, empty)
    with qtbot.waitSignal(empty.acted, timeout=1000):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert empty.accessibleName().startswith("No visits today")


def test_long_work_shows_how_far_it_is_and_can_be_ended_once(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    shown(qtbot, strip)
    ended: list[bool] = []
    strip.cancelled.connect(lambda: ended.append(True))
    strip.show_progress(3, 30, "Reading patient 3 of 30")
    assert strip.isVisible()
    assert (strip.bar.value(), strip.bar.maximum()) == (3, 30)
    qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    assert ended == [True]
    strip.finish()
    assert not strip.isVisible()


def _drag(kind: type[QDragEnterEvent] | type[QDropEvent], data: QMimeData) -> Any:
    spot: Any = QPointF(5, 5)
    spot = spot.toPoint() if kind is QDragEnterEvent else spot
    args = (spot, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    return kind(*args, Qt.KeyboardModifier.NoModifier)


def test_files_are_dropped_and_web_pages_are_not(qtbot: QtBot) -> None:
    area = DropArea("Drop FHIR files or folders here")
    shown(qtbot, area)
    paths: list[str] = []
    area.dropped.connect(paths.extend)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/folder/one.json"), QUrl("https://example.org/two.json")])
    enter = _drag(QDragEnterEvent, data)
    QApplication.sendEvent(area, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(area, _drag(QDropEvent, data))
    assert paths == ["/folder/one.json"]
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/two.json")])
    enter = _drag(QDragEnterEvent, web)
    enter.ignore()
    QApplication.sendEvent(area, enter)
    assert not enter.isAccepted()


def pdf(pages: int = 3) -> bytes:
    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    for page in range(pages):
        sheet.drawString(72, 700, f"Words of page {page + 1}")
        sheet.showPage()
    sheet.save()
    return out.getvalue()


class AtOnce:
    """Runs long work at once, as the tests' inline runner does."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []
        self.held = False

    def long(self, work: Any, then: Any = None, failed: Any = None) -> Any:
        def do() -> None:
            try:
                result = work(lambda *_: None)
            except Exception as error:  # noqa: BLE001 - the runner's own place for it
                failed(error)
            else:
                then(result)

        if self.held:
            self.waiting.append(do)
        else:
            do()


def test_pages_are_pictures_with_their_words() -> None:
    data = pdf()
    assert [(size.width, size.height) for size in page_sizes(data)] == [(612, 792)] * 3
    picture = page_picture(data, 1, 0.5)
    assert (picture.width, picture.height) == (306, 396)
    assert "Words of page 2" in picture.words


def test_a_note_is_shown_turned_and_zoomed_by_keys(qtbot: QtBot) -> None:
    view = NoteView(AtOnce())
    shown(qtbot, view, 700, 500)
    view.show_note(pdf())
    QApplication.processEvents()
    assert len(view.pages) == 3
    assert all(page.drawn for page in view.pages)
    assert "Words of page 3" in view.pages[2].accessibleDescription()
    assert min(colours(view.pages[0])) < "#404040", "black ink"
    assert "#ffffff" in colours(view.pages[0]), "white paper"
    view.setFocus()
    turned: list[int] = []
    view.turned.connect(lambda page, _of: turned.append(page))
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.current == 1
    assert turned[-1] == 2
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.current == 0
    wide = view.pages[0].width()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.pages[0].width() > wide
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.pages[0].width() < wide
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.pages[0].width() == wide


def test_a_picture_that_comes_late_is_forgotten(qtbot: QtBot) -> None:
    run = AtOnce()
    view = NoteView(run)
    shown(qtbot, view)
    run.held = True
    view.show_note(pdf(3))
    late = run.waiting[:]
    run.held = False
    view.show_note(pdf(1))
    for do in late:
        do()
    assert len(view.pages) == 1


def test_what_is_no_note_is_told(qtbot: QtBot) -> None:
    view = NoteView(AtOnce())
    shown(qtbot, view)
    with qtbot.waitSignal(view.failed, timeout=1000):
        view.show_note(b"no pdf at all")


def test_building_parts_opens_no_window_of_their_own(qtbot: QtBot, qapp: QApplication) -> None:
    def windows() -> list[QWidget]:
        return [one for one in qapp.topLevelWidgets() if one.isVisible()]

    before = len(windows())
    opened: list[QWidget] = []

    parts = [
        InlineMessage("words", "warn", "Act"),
        EmptyState("Title", "Words", "Act"),
        Card("Title"),
        Chip("Words", "ok"),
        KeyCap("Enter"),
        DropArea("Drop"),
        BlocksView(EVERY_BLOCK),
    ]
    for part in parts:
        qtbot.addWidget(part)
    opened = windows()
    assert len(opened) == before, [type(one).__name__ for one in opened]
