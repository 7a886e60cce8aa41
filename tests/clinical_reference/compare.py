"""Whether what came out is what the reference says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.clinical_reference.runners.catalogues import Holds


def differences(expect: dict[str, Any], came_out: dict[str, object]) -> list[str]:
    """For each expected key that did not come out as expected, a line that says so."""
    found = []
    for key, wanted in expect.items():
        if key not in came_out:
            found.append(f"{key}: nothing came out (there are {', '.join(came_out)})")
        elif isinstance(came := came_out[key], Holds):
            if missing := came.missing(wanted):
                found.append(f"{key}: {missing} do not stand in it")
        elif not same(wanted, came):
            found.append(f"{key}: {wanted!r} expected, {came!r} came out")
    return found


def same(wanted: Any, came: Any) -> bool:
    """Figures as numbers, texts without regard to kinds of spaces, lists one by one."""
    if came is None:
        return bool(wanted == "none")
    if isinstance(wanted, list):
        if not isinstance(came, list | tuple):
            return False
        return len(wanted) == len(came) and all(map(same, wanted, came))
    if isinstance(wanted, dict):
        return isinstance(came, dict) and all(
            key in came and same(value, came[key]) for key, value in wanted.items()
        )
    if isinstance(wanted, bool) or isinstance(came, bool):
        return wanted is came
    if isinstance(wanted, int | Decimal):
        return _figure(came) == Fraction(wanted)
    return str(came).replace("\u00a0", " ") == str(wanted)


def _figure(came: Any) -> Fraction | None:
    if isinstance(came, int | Decimal | Fraction):
        return Fraction(came)
    if isinstance(came, float):
        return Fraction(str(came))
    try:
        return Fraction(str(came))
    except ValueError:
        return None
