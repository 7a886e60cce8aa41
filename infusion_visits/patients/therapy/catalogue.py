"""What each therapy is and what it asks for: `resources/clinical/therapies.toml`, read and checked.

Source: clinical reference 1.2 and 1.3 (therapies), 1.5 (not at home), 1.7 (access).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Kept, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.facts import TherapyFact
from infusion_visits.patients.order_options import INDICATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from infusion_visits.core.catalogue import Entry

CATALOGUE = "therapies"
GROUPS = (
    "anti_cd20",
    "antibiotic",
    "antifungal",
    "antiviral",
    "biologic",
    "bone",
    "chemotherapy",
    "ert",
    "factor",
    "hydration",
    "inotrope",
    "insulin",
    "iron",
    "ivig",
    "migraine",
    "opioid_pca",
    "scig",
    "steroid",
    "tpn",
    "vitamins",
    "other",
)
ACCESS_CLASSES = ("vesicant_red", "intermediate_yellow", "irritant", "none", "subcut_only")
TISSUE_CLASSES = ("vesicant", "intermediate", "irritant", "none")
SCHEDULES = (
    "VS-FLAT",
    "VS-STEP",
    "VS-IRON",
    "VS-AB",
    "VS-CONT",
    "VS-PCA",
    "VS-SC",
    "VS-TPN",
)
INDICATION_KEYS = tuple(option.key for option in INDICATIONS)
MARKS = ("verified", "expert", "practice", "unsure")
PREMEDICATION_WHEN = ("always", "first", "if ordered")


@dataclass(frozen=True, slots=True)
class Premedicated:
    """A premedication as the catalogue knows it; `minutes_before` None where no time is said.

    `when`: "always", "first" (first doses only), "if ordered" (only where the order asks for it).
    `only_for` are the indications for which it is usual; empty for all. `also` are other medicines
    that stand for it in an order.
    """

    medicine: str
    dose: str
    route: str
    minutes_before: int | None
    when: str
    only_for: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def is_meant_by(self, medicine: str) -> bool:
        """Whether an ordered medicine is this one, or stands for it."""
        ordered = medicine.casefold()
        names = (self.medicine.partition(",")[0], *self.also)
        return any(name.casefold() in ordered for name in names)

    def words(self) -> str:
        """`acetaminophen 650 mg by mouth, 30 min before`."""
        said = " ".join(part for part in (self.medicine, self.dose, self.route) if part)
        return f"{said}, {self.minutes_before} min before" if self.minutes_before else said


@dataclass(frozen=True, slots=True)
class Therapy:
    """One therapy: `fact` is what visits need to know; the rest helps to find and to order it.

    `to_confirm` are words on what no source settles (agency to confirm); `practice` names the keys
    whose figure is common practice and no label's.
    """

    fact: TherapyFact
    generic: str
    brands: tuple[str, ...]
    synonyms: tuple[str, ...]
    indications: tuple[str, ...]
    first_dose: str
    rems: str
    adverse: tuple[str, ...]
    watch: tuple[str, ...]
    access_note: str
    premedications: tuple[Premedicated, ...]
    room_temperature: tuple[str, ...]
    to_confirm: tuple[str, ...]
    practice: tuple[str, ...]
    mark: str
    source: str

    def fact_for(self, brand: str) -> TherapyFact:
        """The fact for a brand: one of `room_temperature` is not refrigerated."""
        if not any(name.casefold() in brand.casefold() for name in self.room_temperature):
            return self.fact
        return replace(self.fact, refrigerated=False)

    @property
    def key(self) -> str:
        """The stable key, kept on the order."""
        return self.fact.key


def read_therapies(plain: Mapping[str, Any]) -> dict[str, Therapy]:
    """All therapies by key. Raises CatalogueRefused with every fault of the catalogue."""
    found: dict[str, Therapy] = {}
    with reading(plain) as top:
        tables = top.entry("therapy")
        if tables is not None:
            for key, entry in tables.tables():
                found[key] = _therapy(key, entry)
                entry.close()
            tables.close()
    return found


def therapy_fact(
    key: str | None, kept: Mapping[str, Any] | None = None, brand: str = ""
) -> TherapyFact | None:
    """The fact for an order's key; None without a key, or where the catalogue has no such entry.

    `kept` is the catalogue that a signed record holds; without one, the catalogue in force is read.
    A `brand` that keeps at room temperature is not called refrigerated.
    """
    if not key:
        return None
    if kept is None:
        therapy = _in_force(load_catalogue(CATALOGUE)).get(key)
    else:
        entry = kept.get("therapy", {}).get(key)
        therapy = entry and read_therapies(Kept({"therapy": {key: entry}}))[key]
    return None if therapy is None else therapy.fact_for(brand)


def entries_used(keys: Iterable[str | None]) -> dict[str, Any]:
    """The entries in force of these therapies, as a catalogue that a signed record keeps."""
    entries = load_catalogue(CATALOGUE).get("therapy", {})
    used = sorted({key for key in keys if key and key in entries})
    return {"therapy": {key: entries[key] for key in used}}


def shown_name(drug: str, therapy: TherapyFact | None) -> str:
    """The drug as it is shown: the part that is the catalogue's name in tall-man letters.

    `infliximab-dyyb` becomes `inFLIXimab-dyyb`; another drug stays as it was written.
    """
    if therapy is None or not drug.casefold().startswith(therapy.name.casefold()):
        return drug
    return therapy.name + drug[len(therapy.name) :]


_in_force = read_once(read_therapies)


def _therapy(key: str, entry: Entry) -> Therapy:
    premedications = tuple(_premedicated(one) for one in entry.each("premedication", needed=False))
    home = entry.yes("home_eligible", default=True)
    why = entry.text("why_not_home", needed=not home)
    name = entry.text("name")
    return Therapy(
        fact=_fact(key, name, entry, home, why, premedications),
        generic=entry.text("generic", needed=False) or name,
        brands=entry.texts("brands", needed=False),
        synonyms=entry.texts("synonyms", needed=False),
        indications=entry.choices("indications", INDICATION_KEYS, needed=False),
        first_dose=entry.text("first_dose", needed=False),
        rems=entry.text("rems", needed=False),
        adverse=entry.texts("adverse", needed=False),
        watch=entry.texts("watch", needed=False),
        access_note=entry.text("access_note", needed=False),
        premedications=premedications,
        room_temperature=entry.texts("room_temperature", needed=False),
        to_confirm=entry.texts("to_confirm", needed=False),
        practice=entry.texts("practice", needed=False),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
    )


def _fact(
    key: str,
    name: str,
    entry: Entry,
    home: bool,
    why: str,
    premedications: tuple[Premedicated, ...],
) -> TherapyFact:
    access = entry.choice("access_class", ACCESS_CLASSES, needed=home, default="none")
    return TherapyFact(
        key=key,
        name=name,
        drug_class=entry.text("drug_class"),
        groups=entry.choices("groups", GROUPS, needed=home),
        access_class=access,
        tissue_class=entry.choice("tissue_class", TISSUE_CLASSES, needed=home, default="none"),
        central_only=entry.yes("central_only"),
        filter=entry.text("filter", needed=False),
        dedicated_lumen=entry.yes("dedicated_lumen"),
        high_alert=entry.yes("high_alert"),
        controlled=entry.yes("controlled"),
        hazardous=entry.yes("hazardous"),
        refrigerated=entry.yes("refrigerated"),
        continuous=entry.yes("continuous"),
        kit_needed=entry.yes("kit_needed"),
        boxed_warning=entry.text("boxed_warning", needed=False),
        home_eligible=home,
        why_not_home=why,
        diluent_rule=entry.text("diluent_rule", needed=False),
        vitals_schedule=entry.choice("vitals_schedule", SCHEDULES, needed=False),
        first_observation_minutes=entry.whole("first_observation_minutes", needed=False, low=0),
        later_observation_minutes=entry.whole("later_observation_minutes", needed=False, low=0),
        first_doses=entry.whole("first_doses", needed=False, low=0) or 1,
        re_exposure_days=entry.whole("re_exposure_days", needed=False, low=1),
        premedications=tuple(one.words() for one in premedications),
    )


def _premedicated(entry: Entry) -> Premedicated:
    made = Premedicated(
        medicine=entry.text("medicine"),
        dose=entry.text("dose", needed=False),
        route=entry.text("route", needed=False),
        minutes_before=entry.whole("minutes_before", needed=False, low=0),
        when=entry.choice("when", PREMEDICATION_WHEN),
        only_for=entry.choices("only_for", INDICATION_KEYS, needed=False),
        also=entry.texts("also", needed=False),
    )
    entry.close()
    return made
