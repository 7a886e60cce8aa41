"""All that the catalogues say of therapies, together: to find one, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.catalogue import read_once
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.therapy import access, catalogue, dosing, ladders
from infusion_visits.patients.therapy.access import AccessCatalogue
from infusion_visits.patients.therapy.catalogue import Therapy
from infusion_visits.patients.therapy.dosing import DosingCatalogue
from infusion_visits.patients.therapy.ladders import Ladder

if TYPE_CHECKING:
    from infusion_visits.patients.therapy.access import AccessRule
    from infusion_visits.patients.therapy.dosing import Dosing, Product

_MOST_FOUND = 12
_therapies = read_once(catalogue.read_therapies)
_ladders = read_once(ladders.read_ladders)
_dosing = read_once(dosing.read_dosing)
_access = read_once(access.read_access)


@dataclass(frozen=True, slots=True)
class Library:
    """The four catalogues of therapies as they are in force."""

    therapies: Mapping[str, Therapy]
    ladders: Mapping[str, Ladder]
    dosed: DosingCatalogue
    access: AccessCatalogue

    def therapy(self, key: str | None) -> Therapy | None:
        """The therapy with this key."""
        return self.therapies.get(key) if key else None

    def dosing_of(self, key: str) -> Dosing | None:
        """How a therapy is usually ordered."""
        return self.dosed.dosing.get(key)

    def product(self, key: str | None) -> Product | None:
        """The product with this key."""
        return self.dosed.products.get(key) if key else None

    def products_of(self, therapy: str) -> tuple[Product, ...]:
        """The products of a therapy that have rates or limits of their own."""
        return tuple(one for one in self.dosed.products.values() if one.therapy == therapy)

    def access_of(self, therapy: Therapy, route: str = "") -> AccessRule:
        """The access class of a therapy; fluid under the skin goes by the subcut rule."""
        under_the_skin = route == "subcut" and "hydration" in therapy.fact.groups
        key = "subcut_only" if under_the_skin else therapy.fact.access_class
        return self.access.classes[key]

    def ladders_of(self, therapy: str, product: str = "") -> tuple[Ladder, ...]:
        """The ladders of a therapy: those of the product first, then those of any product."""
        own = [one for one in self.ladders.values() if one.therapy == therapy]
        mine = [one for one in own if one.product and one.product == product]
        return (*mine, *(one for one in own if not one.product))

    def find(self, typed: str) -> tuple[Therapy, ...]:
        """Therapies whose name, brand or class holds every word typed, whatever the letters' case.

        A name that begins with what is typed comes first, then a brand, then the rest.
        """
        words = typed.casefold().split()
        ranked = []
        for number, therapy in enumerate(self.therapies.values()):
            rank = _rank(therapy, words)
            if rank is not None:
                ranked.append((rank, number, therapy))
        ranked.sort(key=lambda one: one[:2])
        return tuple(therapy for _, _, therapy in ranked[:_MOST_FOUND])


def library() -> Library:
    """The catalogues in force, read once for each that is put in force."""
    return Library(
        _therapies(load_catalogue(catalogue.CATALOGUE)),
        _ladders(load_catalogue(ladders.CATALOGUE)),
        _dosing(load_catalogue(dosing.CATALOGUE)),
        _access(load_catalogue(access.CATALOGUE)),
    )


def weight_age_days(found: Library) -> int:
    """From how many days on a weight is old for a dose; practice says 30."""
    rule = found.access.rules.get("weight_age")
    return rule.days if rule is not None and rule.days else 30


def _rank(therapy: Therapy, words: list[str]) -> int | None:
    names = [therapy.fact.name.casefold(), therapy.generic.casefold()]
    brands = [brand.casefold() for brand in therapy.brands]
    brands += [name.casefold() for name in therapy.synonyms]
    hay = " ".join((*names, *brands, therapy.fact.drug_class.casefold()))
    if not all(word in hay for word in words):
        return None
    first = words[0] if words else ""
    if any(name.startswith(first) for name in names):
        return 0
    if any(brand.startswith(first) for brand in brands):
        return 1
    return 2
