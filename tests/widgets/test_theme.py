from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from infusion_visits.widgets import theme
from infusion_visits.widgets.tokens import DARK, LIGHT, Tokens, contrast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

GROUNDS = ("canvas", "surface", "accent_wash", "ok_wash", "warn_wash", "danger_wash")
INKS = ("text", "quiet", "accent", "ok", "warn", "danger")


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_the_published_formula(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=lambda worn: worn.name)
def test_every_text_pair_reaches_four_and_a_half(worn: Tokens) -> None:
    pairs = [*product(INKS, GROUNDS), ("on_accent", "accent")]
    poor = {
        (ink, ground): contrast(getattr(worn, ink), getattr(worn, ground))
        for ink, ground in pairs
        if contrast(getattr(worn, ink), getattr(worn, ground)) < 4.5
    }
    assert not poor


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=lambda worn: worn.name)
def test_every_border_and_ring_reaches_three(worn: Tokens) -> None:
    poor = {
        (ink, ground)
        for ink, ground in product(("line", "focus", "accent", "danger"), GROUNDS)
        if contrast(getattr(worn, ink), getattr(worn, ground)) < 3
    }
    assert not poor


def test_the_schemes_change_the_whole_application(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert theme.tokens() is DARK
    assert qapp.palette().window().color().name() == DARK.canvas.lower()
    theme.apply(qapp, "light")
    assert theme.tokens() is LIGHT
    assert qapp.palette().text().color().name() == LIGHT.text.lower()


def test_the_program_brings_its_own_face_with_figures_of_one_width() -> None:
    face = theme.font(15)
    assert QFontInfo(face).family() == theme.FACE
    metrics = QFontMetricsF(face)
    widths = {metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}
    assert len(widths) == 1


def test_a_scheme_that_does_not_exist_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(qapp, "sepia")
