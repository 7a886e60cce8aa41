"""What "normal" means of each system, and what a therapy asks besides: read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.assessment.fields import SYSTEMS

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "assessment"


@dataclass(frozen=True, slots=True)
class Limits:
    """What "within normal limits" means of one system."""

    key: str
    normal: str
    source: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question of the therapy; "no" means all is well. Names are compared in small letters."""

    number: int
    key: str
    asks: str
    says: str
    do: str
    source: str
    groups: tuple[str, ...] = ()
    therapies: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    holds: bool = False
    unsure: bool = False

    def is_asked(self, facts: Facts) -> bool:
        """Whether the order, or a condition of the patient, calls for it."""
        order = facts.order
        if order is not None:
            therapy = order.therapy
            if therapy is not None and (
                therapy.is_any(*self.groups) or therapy.key in self.therapies
            ):
                return True
            drug = f"{order.drug} {order.brand}".casefold()
            if any(name in drug for name in self.drugs):
                return True
        known = " ".join(facts.conditions).casefold()
        return any(name in known for name in self.conditions)


@dataclass(frozen=True, slots=True)
class AssessmentCatalogue:
    """The systems in their order, the prompts by number, and the edition that defines them."""

    systems: Mapping[str, Limits]
    prompts: Mapping[int, Prompt]
    edition: str

    def asked(self, facts: Facts) -> tuple[Prompt, ...]:
        """The questions of this visit's therapy, in the order of their numbers."""
        return tuple(one for one in self.prompts.values() if one.is_asked(facts))


@read_once
def read_assessment(plain: Mapping[str, Any]) -> AssessmentCatalogue:
    """The whole catalogue. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        edition = top.text("edition")
        top.text("source")
        systems = {one.key: one for one in map(_limits, top.each("system"))}
        if tuple(systems) != tuple(key for key, _ in SYSTEMS):
            top.fault(
                "the systems are not those of the form.",
                f"Give one [[system]] each, in this order: {', '.join(k for k, _ in SYSTEMS)}.",
                "system",
            )
        prompts: dict[int, Prompt] = {}
        for entry in top.each("prompt"):
            one = _prompt(entry)
            if one.number in prompts:
                entry.fault(f"{one.number} is given twice.", "Give it a new number.", "number")
            prompts[one.number] = one
    return AssessmentCatalogue(systems, dict(sorted(prompts.items())), edition)


def catalogue_of(facts: Facts) -> AssessmentCatalogue:
    """The catalogue in force: the one kept with a signed record, else that of the house."""
    return read_assessment(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def _limits(entry: Entry) -> Limits:
    made = Limits(
        key=entry.choice("key", [key for key, _ in SYSTEMS]),
        normal=entry.text("normal"),
        source=entry.source(),
        unsure=entry.yes("unsure"),
    )
    entry.close()
    return made


def _prompt(entry: Entry) -> Prompt:
    made = Prompt(
        number=entry.whole("number", low=1) or 0,
        key=entry.text("key"),
        asks=entry.text("asks"),
        says=entry.text("says"),
        do=entry.text("do"),
        source=entry.source(),
        groups=entry.texts("groups", needed=False),
        therapies=entry.texts("therapies", needed=False),
        drugs=_small(entry, "drugs"),
        conditions=_small(entry, "conditions"),
        holds=entry.yes("holds"),
        unsure=entry.yes("unsure"),
    )
    if not (made.groups or made.therapies or made.drugs or made.conditions):
        entry.fault(
            "nothing says when it is asked.",
            'Add groups = ["…"], therapies, drugs or conditions.',
            "groups",
        )
    entry.close()
    return made


def _small(entry: Entry, key: str) -> tuple[str, ...]:
    return tuple(name.casefold() for name in entry.texts(key, needed=False))
