"""Infusions as FHIR: one MedicationAdministration for the whole, one for each stretch at a rate.

R4 has no change of rate within an administration: each stretch is a part (`partOf`) with its own
period and rate, a hold is the gap between two. The parts sum to what rates and minutes say; what
bag and pump say stands beside it. Source: interop page, table of mappings.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from infusion_visits.core.fhir import (
    EXAM,
    THERAPY,
    Piece,
    amount,
    author_of,
    charted,
    coding,
    concept,
    dosage,
    filled,
    link,
    linked,
    measured,
    note,
    observation,
    own,
    period,
    public,
    resource,
    standing,
    words_of,
)
from infusion_visits.core.moments import show_time
from infusion_visits.sections.infusion.acts import (
    Act,
    Segment,
    State,
    acts_of,
    flushes_of,
    segments_of,
)
from infusion_visits.sections.infusion.fields import (
    COMPLETE,
    INFUSION,
    INFUSION_EVENT,
    INFUSION_SITE,
    PRODUCT_LOT,
    PUMP_PROGRAMME,
    PUMP_READING,
    STOP,
)
from infusion_visits.sections.infusion.ladder import as_decimal
from infusion_visits.sections.infusion.note import title_of, whole_summary
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import (
        Infusion,
        InfusionEvent,
        InfusionGiven,
        ProductLot,
    )

_NDC = "http://hl7.org/fhir/sid/ndc"
_GTIN = "https://www.gs1.org/gtin"
_OPEN = {State.RUNNING: "in-progress", State.HELD: "on-hold", State.LEFT_RUNNING: "in-progress"}
_IN_BATCH = frozenset({"product", "lot", "expiry", "gtin", "ndc", "amount", "amount_unit"})
_DOSE = frozenset({"dose_given", "dose_given_unit"})


def to_fhir(values: Infusion, facts: Facts, refs: Refs) -> list[Piece]:
    """Every infusion with its stretches, flushes, sites and what the pump said."""
    made: list[Piece] = []
    for one in standing(values.infusion):
        made += _Given(one, facts, refs).resources()
    return made


class _Given:
    """One infusion on its way to resources."""

    def __init__(self, one: InfusionGiven, facts: Facts, refs: Refs) -> None:
        self.one, self.facts, self.refs = one, facts, refs
        self.path = one.mark.row.path()
        self.key = refs.made(self.path)
        self.order: OrderFact | None = order_of(one, facts)
        self.summary: InfusionSummary = whole_summary(one, facts)
        self.acts: Sequence[Act] = acts_of(one)

    def resources(self) -> list[Piece]:
        """The whole first, then its parts and what stands around them."""
        return [
            self._whole(),
            *self._stretches(),
            *self._volume(),
            *self._flushes(),
            *self._around(),
        ]

    def _drug(self) -> str:
        if self.order is None:
            return "drug not named"
        return f"{self.order.drug} ({self.order.brand})" if self.order.brand else self.order.drug

    def _given(self, key: Any, **elements: Any) -> Piece:
        """What every administration of this visit says."""
        author = author_of(self.one.mark, self.refs)
        return resource(
            "MedicationAdministration",
            key,
            subject=link(self.refs.patient),
            context=link(self.refs.visit),
            performer=[{"actor": author}] if author else [],
            request=linked(self.refs, self.one.order_id),
            device=[found for found in (linked(self.refs, self.one.device_id),) if found],
            **elements,
        )

    def _whole(self) -> Piece:
        lots = standing(self.one.product_lot)
        medicine, contained = _medicine(self._drug(), lots)
        dosed = self.summary.started is not None
        why = next((act.event.why for act in self.acts if act.kind == STOP), None)
        return self._given(
            self.key,
            contained=contained,
            status=self._status(),
            statusReason=[concept(why)] if why else [],
            **medicine,
            **self._effective(),
            dosage=self._dosage(),
            note=note(
                words_of(INFUSION, self.one, self.facts, skip=_DOSE if dosed else ()),
                *(words_of(PRODUCT_LOT, lot, self.facts, skip=_IN_BATCH) for lot in lots),
                *(self._act_words(act) for act in standing(self.one.infusion_event)),
            ),
        )

    def _status(self) -> str:
        state = self.summary.state
        if state is State.NOT_STARTED:
            return "not-done"
        if state is State.ENDED:
            completed = any(act.kind == COMPLETE and not act.wrong for act in self.acts)
            return "completed" if completed else "stopped"
        return _OPEN[state]

    def _effective(self) -> Piece:
        started, ended = self.summary.started, self.summary.ended
        if started is None:
            return {"effectiveDateTime": self.refs.time_of(self.one.mark)}
        end = self.refs.when(ended) if ended else None
        return {"effectivePeriod": period(self.refs.when(started), end)}

    def _dosage(self) -> Piece:
        summary, order = self.summary, self.order
        route = order.route if order else None
        dose: Piece = {}
        if summary.started is not None and summary.dose_given is not None:
            dose = amount(summary.dose_given, summary.dose_unit)
        elif summary.started is not None:
            dose = _ml(summary.given_ml)
        return dosage(
            text=title_of(order),
            route=concept(route, public("route", route)) if route else None,
            dose=dose,
        )

    def _act_words(self, event: InfusionEvent) -> str:
        at = show_time(event.at, self.facts.zone) if event.at else "no time"
        return f"{at}\n{words_of(INFUSION_EVENT, event, self.facts, skip={'at'})}"

    def _stretches(self) -> list[Piece]:
        running = [part for part in segments_of(self.acts, self.facts.now) if not part.held]
        volumes = _summing([part.ml for part in running])
        last = self.summary.state is State.RUNNING
        made = []
        for number, (part, ml) in enumerate(zip(running, volumes, strict=True), start=1):
            if part.ml_per_hour <= 0:
                continue
            open_end = last and number == len(running)
            made.append(self._stretch(number, part, ml, open_end=open_end))
        return made

    def _stretch(self, number: int, part: Segment, ml: Decimal, *, open_end: bool) -> Piece:
        end = None if open_end else self.refs.when(part.end)
        return self._given(
            self.refs.made(f"{self.path}/stretch/{number}"),
            partOf=[link(self.key)],
            status="in-progress" if open_end else "completed",
            medicationCodeableConcept=concept(self._drug()),
            effectivePeriod=period(self.refs.when(part.start), end),
            dosage=filled(
                text=f"Stretch {number} of this infusion; its dose is part of the whole",
                dose=_ml(ml),
                rateQuantity=measured(part.ml_per_hour, "mL/h"),
            ),
        )

    def _volume(self) -> list[Piece]:
        """What is taken as given, and what it rests on."""
        summary = self.summary
        if summary.started is None:
            return []
        figures = (
            ("by_rates", "By rates and minutes", _ml(summary.calculated_ml)),
            ("by_pump", "By the pump", _ml(summary.pump_ml)),
            ("by_bags", "Hung less left", _ml(summary.bags_ml)),
            ("running", "Running", measured(Decimal(summary.running_minutes), "min")),
            ("held", "Held", measured(Decimal(summary.held_minutes), "min")),
        )
        parts = [
            {"code": concept(label, own("infusion-given", name)), "valueQuantity": value}
            for name, label, value in figures
            if value
        ]
        made = observation(
            self.refs.made(f"{self.path}/given"),
            THERAPY,
            concept("Volume given", own("infusion-given", "given")),
            self.one.mark,
            self.refs,
            partOf=[link(self.key)],
            valueQuantity=_ml(summary.given_ml),
            component=parts,
        )
        made["effectiveDateTime"] = self.refs.when(summary.ended or summary.started)
        return [made]

    def _flushes(self) -> list[Piece]:
        """Flushes of the tubing: no part of the drug."""
        solution = self.one.flush_solution or "flush solution"
        made = [
            self._flush(event.mark.row.path(), solution, event.at, event)
            for event in flushes_of(self.one)
        ]
        if self.one.flush_ml is not None:
            at = self.summary.ended or self.one.mark.at
            made.append(self._flush(f"{self.path}/flush", solution, at, None))
        return made

    def _flush(
        self, path: str, solution: str, at: datetime | None, event: InfusionEvent | None
    ) -> Piece:
        ml = event.volume_ml if event else self.one.flush_ml
        rate = event.rate if event else None
        given = dosage(
            text="Flush of the tubing, no part of the drug",
            dose=_ml(ml),
            rateQuantity=measured(rate, "mL/h") if rate else None,
        )
        made = self._given(
            self.refs.made(path),
            status="completed",
            medicationCodeableConcept=concept(solution),
            effectiveDateTime=self.refs.when(at) if at else self.refs.time_of(self.one.mark),
            dosage=given,
        )
        made.pop("request", None)
        return made

    def _around(self) -> list[Piece]:
        part = [link(self.key)]
        one, facts, refs = self.one, self.facts, self.refs
        made: list[Piece] = []
        for site in standing(one.infusion_site):
            made += charted(INFUSION_SITE, site, facts, refs, kind=EXAM, partOf=part)
        for programme in standing(one.pump_programme):
            made += charted(PUMP_PROGRAMME, programme, facts, refs, kind=THERAPY, partOf=part)
        for reading in standing(one.pump_reading):
            made += charted(PUMP_READING, reading, facts, refs, kind=THERAPY, partOf=part)
        return made


def _medicine(drug: str, lots: Sequence[ProductLot]) -> tuple[Piece, list[Piece]]:
    """The medication with its lots: its own batch where there is one, else one part for each."""
    if not lots:
        return {"medicationCodeableConcept": concept(drug)}, []
    whole: Piece = {"resourceType": "Medication", "id": "drug", "code": concept(drug)}
    if len(lots) == 1:
        whole |= _lot(lots[0], drug)
        return {"medicationReference": {"reference": "#drug"}}, [whole]
    parts: list[Piece] = [
        {"resourceType": "Medication", "id": f"lot-{number}", **_lot(one, drug)}
        for number, one in enumerate(lots, start=1)
    ]
    whole["ingredient"] = [
        filled(itemReference={"reference": f"#{part['id']}"}, strength=_strength(one))
        for part, one in zip(parts, lots, strict=True)
    ]
    return {"medicationReference": {"reference": "#drug"}}, [whole, *parts]


def _lot(one: ProductLot, drug: str) -> Piece:
    codes = (coding(_NDC, one.ndc or ""), coding(_GTIN, one.gtin or ""))
    strength = _strength(one)
    named = one.product and drug.partition(" (")[0].casefold() in one.product.casefold()
    words = (one.product if named else f"{drug}: {one.product}") if one.product else drug
    return filled(
        code=concept(words or drug, *codes),
        amount=strength,
        batch=filled(
            lotNumber=one.lot, expirationDate=one.expiry.isoformat() if one.expiry else None
        ),
    )


def _strength(one: ProductLot) -> Piece:
    if one.amount is None:
        return {}
    return {"numerator": amount(one.amount, one.amount_unit), "denominator": {"value": 1}}


def _summing(parts: Sequence[Fraction]) -> list[Decimal]:
    """Each part rounded so that together they are the rounded whole."""
    upto = [as_decimal(whole) for whole in accumulate(parts, initial=Fraction(0))]
    return [after - before for before, after in pairwise(upto)]


def _ml(value: Decimal | None) -> Piece:
    """Without zeros at its end: 15.0 mL is read as 150."""
    return {} if value is None else measured(value.normalize(), "mL")
