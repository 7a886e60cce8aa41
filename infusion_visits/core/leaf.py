"""What is common to every field of a form: its name, label and conditions, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from infusion_visits.core.kinds import VisitKind

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
    a rule asks for it (every required field takes it anyway). `asked_at`: only visits of these
    kinds ask it; None is every kind.
    """

    name: str
    label: str
    help: str = ""
    required: Required = False
    shown: Shown | None = None
    may_be_not_done: bool = False
    asked_at: frozenset[VisitKind] | None = None

    def is_asked(self, kind: VisitKind | None) -> bool:
        """Whether a visit of this kind asks it at all."""
        return self.asked_at is None or kind in self.asked_at

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
