"""The agency's logo in the settings: seen, chosen, taken away."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from infusion_visits.core.errors import BadFile
from infusion_visits.core.logo import LARGEST_BYTES, TALLEST, WIDEST
from infusion_visits.team import actions as team
from infusion_visits.team.queries import LOGO, may_change_catalogues
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.app.house import House
    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

KINDS = "Pictures (*.png *.jpg *.jpeg *.bmp)"
SHOWN_HEIGHT = 48
_SMALLER = 0.8


def small_png(path: str) -> bytes:
    """The picture of a file as the note carries it: small, on white. Raises BadFile."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise BadFile("logo", "This file is not a picture that can be read.")
    width, height = min(image.width(), WIDEST), min(image.height(), TALLEST)
    while True:
        png = _png(_on_white(image, width, height))
        if len(png) <= LARGEST_BYTES:
            return png
        width, height = max(int(width * _SMALLER), 1), max(int(height * _SMALLER), 1)


def _on_white(image: QImage, width: int, height: int) -> QImage:
    scaled = image.scaled(
        width,
        height,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    sheet = QImage(scaled.size(), QImage.Format.Format_RGB888)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, scaled)
    painter.end()
    return sheet


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


class AgencyLogo(QWidget):
    """The picture with its two acts; what is chosen is kept at once."""

    def __init__(self, house: House, desk: Desk[UnitOfWork], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._desk = house, desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(PlainWords("Logo at the head of each note", "label"))
        self._picture = QLabel()
        column.addWidget(self._picture)
        self._words = PlainWords("", "small")
        column.addWidget(self._words)
        acts = QHBoxLayout()
        self._choose = ActButton("Choose a picture")
        self._choose.setObjectName("settings.logo")
        self._choose.clicked.connect(self._ask)
        self._away = ActButton("Take it away")
        self._away.setObjectName("settings.logo.away")
        self._away.clicked.connect(lambda: self._keep(b""))
        acts.addWidget(self._choose)
        acts.addWidget(self._away)
        acts.addStretch(1)
        column.addLayout(acts)
        self._may = False
        self._allow(may=False)

    def arrive(self) -> None:
        """Offers the acts to whoever may change what the whole agency goes by."""
        self._desk.run.act(may_change_catalogues, lambda may: self._allow(may=may))

    def _allow(self, *, may: bool) -> None:
        self._may = may
        self._choose.setVisible(may)
        self._show(str(self._house.settings.get(LOGO, "")))

    def choose(self, path: str) -> None:
        """Takes the picture of a file."""
        self._desk.run.long(lambda _progress: small_png(path), self._keep)

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Choose the logo", "", KINDS)
        if path:
            self.choose(path)

    def _keep(self, png: bytes) -> None:
        self._desk.run.act(lambda unit: team.choose_logo(unit, png), self._kept)

    def _kept(self, words: str) -> None:
        self._house.settings = {**self._house.settings, LOGO: words}
        self._show(words)

    def _show(self, words: str) -> None:
        picture = QPixmap()
        if words:
            picture.loadFromData(base64.b64decode(words), "PNG")
            picture = picture.scaledToHeight(
                min(SHOWN_HEIGHT, picture.height()), Qt.TransformationMode.SmoothTransformation
            )
        self._picture.setPixmap(picture)
        self._picture.setVisible(bool(words))
        self._picture.setAccessibleName("The agency's logo" if words else "")
        self._away.setVisible(self._may and bool(words))
        self._words.say(
            "Notes signed from now on carry it." if words else "None is chosen; notes go without."
        )
