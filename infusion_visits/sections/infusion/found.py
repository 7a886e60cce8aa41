"""A finding of an infusion, or of one of its acts, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.sections.infusion.fields import SECTION

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.sections.infusion.acts import Act
    from infusion_visits.sections.infusion.values import InfusionGiven


def infusion_finding(
    one: InfusionGiven,
    code: str,
    level: Level,
    words: str,
    *,
    field: str,
    gate: Gate = Gate.SIGN,
    overridable: bool = False,
    detail: str = "",
    response: str = "",
    at: datetime | None = None,
) -> Finding:
    """A finding at a field of the infusion itself."""
    return Finding(
        code=f"infusion.{code}",
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, one.mark.row, field),
        gate=gate,
        overridable=overridable,
        detail=detail,
        response=response,
        at=at,
        subject=one.mark.row.path(),
    )


def act_finding(act: Act, code: str, level: Level, words: str, **more: object) -> Finding:
    """A finding at one act: at its rate where it has one."""
    made = {
        "code": f"infusion.{code}",
        "level": level,
        "words": words,
        "section": SECTION,
        "cell": Cell(SECTION, act.event.mark.row, "rate" if act.event.rate else "kind"),
        "at": act.at,
        "subject": act.event.mark.row.path(),
        **more,
    }
    return Finding(**made)  # type: ignore[arg-type]
