"""What the visit knows of the infusion at the moment a complication is noticed.

Nobody types a second time what the infusion says already: what ran, how much was in, at what rate.
All of it stays correctable. Source: clinical reference 4 (documentation minimum of a complication).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.units import plain_number
from infusion_visits.sections.complications.rules.asked import NOT_OF_THE_PATIENT

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts


def known_then(what: str, facts: Facts) -> dict[str, str]:
    """The texts of a new complication as the infusion gives them.

    Which line it concerns is left to the nurse: an arm may hold another than the one infused
    through. Of two infusions under way nothing is taken: only the nurse knows which is meant.
    """
    if facts.infusion_start is None:
        return {}
    over = facts.infusion_end is not None
    texts = {"during": "after" if over else "during"}
    under_way = [run for run in facts.runs if run.started is not None and run.ended is None]
    if over or len(under_way) != 1 or what in NOT_OF_THE_PATIENT:
        return texts
    run = under_way[0]
    if run.drug:
        texts["drug"] = run.drug
    if run.given_ml is not None:
        texts["onset_ml"] = plain_number(run.given_ml)
    if run.ml_per_hour:
        texts |= {"onset_rate": plain_number(run.ml_per_hour), "segment": "drug"}
    return texts
