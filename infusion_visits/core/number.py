"""The field for a figure: units, decimals, and what is physically possible."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from infusion_visits.core.leaf import Columns, Leaf, NotAValue, Sense
from infusion_visits.core.units import NBSP, Unit, half_up, plain_number, unit_of


@dataclass(frozen=True, kw_only=True)
class Number(Leaf):
    """A figure. With units: the canonical value is kept in `name`, what was typed beside it.

    `decimals` is the greatest number of decimals that may be typed and the number shown.
    `low` and `high` bound what is physically possible in the canonical unit, inclusive;
    beyond them the text is refused, so keep them wide. `units[0]` is canonical.
    """

    units: tuple[Unit, ...] = ()
    decimals: int = 0
    low: Decimal | None = Decimal(0)
    high: Decimal | None = None

    @property
    def measured(self) -> bool:
        """Whether the entered text and its unit are kept beside the canonical value."""
        return len(self.units) > 0

    def columns(self) -> tuple[str, ...]:
        """`name`, and for a measured number also what was typed and its unit."""
        if not self.measured:
            return (self.name,)
        return (self.name, f"{self.name}_entered", f"{self.name}_unit")

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        figure, spelled = _split_unit(text)
        unit = self._unit(spelled, sense)
        if isinstance(unit, NotAValue):
            return unit
        try:
            value = Decimal(figure.replace(",", "") if _has_thousands(figure) else figure)
        except InvalidOperation:
            return NotAValue(f"Type a number such as {self._example()}.")
        if not value.is_finite():
            return NotAValue(f"Type a number such as {self._example()}.")
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.decimals:
            places = "no decimals" if self.decimals == 0 else f"at most {self.decimals} decimals"
            return NotAValue(f"{self.label} takes {places}.")
        return self._columns_of(value, figure.replace(",", ""), unit)

    def _columns_of(self, value: Decimal, figure: str, unit: Unit | None) -> Columns | NotAValue:
        canonical = unit.canonical(value) if unit else value
        if self.low is not None and canonical < self.low:
            return NotAValue(f"{self.label} cannot be below {self._bound(self.low, unit)}.")
        if self.high is not None and canonical > self.high:
            return NotAValue(f"{self.label} cannot be above {self._bound(self.high, unit)}.")
        if unit is None:
            return {self.name: canonical}
        kept = value if unit is self.units[0] else half_up(canonical, max(self.decimals, 1) + 3)
        return {
            self.name: kept,
            f"{self.name}_entered": figure,
            f"{self.name}_unit": unit.code,
        }

    def _unit(self, spelled: str, sense: Sense) -> Unit | NotAValue | None:
        if spelled:
            for unit in self.units:
                if spelled.lower() in unit.names:
                    return unit
            known = ", ".join(unit.label for unit in self.units) or "no unit"
            return NotAValue(f"{self.label} is given in {known}.")
        if not self.units:
            return None
        preferred = sense.units.get(self.units[0].quantity)
        return next((unit for unit in self.units if unit.code == preferred), self.units[0])

    def _bound(self, canonical: Decimal, unit: Unit | None) -> str:
        if unit is None:
            return plain_number(canonical)
        return f"{plain_number(unit.from_canonical(canonical), 1)}{NBSP}{unit.label}"

    def _example(self) -> str:
        return "12" if self.decimals == 0 else f"12.{'5'.ljust(self.decimals, '0')}"

    def _text(self, value: Any, columns: Columns, sense: Sense) -> str:
        entered = columns.get(f"{self.name}_entered")
        if not entered:
            # Without what was typed the figure is canonical; a preferred unit must not claim it.
            several = len(self.units) > 1
            return f"{value} {self.units[0].label}" if several else str(value)
        if len(self.units) < 2:
            return str(entered)
        return f"{entered} {unit_of(columns[f'{self.name}_unit']).label}"

    def words(self, columns: Columns, sense: Sense) -> str:
        """The figure as entered with its unit, joined by a no-break space."""
        value = columns.get(self.name)
        if value is None:
            return ""
        entered = columns.get(f"{self.name}_entered") or plain_number(value)
        code = columns.get(f"{self.name}_unit")
        if code:
            return f"{entered}{NBSP}{unit_of(code).label}"
        return f"{entered}{NBSP}{self.units[0].label}" if self.units else str(entered)


def _has_thousands(figure: str) -> bool:
    head, _, _ = figure.partition(".")
    groups = head.split(",")
    return (
        len(groups) > 1
        and 1 <= len(groups[0].lstrip("+-")) <= 3
        and all(len(group) == 3 and group.isdigit() for group in groups[1:])
    )


def _split_unit(text: str) -> tuple[str, str]:
    text = text.replace(NBSP, " ").strip()
    end = 0
    while end < len(text) and (text[end] in "0123456789.,+-"):
        end += 1
    return text[:end].strip(), text[end:].strip()
