"""What a signed visit does to the patient's list of home medicines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.patients import actions as patient_actions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.medicines.reconciled import ListChange

LIST = "home_medicine"


def bring_list_up_to_date(unit: UnitOfWork, patient: UUID, changes: Iterable[ListChange]) -> None:
    """Writes what was reconciled: doses that changed, what was stopped, what is new.

    Nothing is removed: what was stopped stays on the list as stopped.
    """
    for change in changes:
        if change.number is None:
            patient_actions.add(unit, patient, Row(LIST), change.columns)
        else:
            patient_actions.change(unit, patient, Row(LIST, (change.number,)), change.columns)
