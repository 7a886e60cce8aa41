"""What supplies have to say: the kit, waste that nobody saw, what has expired, the way.

Decision support, per agency protocol. The kit at the start of an infusion: visits/rules.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.planned import PlannedTask
from infusion_visits.sections.supplies.fields import (
    KIT_CHECK,
    NO_KIT,
    NOT_NEEDED,
    OPENED,
    RETURNED,
    SAFE_WORK,
    SECTION,
    USED,
    WASTED,
)
from infusion_visits.sections.supplies.kit import (
    SOON,
    KitState,
    kit_needed,
    kit_state,
    short,
    standing_check,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.supplies.values import (
        KitCheck,
        SafeWork,
        Supplies,
        SupplyUse,
        WasteReturn,
    )

KIT_ROW = Row(KIT_CHECK.name)
CLOSE = Decimal("0.5")
"""Miles by which a typed distance may differ from the odometer's."""


def findings(values: Supplies, facts: Facts) -> list[Finding]:
    """All that supplies have to say; struck rows say nothing."""
    found = [*_kit(values, facts)]
    for supply in values.supply_use:
        if supply.mark.struck is None:
            found += _supply(supply, facts)
    for waste in wastes_of(values):
        found += _waste(waste, facts)
    work = standing_work(values)
    return [*found, *(_work(work, facts) if work else ())]


def tasks(values: Supplies, facts: Facts) -> list[PlannedTask]:
    """One task for a kit that must be filled up or exchanged."""
    kit = kit_state(values, facts)
    lacking = [short(one) for one in kit.missing]
    lacking += [title for title, _ in kit.expired]
    lacking += [title for title in kit.to_replace if title not in lacking]
    check = standing_check(values)
    if check is not None and check.state == NO_KIT:
        lacking = ["a kit for the home"]
    if not lacking:
        return []
    what = f"Emergency kit: bring {'; '.join(dict.fromkeys(lacking))}"
    return [
        PlannedTask(
            what=what,
            due_day=local_day(facts.now, facts.zone),
            origin=f"{SECTION}/{KIT_ROW.path()}",
        )
    ]


def wastes_of(values: Supplies) -> tuple[WasteReturn, ...]:
    """Waste and returns that were not struck out."""
    return tuple(one for one in values.waste_return if one.mark.struck is None)


def standing_work(values: Supplies) -> SafeWork | None:
    """Safe work and the way; None where nothing was charted, or it was struck out."""
    work = values.safe_work
    return None if work is None or work.mark.struck else work


def distance_miles(work: SafeWork) -> Decimal | None:
    """The distance as typed, else by the odometer; None where neither says it."""
    if work.miles is not None:
        return work.miles
    start, end = work.odometer_start, work.odometer_end
    return None if start is None or end is None or end < start else end - start


def is_controlled(waste: WasteReturn, facts: Facts) -> bool:
    """Said so at the row, or known of the ordered drug."""
    if waste.controlled is not None:
        return waste.controlled
    order = facts.order
    if order is None or order.therapy is None or not order.therapy.controlled:
        return False
    first = (waste.drug or "").casefold().split()[:1]
    return bool(first) and first[0] in f"{order.drug} {order.brand}".casefold()


def _kit(values: Supplies, facts: Facts) -> Iterator[Finding]:
    check = standing_check(values)
    if check is None or check.state is None:
        return
    kit = kit_state(values, facts)
    if check.state == NOT_NEEDED and kit_needed(facts):
        words = "This therapy needs an emergency kit in the home."
        yield _of_kit("kit-needed", Level.STOP, words, "state", overridable=True)
    if check.state == NO_KIT:
        yield _of_kit(
            "kit-none",
            Level.ALERT,
            "No emergency kit in the home",
            "state",
            check=check,
        )
    wrong = _wrong_words(kit)
    if wrong:
        yield _of_kit("kit-wrong", Level.ALERT, f"Emergency kit: {wrong}", "state", check=check)
        if not check.done:
            words = "Emergency kit not in order: say what was done about it."
            yield _of_kit("kit-undone", Level.STOP, words, "done", overridable=True)
    if check.order_there is False:
        yield _of_kit(
            "kit-order",
            Level.ALERT,
            "No anaphylaxis order with the emergency kit",
            "order_there",
            check=check,
        )
    if check.state == OPENED and kit.unanswered:
        first = short(kit.unanswered[0])
        more = len(kit.unanswered) - 1
        words = f"Emergency kit: {first}{f' and {more} more' if more else ''} not looked at."
        yield _of_kit("kit-items", Level.STOP, words, "state", overridable=True)
    for title, day in kit.soon:
        words = f"Emergency kit: {title} expires on {show_day(day)}."
        yield _of_kit("kit-soon", Level.ADVICE, words, "state", subject=title)
    for title in kit.to_replace:
        words = f"Emergency kit: {title} was used; replace it before the next visit."
        yield _of_kit("kit-used", Level.ADVICE, words, "state", subject=title)


def _wrong_words(kit: KitState) -> str:
    said = [f"{title} expired on {show_day(day)}" for title, day in kit.expired]
    said += [f"{short(one)} missing" for one in kit.missing]
    return "; ".join(said)


def _of_kit(
    code: str,
    level: Level,
    words: str,
    field: str,
    *,
    check: KitCheck | None = None,
    overridable: bool = False,
    subject: str = "",
) -> Finding:
    return Finding(
        code=f"supplies.{code}",
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, KIT_ROW, field),
        overridable=overridable,
        detail=(check.why_not or "") if check else "",
        response=(check.done or "") if check else "",
        at=check.checked_at if check else None,
        subject=subject,
    )


def _supply(supply: SupplyUse, facts: Facts) -> list[Finding]:
    if supply.expiry is None:
        return []
    today = local_day(facts.now, facts.zone)
    name, row = supply.item or "A supply", supply.mark.row
    cell = Cell(SECTION, row, "expiry")
    if supply.expiry <= today:
        level = Level.ALERT if supply.what == USED else Level.ADVICE
        words = f"{name} expired on {show_day(supply.expiry)}"
        said = f"{words}, used" if supply.what == USED else f"{words}: do not leave it."
        return [
            Finding("supplies.expired", level, said, SECTION, cell, detail=supply.note or "",
                    subject=row.path())
        ]  # fmt: skip
    if supply.expiry <= today + SOON:
        words = f"{name} expires on {show_day(supply.expiry)}."
        return [Finding("supplies.soon", Level.ADVICE, words, SECTION, cell, subject=row.path())]
    return []


def _waste(waste: WasteReturn, facts: Facts) -> Iterator[Finding]:
    controlled = is_controlled(waste, facts)
    drug = waste.drug or "The drug"
    row = waste.mark.row

    def found(code: str, level: Level, words: str, field: str, *, may: bool = False) -> Finding:
        return Finding(
            code=f"supplies.{code}",
            level=level,
            words=words,
            section=SECTION,
            cell=Cell(SECTION, row, field),
            overridable=may,
            detail=waste.no_witness or "",
            response=waste.note or "",
            at=waste.at,
            subject=row.path(),
        )

    if controlled and waste.what == WASTED:
        if waste.witness_how is None:
            words = f"{drug} is a controlled drug: say who saw it wasted."
            yield found("waste-unwitnessed", Level.STOP, words, "witness_how", may=True)
        elif waste.witness_how == "none":
            words = f"Controlled drug wasted without a witness: {drug}"
            yield found("waste-no-witness", Level.ALERT, words, "witness_how")
    if waste.what == RETURNED and not waste.handed_to:
        level = Level.STOP if controlled else Level.ADVICE
        words = f"{drug} returned: say who has it now."
        yield found("return-custody", level, words, "handed_to", may=True)
    therapy = facts.order.therapy if facts.order else None
    hazardous = therapy is not None and therapy.hazardous
    if hazardous and waste.what == WASTED and waste.method not in (None, "hazardous", "carrier"):
        words = "A hazardous drug goes into its own bin, per agency protocol."
        yield found("waste-hazardous", Level.ADVICE, words, "method")


def _work(work: SafeWork, facts: Facts) -> Iterator[Finding]:
    row = Row(SAFE_WORK.name)

    def found(code: str, level: Level, words: str, field: str) -> Finding:
        cell = Cell(SECTION, row, field)
        return Finding(f"supplies.{code}", level, words, SECTION, cell)

    start, end = work.odometer_start, work.odometer_end
    if start is not None and end is not None and end < start:
        words = "The odometer at the end is below that at the start."
        yield found("odometer", Level.STOP, words, "odometer_end")
    elif (
        start is not None
        and end is not None
        and work.miles is not None
        and abs(end - start - work.miles) > CLOSE
    ):
        words = f"By the odometer it was {end - start:f} miles."
        yield found("miles", Level.ADVICE, words, "miles")
    therapy = facts.order.therapy if facts.order else None
    worn = work.protection
    hazardous = therapy is not None and therapy.hazardous
    if hazardous and worn is not None and not {"two_gloves", "gown"} <= set(worn):
        words = "A hazardous drug asks for two pairs of gloves and a gown, per agency protocol."
        yield found("protection", Level.ADVICE, words, "protection")
