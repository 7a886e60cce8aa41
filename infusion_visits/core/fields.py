"""What is asked, as data: the leaves of a form and the Rows that hold them.

A tree of `Rows(name, label, fields)`: each Rows is one table, each leaf one column of that name
(a measured Number also has `<name>_entered` and `<name>_unit`). One road for every value:
leaf -> `parse(text, sense)` -> columns, or `NotAValue` with words for the nurse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from uuid import UUID

from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import (
    NotAMoment,
    day_from_text,
    instant_from_text,
    show_instant,
)
from infusion_visits.core.units import NBSP, Unit, half_up, plain_number, unit_of
from infusion_visits.core.writing import tidy

Columns = Mapping[str, Any]
Required = bool | frozenset[VisitKind]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a text may need to be understood: the present, the home's zone, and the preferred units.

    `units` maps a quantity ("temperature", "weight") to the UCUM code meant when none is typed.
    """

    now: datetime
    zone: str
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotAValue:
    """The text cannot be a value; `words` say plainly what would be one."""

    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The field is asked only while `field` of its row (or of a row above) is one of `among`."""

    field: str
    among: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the stable `key` that is kept, the `label` shown and printed, and help."""

    key: str
    label: str
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Common to all fields.

    `may_be_not_done`: takes "not done" with a reason though it is not required by itself, because
    a rule asks for it (every required field takes it anyway).
    """

    name: str
    label: str
    help: str = ""
    required: Required = False
    shown: Shown | None = None
    may_be_not_done: bool = False

    def is_required(self, kind: VisitKind) -> bool:
        """Whether a visit of this kind must answer, or say not done."""
        return self.required if isinstance(self.required, bool) else kind in self.required

    def columns(self) -> tuple[str, ...]:
        """The names of the columns that hold this field."""
        return (self.name,)

    def empty(self) -> Columns:
        """The columns of a field that was not asked."""
        return dict.fromkeys(self.columns())

    def parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        """The columns that `text` means; an empty text clears the field."""
        return self._parse(text.strip(), sense) if text.strip() else self.empty()

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        raise NotImplementedError

    def text(self, columns: Columns, sense: Sense) -> str:
        """The text that would be typed for these columns; empty when not asked."""
        value = columns.get(self.name)
        return "" if value is None else self._text(value, columns, sense)

    def _text(self, value: Any, columns: Columns, sense: Sense) -> str:
        return str(value)

    def words(self, columns: Columns, sense: Sense) -> str:
        """The value as a person reads it in the note; empty when not asked."""
        return self.text(columns, sense)


@dataclass(frozen=True, kw_only=True)
class Text(Leaf):
    """Free words; `lines` above 1 gives room for a paragraph. At most `longest` characters."""

    lines: int = 1
    longest: int = 10_000

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        clean = tidy(text, many_lines=self.lines > 1)
        if len(clean) > self.longest:
            return NotAValue(
                f"At most {self.longest:,} characters fit here; this has {len(clean):,}."
            )
        return {self.name: clean}


@dataclass(frozen=True, kw_only=True)
class Choice(Leaf):
    """One of several; kept as the option's key."""

    options: tuple[Option, ...]

    def option(self, key: str) -> Option | None:
        """The option with this key."""
        return next((option for option in self.options if option.key == key), None)

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        found = _option_for(text, self.options)
        return {self.name: found.key} if found else _none_of(self.options)

    def words(self, columns: Columns, sense: Sense) -> str:
        """The label of the chosen option (the key itself where the option is no longer known)."""
        key = columns.get(self.name)
        if key is None:
            return ""
        option = self.option(key)
        return option.label if option else str(key)


@dataclass(frozen=True, kw_only=True)
class Grade(Choice):
    """A grade on a named scale; the scale's name prints with the grade."""

    scale: str

    def words(self, columns: Columns, sense: Sense) -> str:
        """`grade 2 (INS phlebitis 0 to 4)`."""
        label = Choice.words(self, columns, sense)
        return f"{label} ({self.scale})" if label else ""


@dataclass(frozen=True, kw_only=True)
class Many(Leaf):
    """Any number of several; kept as a tuple of keys in the order of the options."""

    options: tuple[Option, ...]

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        chosen: set[str] = set()
        for part in text.split(","):
            if not part.strip():
                continue
            found = _option_for(part.strip(), self.options)
            if not found:
                return _none_of(self.options)
            chosen.add(found.key)
        return {self.name: tuple(o.key for o in self.options if o.key in chosen)}

    def _text(self, value: Any, columns: Columns, sense: Sense) -> str:
        return ", ".join(value)

    def words(self, columns: Columns, sense: Sense) -> str:
        """The labels of the chosen options, with commas."""
        labels = {option.key: option.label for option in self.options}
        return ", ".join(labels.get(key, key) for key in columns.get(self.name) or ())


@dataclass(frozen=True, kw_only=True)
class YesNo(Leaf):
    """Yes or no; not asked is neither."""

    yes: str = "yes"
    no: str = "no"

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        low = text.lower()
        if low in {"y", "yes", "true", "1", self.yes.lower()}:
            return {self.name: True}
        if low in {"n", "no", "false", "0", self.no.lower()}:
            return {self.name: False}
        return NotAValue(f"Answer {self.yes} (y) or {self.no} (n).")

    def _text(self, value: Any, columns: Columns, sense: Sense) -> str:
        return self.yes if value else self.no


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


@dataclass(frozen=True, kw_only=True)
class When(Leaf):
    """An instant: `now`, `930`, `9:30p`, `-5`, `+15`, `2026-11-21 09:30`; never needs a picker.

    With `future` False a time more than two minutes ahead is refused (clinical reference 11.25).
    """

    future: bool = False

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        try:
            return {self.name: instant_from_text(text, sense.now, sense.zone, future=self.future)}
        except NotAMoment as wrong:
            return NotAValue(str(wrong))

    def _text(self, value: Any, columns: Columns, sense: Sense) -> str:
        return show_instant(value, sense.zone, beside=sense.now)


@dataclass(frozen=True, kw_only=True)
class Day(Leaf):
    """A calendar day: `t`, `+7`, `-1`, `mon`, `2026-11-21`, `21 Nov 2026`, `11/21/2026`."""

    future: bool = True

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        try:
            return {self.name: day_from_text(text, sense.now, sense.zone, future=self.future)}
        except NotAMoment as wrong:
            return NotAValue(str(wrong))

    def _text(self, value: date, columns: Columns, sense: Sense) -> str:
        return f"{value.day} {value:%b %Y}"


class RefTo(StrEnum):
    """What a reference may point at; the workspace offers those of this patient and visit."""

    DEVICE = "device"
    LUMEN = "lumen"
    ORDER = "order"
    INFUSION = "infusion"
    COMPLICATION = "complication"


@dataclass(frozen=True, kw_only=True)
class Ref(Leaf):
    """A reference to a thing with an id of its own; kept as the UUID."""

    to: RefTo

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        try:
            return {self.name: UUID(text)}
        except ValueError:
            return NotAValue(f"Choose one {self.to} of the list.")


@dataclass(frozen=True, kw_only=True)
class Ink(Leaf):
    """A drawn signature: strokes as JSON, `[[[x, y], ...]]` in thousandths of the box width."""

    def _parse(self, text: str, sense: Sense) -> Columns | NotAValue:
        return {self.name: text}

    def words(self, columns: Columns, sense: Sense) -> str:
        """Says only that it was signed; the strokes are drawn by a block of their own."""
        return "signed" if columns.get(self.name) else ""


class Owner(StrEnum):
    """Whose rows these are: a visit's (frozen with it) or the patient's (goes on living)."""

    VISIT = "visit"
    PATIENT = "patient"


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A group of fields that is one table.

    `single`: at most one row for each parent. Otherwise rows are numbered from 1 within their
    parent, or carry their own UUID where `own_id` is set (what travels: devices, complications).
    `keyed_by` names a Ref leaf whose value is the key instead (one check for each device).
    `minimum` rows are required at a visit of the kinds in `required`.
    """

    name: str
    label: str
    fields: tuple[Leaf | Rows, ...]
    single: bool = False
    own_id: bool = False
    keyed_by: str = ""
    owner: Owner = Owner.VISIT
    help: str = ""
    required: Required = False
    add_label: str = ""
    time_field: str = ""

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The fields of this table itself."""
        return tuple(part for part in self.fields if isinstance(part, Leaf))

    @property
    def children(self) -> tuple[Rows, ...]:
        """The groups below this one."""
        return tuple(part for part in self.fields if isinstance(part, Rows))

    def leaf(self, name: str) -> Leaf:
        """The field called `name`. Raises KeyError when there is none."""
        for leaf in self.leaves:
            if leaf.name == name:
                return leaf
        raise KeyError(name)

    def walk(self) -> tuple[Rows, ...]:
        """This group and all below it, parents first."""
        return (self, *(group for child in self.children for group in child.walk()))


def group_named(roots: tuple[Rows, ...], name: str) -> Rows:
    """The group called `name` anywhere below `roots`. Raises KeyError when there is none."""
    for root in roots:
        for group in root.walk():
            if group.name == name:
                return group
    raise KeyError(name)


def _option_for(text: str, options: tuple[Option, ...]) -> Option | None:
    low = text.casefold()
    for option in options:
        if low in {option.key.casefold(), option.label.casefold()}:
            return option
    starting = [option for option in options if option.label.casefold().startswith(low)]
    return starting[0] if len(starting) == 1 else None


def _none_of(options: tuple[Option, ...]) -> NotAValue:
    return NotAValue("Choose one of: " + ", ".join(option.label for option in options) + ".")


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
