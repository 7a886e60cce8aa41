"""What a file from outside says of patients, as plain values: ready for the record, not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ENTERED_IN_ERROR = "entered in error"
REFUTED = "refuted by who wrote them"
NO_LONGER_TAKEN = "medicines no longer taken"
NO_LONGER_HOLDING = "no longer in force"
NO_PATIENT = "pointing to no patient in the file"
NO_VALUE = "measurements without a value that can be kept"
NAMELESS = "without a name for what they are"
OF_A_VISIT = "charted at a visit: they belong to its note"
OTHER_KINDS = "of kinds that are not kept"


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a group of the patient: `columns` are those of its table.

    `source` tells it again at the next import. With `only_change` it is not added, but changes
    the row that an earlier import added (a medicine that was stopped since).
    """

    group: str
    source: str
    columns: Mapping[str, Any]
    only_change: bool = False


@dataclass(frozen=True, slots=True)
class ImportedPatient:
    """One patient of a file. `identifiers` are pairs of system and value."""

    source: str
    place: str
    identifiers: tuple[tuple[str, str], ...]
    columns: Mapping[str, Any]
    rows: tuple[ImportedRow, ...] = ()
    no_known_allergies: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says; `left_out` counts what was not taken, by reason."""

    patients: tuple[ImportedPatient, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
