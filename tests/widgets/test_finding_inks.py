"""Red is for what can hurt; what only comes first, or is still to be written, is amber."""

from __future__ import annotations

from dataclasses import replace

import pytest

from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.widgets.finding_lines import sign_of

STOP = Finding("code", Level.STOP, "Words.", "vitals")


@pytest.mark.parametrize(
    ("gate", "ink"),
    [
        (Gate.START, "danger"),
        (Gate.STEP, "danger"),
        (Gate.RESUME, "danger"),
        (Gate.DEPART, "warn"),
        (Gate.SIGN, "warn"),
    ],
)
def test_only_what_keeps_the_drug_from_running_is_red(gate: Gate, ink: str) -> None:
    assert sign_of(replace(STOP, gate=gate)) == ("stop", ink)


def test_what_merely_comes_first_is_amber() -> None:
    assert sign_of(replace(STOP, gate=Gate.START, do_first=True)) == ("stop", "warn")
