"""Quantities: exact numbers whose type is their unit, so that two units cannot be mixed up.

`Kilograms("82.5")` is a Fraction; what is worked with it is a plain Fraction until it is given a
unit again. Floats are refused: they cannot hold 0.1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Self

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, as_given

if TYPE_CHECKING:
    from decimal import Decimal


class Quantity(Fraction):
    """An exact number of `unit`. Raises TypeError for a float."""

    __slots__ = ()
    unit: ClassVar[str] = ""
    called: ClassVar[str] = "The figure"

    def __new__(cls, value: Fraction | Decimal | int | str) -> Self:
        """The quantity of `value`, exactly as written."""
        if isinstance(value, float):
            raise TypeError("a clinical figure is never a float")
        return super().__new__(cls, value)

    @property
    def said(self) -> str:
        """The number with its unit, as given: `82.5 kg`."""
        return as_given(self, self.unit)

    def above_zero(self) -> Self:
        """Itself. Raises CannotBeWorkedOut unless it is above 0."""
        if self <= 0:
            raise CannotBeWorkedOut(f"{self.called} must be above 0.")
        return self

    def not_negative(self) -> Self:
        """Itself. Raises CannotBeWorkedOut below 0."""
        if self < 0:
            raise CannotBeWorkedOut(f"{self.called} cannot be below 0.")
        return self


class Kilograms(Quantity):
    """Body weight."""

    __slots__ = ()
    unit = "kg"
    called = "The weight"


class Centimetres(Quantity):
    """Height, or a length of catheter."""

    __slots__ = ()
    unit = "cm"
    called = "The length"


class Millilitres(Quantity):
    """Volume."""

    __slots__ = ()
    unit = "mL"
    called = "The volume"


class Minutes(Quantity):
    """Time."""

    __slots__ = ()
    unit = "min"
    called = "The time"


class Hours(Quantity):
    """Time."""

    __slots__ = ()
    unit = "h"
    called = "The time"


class MlPerHour(Quantity):
    """The rate of a pump."""

    __slots__ = ()
    unit = "mL/h"
    called = "The rate"


class DropsPerMl(Quantity):
    """The drop factor of a gravity set."""

    __slots__ = ()
    unit = "gtt/mL"
    called = "The drop factor"


class MgPerMl(Quantity):
    """Concentration."""

    __slots__ = ()
    unit = "mg/mL"
    called = "The concentration"


class McgPerMl(Quantity):
    """Concentration."""

    __slots__ = ()
    unit = "mcg/mL"
    called = "The concentration"


class MgPerKgPerHour(Quantity):
    """Dose rate by weight."""

    __slots__ = ()
    unit = "mg/kg/h"
    called = "The dose rate"


class MgPerKgPerMinute(Quantity):
    """Dose rate by weight."""

    __slots__ = ()
    unit = "mg/kg/min"
    called = "The dose rate"


class McgPerKgPerMinute(Quantity):
    """Dose rate by weight."""

    __slots__ = ()
    unit = "mcg/kg/min"
    called = "The dose rate"


class MlPerKgPerHour(Quantity):
    """Rate by weight."""

    __slots__ = ()
    unit = "mL/kg/h"
    called = "The rate"


class MlPerKgPerMinute(Quantity):
    """Rate by weight."""

    __slots__ = ()
    unit = "mL/kg/min"
    called = "The rate"


class Milligrams(Quantity):
    """Dose."""

    __slots__ = ()
    unit = "mg"
    called = "The dose"


class Grams(Quantity):
    """Dose."""

    __slots__ = ()
    unit = "g"
    called = "The dose"


class MgPerKg(Quantity):
    """Dose by weight."""

    __slots__ = ()
    unit = "mg/kg"
    called = "The dose per kg"


class MgPerM2(Quantity):
    """Dose by body surface."""

    __slots__ = ()
    unit = "mg/m²"
    called = "The dose per m²"


class SquareMetres(Quantity):
    """Body surface."""

    __slots__ = ()
    unit = "m²"
    called = "The body surface"


class PercentOfNormal(Quantity):
    """Activity of a clotting factor (IU/dL)."""

    __slots__ = ()
    unit = "%"
    called = "The factor level"


class Weeks(Quantity):
    """Time between doses."""

    __slots__ = ()
    unit = "weeks"
    called = "The interval"


class MgPerDl(Quantity):
    """Serum creatinine."""

    __slots__ = ()
    unit = "mg/dL"
    called = "The creatinine"


class MicromolPerLitre(Quantity):
    """Serum creatinine."""

    __slots__ = ()
    unit = "micromol/L"
    called = "The creatinine"


class MlPerMinute(Quantity):
    """Creatinine clearance."""

    __slots__ = ()
    unit = "mL/min"
    called = "The clearance"


class MmHg(Quantity):
    """Blood pressure."""

    __slots__ = ()
    unit = "mmHg"
    called = "The pressure"
