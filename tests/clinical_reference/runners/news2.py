"""NEWS2 through the program's own score (section 3.7, traps 3 to 6)."""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.scales.news2 import News2, Parts, SpO2Scale, score
from infusion_visits.core.units import CELSIUS, FAHRENHEIT
from tests.clinical_reference.runners.given import Given, kind

_NORMAL = {
    "respirations": Decimal(16),
    "spo2": Decimal(98),
    "systolic": Decimal(120),
    "pulse": Decimal(72),
    "temperature": Decimal("36.8"),
}


@kind("news2")
def of_a_set(given: Given) -> dict[str, object]:
    """`input` is RR, SpO2, scale (S1 or S2), air or O2, systolic, pulse, ACVPU, temperature; a
    value "-" was not recorded, and a temperature in °F ends with F."""
    rr, spo2, scale, oxygen, systolic, pulse, state, heat = given.texts("input")
    made = score(
        Parts(
            respirations=_figure(rr),
            spo2=_figure(spo2),
            on_oxygen=None if oxygen == "-" else oxygen == "O2",
            systolic=_figure(systolic),
            pulse=_figure(pulse),
            consciousness=None if state == "-" else state,
            temperature=_temperature(heat),
        ),
        SpO2Scale.TWO if scale == "S2" else SpO2Scale.ONE,
        int(given.any("years", 70)),
    )
    if not isinstance(made, News2):
        return {"total": None, "why": made.why, "scored": False}
    return {
        "parts": "/".join(str(part) for part in made.parts),
        "total": made.total,
        "band": str(made.risk),
        "scored": True,
        "highest_part": max(made.parts),
    }


@kind("news2 part")
def of_a_part(given: Given) -> dict[str, object]:
    """The points of one parameter at each of `values`, all others being normal."""
    name = given.text("parameter")
    scale = SpO2Scale.TWO if given.yes("scale_2") else SpO2Scale.ONE
    points = []
    for value in given.any("values"):
        parts: dict[str, object] = {
            **_NORMAL,
            "on_oxygen": given.yes("on_oxygen"),
            "consciousness": "A",
        }
        if name == "oxygen":
            parts["on_oxygen"] = value == "O2"
        elif name == "consciousness":
            parts[name] = value
        else:
            parts[name] = Decimal(value)
        made = score(Parts(**parts), scale, 70)  # type: ignore[arg-type]  # named above
        assert isinstance(made, News2)
        points.append(getattr(made, name))
    return {"points": points}


def _figure(text: str) -> Decimal | None:
    return None if text == "-" else Decimal(text)


def _temperature(text: str) -> Decimal | None:
    if text.endswith("F"):
        return CELSIUS.from_canonical(FAHRENHEIT.canonical(Decimal(text[:-1].strip())))
    return _figure(text)
