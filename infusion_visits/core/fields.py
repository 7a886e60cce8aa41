"""What is asked, as data: the leaves of a form and the Rows that hold them.

A tree of `Rows(name, label, fields)`: each Rows is one table, each leaf one column of that name
(a measured Number also has `<name>_entered` and `<name>_unit`). One road for every value:
leaf -> `parse(text, sense)` -> columns, or `NotAValue` with words for the nurse.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.leaf import Columns, Leaf, NotAValue, Option, Required, Sense, Shown
from infusion_visits.core.moments import (
    NotAMoment,
    day_from_text,
    instant_from_text,
    show_instant,
)
from infusion_visits.core.number import Number
from infusion_visits.core.writing import tidy

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "Choice",
    "Columns",
    "Day",
    "Grade",
    "Ink",
    "Leaf",
    "Many",
    "NotAValue",
    "Number",
    "Option",
    "Owner",
    "Ref",
    "RefTo",
    "Required",
    "Rows",
    "Sense",
    "Shown",
    "Text",
    "When",
    "YesNo",
    "group_named",
]


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
    `minimum` rows are required at a visit of the kinds in `required`. `in_line` names the fields
    that stand in the line of a row (all answered ones that fit where it is empty).
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
    in_line: tuple[str, ...] = ()

    # Kept once asked: the tree never changes, and each field that is left walks over all of it.
    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The fields of this table itself."""
        return tuple(part for part in self.fields if isinstance(part, Leaf))

    @cached_property
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
