"""Every clinical catalogue with its reader. A new catalogue is one line here.

A reader takes the plain mapping and raises CatalogueRefused with every fault. Nothing here knows
a window, so that the command line and the tests read what the program reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from infusion_visits.core.calculations.constants import read_constants
from infusion_visits.core.codes import read_codes
from infusion_visits.core.emergency_kit import read_kit
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.scales.catalogue import read_scales
from infusion_visits.patients.plan_rules import read_plan_catalogue
from infusion_visits.patients.therapy.access import read_access
from infusion_visits.patients.therapy.catalogue import read_therapies
from infusion_visits.patients.therapy.dosing import read_dosing
from infusion_visits.patients.therapy.ladders import read_ladders
from infusion_visits.sections.assessment.catalogue import read_assessment
from infusion_visits.sections.communication.catalogue import read_times
from infusion_visits.sections.complications.rules.catalogue import read_catalogue
from infusion_visits.sections.devices.rules.limits import read_limits as read_line_limits
from infusion_visits.sections.home.items import read_items
from infusion_visits.sections.infusion.figures import read_infusion
from infusion_visits.sections.labs.catalogue import read_labs
from infusion_visits.sections.medicines.flags import read_home_medicines
from infusion_visits.sections.screening.rules import read_questions
from infusion_visits.sections.teaching.rules import read_topics
from infusion_visits.sections.vitals.limits import read_limits
from infusion_visits.sections.vitals.schedules import read_schedules
from infusion_visits.visits.rules.gates import read_gates
from infusion_visits.visits.rules.required_contents import read_required_contents
from infusion_visits.visits.rules.visit_kinds import read_visit_kinds

TOP = ""
"""The group of the tables that stand at the top of a file."""
Reader = Callable[[Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Known:
    """A catalogue: the stem of its file, its title on the screen, and its reader.

    `hideable` are the groups (top tables or lists) whose entries an agency may take out; all other
    entries are asked for by a form or a rule. `names` are the groups whose keys are free names,
    where a new key is a new entry (`TOP` for the file itself). `beside` are the other catalogues
    that the reader looks into. `of_therapies` are the groups in which a therapy is named: by the
    key of the table, or in it by `therapy`.
    """

    name: str
    title: str
    read: Reader
    hideable: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    of_therapies: frozenset[str] = frozenset()


def _read_complications(plain: Mapping[str, Any]) -> object:
    return read_catalogue(plain, load_catalogue("scales"))


CATALOGUES: tuple[Known, ...] = (
    Known(
        "therapies",
        "Therapies",
        read_therapies,
        hideable=frozenset({"therapy"}),
        names=frozenset({"therapy"}),
    ),
    Known(
        "dosing",
        "Therapies: doses, products",
        read_dosing,
        hideable=frozenset({"dosing", "product"}),
        names=frozenset({"dosing", "product"}),
        of_therapies=frozenset({"dosing", "product"}),
    ),
    Known(
        "ladders",
        "Therapies: rate ladders",
        read_ladders,
        hideable=frozenset({"ladder"}),
        names=frozenset({"ladder"}),
        of_therapies=frozenset({"ladder"}),
    ),
    Known("access", "Therapies: access, rules", read_access),
    Known(
        "infusion",
        "Infusion: restart, storage",
        read_infusion,
        beside=("calculations",),
    ),
    Known(
        "calculations",
        "Calculations: constants",
        read_constants,
        names=frozenset({"renal", "factor", "scig"}),
    ),
    Known("gates", "Stops of an infusion", read_gates),
    Known("vitals", "Vital signs: limits", read_limits),
    Known("vitals_schedules", "Vital signs: schedules", read_schedules),
    Known("scales", "Grading scales and scores", read_scales),
    Known("complications", "Complications", _read_complications, beside=("scales",)),
    Known(
        "emergency_kit",
        "Emergency kit: contents and doses",
        read_kit,
        hideable=frozenset({"item"}),
        names=frozenset({"item"}),
    ),
    Known("devices", "Lines: care, intervals, thresholds", read_line_limits),
    Known(
        "screening",
        "Screening questions",
        read_questions,
        names=frozenset({"labs"}),
        of_therapies=frozenset({"labs"}),
    ),
    Known(
        "assessment",
        "Assessment by system",
        read_assessment,
        hideable=frozenset({"prompt"}),
    ),
    Known("labs", "Laboratory: tubes, handling, levels", read_labs),
    Known("communication", "Communication: days and minutes", read_times),
    Known(
        "home_medicines",
        "Home medicines that matter in an emergency",
        read_home_medicines,
        hideable=frozenset({"flag"}),
        names=frozenset({"flag"}),
    ),
    Known(
        "codes",
        "Public codes of routes and lines",
        read_codes,
        hideable=frozenset({"code"}),
        names=frozenset({"code"}),
    ),
    Known("home_assessment", "Home assessment", read_items),
    Known("teaching", "Teaching topics", read_topics),
    Known("plan_of_care", "Plan of care", read_plan_catalogue),
    Known(
        "required_contents",
        "What a note must hold, and for whom",
        read_required_contents,
        names=frozenset({TOP}),
    ),
    Known(
        "visit_kinds",
        "Kinds of visit and what they ask for",
        read_visit_kinds,
        names=frozenset({TOP}),
    ),
)
_BY_NAME = {known.name: known for known in CATALOGUES}


def known_as(name: str) -> Known | None:
    """The catalogue of this name; None where there is none."""
    return _BY_NAME.get(name)
