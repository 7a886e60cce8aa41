"""The look as plain values, and the one place that gives it to the application.

Colours are named by what they say (`danger` can hurt, `warn` needs a person, `ok` was checked).
Every text pair is 4.5:1 or more and every control border and focus ring 3:1 or more, on each
ground it stands on; a test computes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from infusion_visits.core.resources import resources_folder
from infusion_visits.widgets.style_sheet import style_sheet
from infusion_visits.widgets.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FACE = "Atkinson Hyperlegible Next"
MONO = "Atkinson Hyperlegible Mono"
FALLBACK = "Inter"

_FONT_FILES = (
    "AtkinsonHyperlegibleNext_400Regular.ttf",
    "AtkinsonHyperlegibleNext_400Regular_Italic.ttf",
    "AtkinsonHyperlegibleNext_600SemiBold.ttf",
    "AtkinsonHyperlegibleNext_700Bold.ttf",
    "AtkinsonHyperlegibleMono_400Regular.ttf",
    "AtkinsonHyperlegibleMono_600SemiBold.ttf",
    "Inter_400Regular.ttf",
    "Inter_700Bold.ttf",
)


class Scheme(StrEnum):
    """Light, dark, or as the system says, which is followed only when asked for."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Size:
    """Pixels of type at 100 %: 13 small, 15 text, 18 section, 20 title, 30 countdown."""

    SMALL = 13
    TEXT = 15
    SECTION = 18
    TITLE = 20
    COUNTDOWN = 30


class Space:
    """The only distances there are, in pixels at 100 %."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


CONTROL = 34
RADIUS = 6
CARD_RADIUS = 8


@dataclass
class _Worn:
    tokens: Tokens = LIGHT
    fonts_loaded: bool = False


_WORN = _Worn()


def tokens() -> Tokens:
    """The colours in force; painting code asks at each paint, so that a change of scheme shows."""
    return _WORN.tokens


def colour(name: str) -> QColor:
    """The colour of a token, such as `danger` or `accent_wash`."""
    return QColor(getattr(_WORN.tokens, name))


def load_fonts() -> None:
    """Makes the program's own faces known to Qt; the system's fonts are never needed."""
    if _WORN.fonts_loaded:
        return
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / name))
    _WORN.fonts_loaded = True


def font(size: int = Size.TEXT, weight: int = 400, *, mono: bool = False) -> QFont:
    """The program's face in `size` pixels with figures of one width, so that columns stand."""
    return QFont(_font(size, weight, mono))


@cache
def _font(size: int, weight: int, mono: bool) -> QFont:
    made = QFont([MONO if mono else FACE, FALLBACK])
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    if hasattr(made, "setFeature"):
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette(worn: Tokens) -> QPalette:
    """The tokens as Qt's palette, for what the style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: worn.canvas,
        QPalette.ColorRole.WindowText: worn.text,
        QPalette.ColorRole.Base: worn.surface,
        QPalette.ColorRole.AlternateBase: worn.canvas,
        QPalette.ColorRole.Text: worn.text,
        QPalette.ColorRole.Button: worn.surface,
        QPalette.ColorRole.ButtonText: worn.text,
        QPalette.ColorRole.BrightText: worn.danger,
        QPalette.ColorRole.Highlight: worn.accent,
        QPalette.ColorRole.HighlightedText: worn.on_accent,
        QPalette.ColorRole.PlaceholderText: worn.quiet,
        QPalette.ColorRole.ToolTipBase: worn.surface,
        QPalette.ColorRole.ToolTipText: worn.text,
        QPalette.ColorRole.Link: worn.accent,
        QPalette.ColorRole.Mid: worn.hair,
        QPalette.ColorRole.Dark: worn.line,
        QPalette.ColorRole.Light: worn.surface,
        QPalette.ColorRole.Accent: worn.accent,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(worn.quiet))
    return made


def apply(app: QApplication, scheme: str = Scheme.LIGHT) -> Tokens:
    """Dresses the whole application in `scheme` ("light", "dark" or "system")."""
    load_fonts()
    wanted = Scheme(scheme)
    if wanted is Scheme.SYSTEM:
        system = app.styleHints().colorScheme()
        wanted = Scheme.DARK if system is Qt.ColorScheme.Dark else Scheme.LIGHT
    _WORN.tokens = DARK if wanted is Scheme.DARK else LIGHT
    # Each of these dresses every widget anew: what does not differ between schemes is done once.
    if not app.styleSheet():
        app.setStyle("Fusion")
        app.setFont(font())
    app.setPalette(palette(_WORN.tokens))
    app.setStyleSheet(style_sheet(_WORN.tokens))
    return _WORN.tokens
