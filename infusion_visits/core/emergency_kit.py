"""The emergency kit: what lies in it, and what one giving of it is for this patient.

Source: clinical reference 7.9 and 4.2; `resources/clinical/emergency_kit.toml` names the source of
each item. Every dose is a default per agency protocol or prescriber's order; the nurse gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import NBSP, half_up, with_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE = "emergency_kit"
ADULT_YEARS = 18
PARTS = frozenset({"medicine", "fluid", "supply"})
MARKS = frozenset({"verified", "expert", "unsure", "practice"})
UNITS = ("mg", "mcg", "g", "mL", "units", "puffs", "tablets", "L/min")
ROUTES = ("oral", "IV", "IM", "subcut", "inhaled", "nasal", "sublingual")
_DOSE_DECIMALS, _ML_DECIMALS = 2, 2


@dataclass(frozen=True, slots=True)
class KitDose:
    """One giving as the catalogue has it: by weight (`per_kg` with `most`), or `amount`.

    `from_kg` (included) and `below_kg` (not included) bound it by weight; `child` False keeps it
    to patients of 18 years and more.
    """

    key: str
    unit: str
    route: str
    words: str
    site: str = ""
    amount: Decimal | None = None
    per_kg: Decimal | None = None
    most: Decimal | None = None
    from_kg: Decimal | None = None
    below_kg: Decimal | None = None
    child: bool = True
    by_order: bool = False


@dataclass(frozen=True, slots=True)
class KitItem:
    """One thing of the kit. `one_of` groups things of which one is enough; `groups` are the
    therapies that need it (none: all of them)."""

    key: str
    title: str
    part: str
    source: str
    mark: str
    medicine: str = ""
    one_of: str = ""
    strength: str = ""
    mg_per_ml: Decimal | None = None
    groups: tuple[str, ...] = ()
    at_least: int = 1
    optional: bool = False
    expires: bool = False
    repeat_minutes: tuple[int, ...] = ()
    doses: tuple[KitDose, ...] = ()
    unknown_weight: tuple[KitDose, ...] = ()
    note: str = ""

    def is_for(self, groups: tuple[str, ...]) -> bool:
        """Whether a therapy of these groups needs it."""
        return not self.groups or bool(set(self.groups) & set(groups))


@dataclass(frozen=True, slots=True)
class Giving:
    """What is given now to this patient: `dose` in `unit` by `route`, and how it was worked out."""

    item: str
    medicine: str
    dose: str
    unit: str
    route: str
    site: str
    sentence: str
    by_order: bool
    strength: str

    @property
    def words(self) -> str:
        """`EPINEPHrine 0.4 mg IM, mid-outer thigh`."""
        said = f"{self.medicine} {Decimal(self.dose):,f}{NBSP}{self.unit} {self.route}"
        return f"{said}, {self.site}" if self.site else said


def givings(item: KitItem, weight_kg: Decimal | None, age_years: int | None) -> tuple[Giving, ...]:
    """What may be given of an item to a patient of this weight and age, in the catalogue's order.

    Without a weight an adult is offered what the label names for one; a child is offered nothing:
    the nurse reads the kit's own label. An age that is not known counts as adult.
    """
    adult = age_years is None or age_years >= ADULT_YEARS
    found = [_giving(item, one, weight_kg) for one in item.doses if adult or one.child]
    made = tuple(one for one in found if one is not None)
    if not made and weight_kg is None and adult:
        said = [_giving(item, one, None) for one in item.unknown_weight]
        made = tuple(one for one in said if one is not None)
    return made


def _giving(item: KitItem, dose: KitDose, weight_kg: Decimal | None) -> Giving | None:
    bounded = dose.from_kg is not None or dose.below_kg is not None or dose.per_kg is not None
    if bounded and weight_kg is None:
        return None
    if weight_kg is not None and (
        (dose.from_kg is not None and weight_kg < dose.from_kg)
        or (dose.below_kg is not None and weight_kg >= dose.below_kg)
    ):
        return None
    amount = _amount(dose, weight_kg)
    shown = f"{amount.normalize():f}" if amount == amount.to_integral_value() else f"{amount:f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return Giving(
        item=item.key,
        medicine=item.medicine,
        dose=shown,
        unit=dose.unit,
        route=dose.route,
        site=dose.site,
        sentence=_sentence(item, dose, amount, weight_kg),
        by_order=dose.by_order,
        strength=item.strength,
    )


def _amount(dose: KitDose, weight_kg: Decimal | None) -> Decimal:
    if dose.per_kg is None or weight_kg is None:
        return dose.amount or Decimal(0)
    worked = dose.per_kg * weight_kg
    if dose.most is not None and worked >= dose.most:
        return dose.most
    # A 1 mL syringe is read to 0.01 mL.
    return half_up(worked, _DOSE_DECIMALS)


def _sentence(item: KitItem, dose: KitDose, amount: Decimal, weight_kg: Decimal | None) -> str:
    """`0.01 mg/kg × 40 kg = 0.4 mg (0.4 mL of 1 mg/mL)`; the catalogue's words without a weight."""
    said = dose.words
    if dose.per_kg is not None and weight_kg is not None:
        said = (
            f"{dose.per_kg:f}{NBSP}{dose.unit}/kg × {with_unit(weight_kg, 'kg')}"
            f" = {with_unit(amount, dose.unit)}"
        )
        if dose.most is not None and dose.per_kg * weight_kg > dose.most:
            said = (
                f"{dose.per_kg:f}{NBSP}{dose.unit}/kg × {with_unit(weight_kg, 'kg')},"
                f" at most {with_unit(dose.most, dose.unit)}"
            )
    if item.mg_per_ml and dose.unit == "mg":
        volume = with_unit(half_up(amount / item.mg_per_ml, _ML_DECIMALS), "mL")
        said = f"{said} ({volume} of {item.strength})"
    return said


def read_kit(plain: Mapping[str, Any]) -> tuple[KitItem, ...]:
    """The kit's items in the file's order. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        table = top.entry("item")
        made = tuple(_item(key, one) for key, one in table.tables()) if table else ()
        if table is not None:
            table.close()
    return made


def _item(key: str, entry: Entry) -> KitItem:
    made = KitItem(
        key=key,
        title=entry.text("title"),
        part=entry.choice("part", PARTS),
        source=entry.source(),
        mark=entry.choice("mark", MARKS),
        medicine=entry.text("medicine", needed=False),
        one_of=entry.text("one_of", needed=False),
        strength=entry.text("strength", needed=False),
        mg_per_ml=entry.number("mg_per_ml", needed=False, above=0),
        groups=entry.texts("for", needed=False),
        at_least=entry.whole("at_least", low=1) or 1,
        optional=entry.yes("optional"),
        expires=entry.yes("expires"),
        repeat_minutes=_minutes(entry),
        doses=tuple(_dose(one) for one in entry.each("dose", needed=False)),
        unknown_weight=tuple(_dose(one) for one in entry.each("unknown_weight", needed=False)),
        note=entry.text("note", needed=False),
    )
    if made.part != "supply" and not made.medicine:
        entry.fault("a medicine needs its name.", 'Add medicine = "name".', "medicine")
    entry.close()
    return made


def _minutes(entry: Entry) -> tuple[int, ...]:
    if not entry.has("repeat_minutes"):
        return ()
    given = entry.plain["repeat_minutes"]
    if not isinstance(given, list) or not all(type(one) is int and one > 0 for one in given):
        words = "this is no list of minutes."
        entry.fault(words, "Write repeat_minutes = [5, 15].", "repeat_minutes")
        return ()
    return tuple(given)


def _dose(entry: Entry) -> KitDose:
    made = KitDose(
        key=entry.text("key"),
        unit=entry.choice("unit", UNITS),
        route=entry.choice("route", ROUTES),
        words=entry.text("words"),
        site=entry.text("site", needed=False),
        amount=entry.number("amount", needed=False, above=0),
        per_kg=entry.number("per_kg", needed=False, above=0),
        most=entry.number("most", needed=False, above=0),
        from_kg=entry.number("from_kg", needed=False, above=0),
        below_kg=entry.number("below_kg", needed=False, above=0),
        child=entry.yes("child", default=True),
        by_order=entry.yes("by_order"),
    )
    if (made.amount is None) == (made.per_kg is None):
        entry.fault("a dose is by weight or one amount.", "Give either per_kg or amount.")
    if made.per_kg is not None and made.most is None:
        entry.fault("a dose by weight needs its most.", "Add most = 0.5.", "most")
    entry.close()
    return made


_read = read_once(read_kit)


def kit_in_force(catalogue: Mapping[str, Any]) -> tuple[KitItem, ...]:
    """The kit that stands: that kept with a signed record (`catalogue` of its Facts), else that in
    force now."""
    return _read(catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))
