"""One answer of the chart: what was asked, and what is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartLine:
    """`voice` is ok, warn or danger where the words carry a sign, else empty or quiet."""

    label: str
    words: str
    voice: str = ""
