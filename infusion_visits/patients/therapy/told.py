"""One difference between an order and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a difference weighs: `major` is asked about, `minor` is only told."""

    MAJOR = "major"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Difference:
    """`field` is the order's field (or group of rows); `words` what the order says.

    `usual` is the catalogue's figure; `confirm` says that the agency is to confirm it.
    """

    field: str
    weight: Weight
    words: str
    usual: str
    confirm: bool = False

    def said(self) -> str:
        """`No filter ordered. Catalogue: in line, 1.2 micron or less.`"""
        usual = self.usual.rstrip(".")
        confirm = " (agency to confirm)" if self.confirm else ""
        return f"{self.words} Catalogue: {usual}{confirm}."
