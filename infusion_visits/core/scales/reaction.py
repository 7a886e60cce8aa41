"""Grade of an infusion related reaction by its course.

Source: Common Terminology Criteria for Adverse Events, version 5.0, National Cancer Institute 2017
(paraphrased); clinical reference 3.5.
"""

from __future__ import annotations

from dataclasses import dataclass

from infusion_visits.core.scales.catalogue import Suggestion


@dataclass(frozen=True, slots=True)
class Course:
    """How a reaction went. `prompt` is whether it answered quickly to what was given or to the
    hold; None while it is not known yet."""

    interrupted: bool = False
    treated: bool = False
    prompt: bool | None = None
    recurred: bool = False
    hospital: bool = False
    anaphylaxis: bool = False
    life_threatening: bool = False
    died: bool = False


def infusion_reaction(course: Course) -> Suggestion:
    """CTCAE 5 grade 1 to 5 by the gravest that holds; anaphylaxis begins at 3."""
    rules = (
        (course.died, 5, "death"),
        (course.life_threatening, 4, "life-threatening"),
        (course.anaphylaxis, 3, "anaphylaxis begins at grade 3"),
        (course.hospital, 3, "sent to hospital"),
        (course.recurred, 3, "came back after getting better"),
        (course.prompt is False, 3, "slow to get better"),
        (course.interrupted, 2, "the infusion was held"),
        (course.treated, 2, "treated"),
    )
    for holds, grade, because in rules:
        if holds:
            return Suggestion("ctcae_irr", str(grade), because)
    return Suggestion("ctcae_irr", "1", "no interruption and no treatment")
