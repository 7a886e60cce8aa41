"""Exact figures, rounded half up only to be shown; and what every worked result carries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from infusion_visits.core.units import NBSP

MOST_DECIMALS = 4
"""An input is shown with all its decimals up to this many; a longer one is rounded to it."""


class CannotBeWorkedOut(ValueError):
    """The inputs lie outside what the formula is valid for; `words` say why, without figures."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Formula:
    """Which rule made a figure: stored with the result, so that it can be made again."""

    name: str
    version: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A worked figure. `value` is unrounded, in `unit`; `decimals` is how many are shown.

    `keeps_zeros` shows all decimals (37.0, 30.0): right for measurements, never for doses.
    """

    value: Fraction
    unit: str
    decimals: int
    sentence: str
    formula: Formula
    keeps_zeros: bool = False

    @property
    def rounded(self) -> Decimal:
        """The value half up to the decimals shown; for showing and for a pump's entry only."""
        return half_up(self.value, self.decimals)

    @property
    def shown(self) -> str:
        """`142.9 mL/h`, `1,000 mg`: leading zero, no trailing zeros, a no-break space."""
        return figure_words(self.value, self.unit, self.decimals, keeps_zeros=self.keeps_zeros)


def half_up(value: Fraction, decimals: int) -> Decimal:
    """`value` rounded half away from zero to `decimals`, exactly (never by way of a float)."""
    scaled = abs(value) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    return Decimal(-whole if value < 0 else whole).scaleb(-decimals)


def figure_words(value: Fraction, unit: str, decimals: int, *, keeps_zeros: bool = False) -> str:
    """A figure rounded to `decimals` with its unit; without a unit the figure alone."""
    text = f"{half_up(value, decimals):,f}"
    if "." in text and not keeps_zeros:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{NBSP}{unit}" if unit else text


def as_given(value: Fraction, unit: str = "") -> str:
    """An input in words, with the decimals it has (at most four)."""
    return figure_words(value, unit, MOST_DECIMALS)


def signed(value: Fraction, unit: str, decimals: int) -> str:
    """A change in words with its sign: `+2 cm`, `−1.5 cm`, `0 cm`."""
    shown = half_up(value, decimals)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{figure_words(abs(value), unit, decimals)}"


def worked(
    working: str,
    value: Fraction,
    unit: str,
    decimals: int,
    formula: Formula,
    *,
    keeps_zeros: bool = False,
) -> Figure:
    """A figure whose sentence is its working, an equals sign and the figure as shown."""
    shown = figure_words(value, unit, decimals, keeps_zeros=keeps_zeros)
    return Figure(value, unit, decimals, f"{working} = {shown}", formula, keeps_zeros)
