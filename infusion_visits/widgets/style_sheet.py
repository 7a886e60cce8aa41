"""The application's one style sheet, written from the tokens.

Widgets say what they are by dynamic properties (`voice` of a label, `ground` of a frame); no
widget carries a style sheet of its own.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infusion_visits.widgets.tokens import Tokens

_SHEET = Template(
    """
QWidget { font-size: 15px; }
QLabel { color: $text; background: transparent; }
QLabel[voice="quiet"] { color: $quiet; }
QLabel[voice="small"] { color: $quiet; font-size: 13px; }
QLabel[voice="label"] { color: $text; font-size: 13px; font-weight: 600; }
QLabel[voice="strong"] { font-weight: 600; }
QLabel[voice="section"] { font-size: 18px; font-weight: 600; }
QLabel[voice="title"] { font-size: 20px; font-weight: 700; }
QLabel[voice="countdown"] { font-size: 30px; font-weight: 700; }
QLabel[voice="accent"] { color: $accent; font-weight: 600; }
QLabel[voice="ok"] { color: $ok; }
QLabel[voice="warn"] { color: $warn; font-weight: 600; }
QLabel[voice="danger"] { color: $danger; font-weight: 600; }
QLabel[voice="code"] { font-family: "Atkinson Hyperlegible Mono"; font-size: 13px; }

QMainWindow, QDialog { background: $canvas; }
QFrame[ground="canvas"] { background: $canvas; border: none; }
QFrame[ground="surface"] { background: $surface; border: none; }
QFrame[ground="card"] { background: $surface; border: 1px solid $hair; border-radius: 8px; }
QFrame[ground="accent"] { background: $accent_wash; border: 1px solid $accent; border-radius: 8px; }
QFrame[ground="ok"] { background: $ok_wash; border: none; border-radius: 6px; }
QFrame[ground="warn"] { background: $warn_wash; border: none; border-radius: 6px; }
QFrame[ground="danger"] { background: $danger_wash; border: none; border-radius: 6px; }
QFrame[ground="quiet"] { background: $canvas; border: 1px solid $hair; border-radius: 6px; }
QFrame[rule="below"] { background: $surface; border: none; border-bottom: 1px solid $hair; }
QFrame[rule="above"] { background: $surface; border: none; border-top: 1px solid $hair; }
QFrame[rule="right"] { background: $surface; border: none; border-right: 1px solid $hair; }
QFrame[rule="left"] { background: $surface; border: none; border-left: 1px solid $hair; }
QFrame[rule="line"] { background: $hair; border: none; max-height: 1px; min-height: 1px; }

QLineEdit, QPlainTextEdit {
  background: $surface; color: $text; border: 1px solid $line; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $quiet;
}
QLineEdit { padding: 0 9px; min-height: 32px; max-height: 32px; }
QLineEdit:focus { border: 2px solid $focus; padding: 0 8px; min-height: 30px; max-height: 30px; }
QPlainTextEdit { padding: 2px 5px; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: 1px 4px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $canvas; border-color: $hair; }
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus { border-color: $focus; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $danger; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus { border-color: $focus; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[bare="true"] { background: transparent; }
QListWidget {
  background: $surface; color: $text; border: 1px solid $line; border-radius: 6px;
  padding: 4px; outline: none;
}
QListWidget[bare="true"] { border: 1px solid transparent; background: transparent; }
QListWidget:focus { border: 2px solid $focus; padding: 3px; }
QListWidget::item { min-height: 28px; padding: 0 8px; border-radius: 4px; color: $text; }
QListWidget::item:hover { background: $canvas; }
QListWidget::item:selected { background: $accent_wash; color: $accent; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical {
  background: $line; border-radius: 3px; min-height: 28px; margin: 2px 3px;
}
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal {
  background: $line; border-radius: 3px; min-width: 28px; margin: 3px 2px;
}
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px 6px; }
QMenuBar { background: $surface; color: $text; }
QMenuBar::item { padding: 6px 10px; background: transparent; }
QMenuBar::item:selected { background: $accent_wash; color: $accent; }
QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_wash; color: $accent; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $hair; margin: 4px 8px; }
QProgressBar {
  background: $hair; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $hair; }
"""
)


def style_sheet(worn: Tokens) -> str:
    """The style sheet in these colours."""
    return _SHEET.substitute(
        {name: getattr(worn, name) for name in worn.__slots__ if name != "name"}
    )
