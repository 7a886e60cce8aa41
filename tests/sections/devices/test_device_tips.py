"""A catheter that moved is not central until its tip is confirmed anew; baselines; arms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Level
from infusion_visits.patients.facts import CareFact
from infusion_visits.sections.devices.rules import findings
from infusion_visits.sections.devices.rules.fact import line_facts
from infusion_visits.sections.devices.rules.tips import baseline_cm, inside, tip_of
from infusion_visits.sections.devices.values import AccessDevice, TipConfirmation
from infusion_visits.sections.devices.words import external_words
from tests.sections.devices.made_lines import (
    NOW,
    PICC_ID,
    ZONE,
    at,
    codes,
    days,
    facts,
    mark,
    normal,
    one,
    picc,
)


def confirmed(day: date, number: int = 1, **more: object) -> TipConfirmation:
    """The tip at the cavoatrial junction by X-ray on this day."""
    plain = {"tip": "caj", "method": "chest_xray", "confirmed_on": day}
    return TipConfirmation(mark("tip_confirmation", PICC_ID, number), **{**plain, **more})  # type: ignore[arg-type]


def central(device: AccessDevice, *before: CareFact) -> tuple[bool, str]:
    """Whether it counts as central now, and why not."""
    (fact,) = line_facts(one(device), ZONE, before=before, today=local_day(NOW, ZONE))
    return fact.central, fact.why_not_central


MOVED = CareFact(PICC_ID, "length_seen", at(9) - days(7), "4")


def test_a_move_seen_a_week_ago_still_counts() -> None:
    assert central(picc(), MOVED) == (
        False,
        "it moved by +2\u00a0cm, seen on 14 Nov 2026",
    )
    before = facts(care_before=(MOVED,))
    unmeasured = normal(PICC_ID, external_length_cm=None)
    found = findings(one(picc(), unmeasured), before)
    (alert,) = [one_of for one_of in found if one_of.code == "devices.moved_before"]
    assert alert.level is Level.ALERT
    assert "tip not confirmed since" in alert.words


def test_a_new_confirmation_sets_the_baseline_and_makes_it_central_again() -> None:
    anew = replace(
        picc(),
        tip_confirmation=(confirmed(date(2026, 11, 15), external_length_cm=Decimal(4)),),
    )
    assert central(anew, MOVED) == (True, "")
    assert baseline_cm(anew) == Decimal(4)
    assert anew.external_length_cm == Decimal(2), "the length at insertion stays on record"
    check = normal(PICC_ID, external_length_cm=Decimal(4))
    assert "migrated" not in codes(findings(one(anew, check), facts(care_before=(MOVED,))))
    assert external_words(anew, Decimal(4), facts()) == (
        "External length against the baseline: no change (baseline of 15 Nov 2026); "
        "about 38\u00a0cm inside"
    )


def test_a_tip_found_short_anew_is_a_midline() -> None:
    short = replace(picc(), tip_confirmation=(confirmed(date(2026, 11, 15), tip="not_central"),))
    assert tip_of(short) == "not_central"
    assert central(short)[0] is False
    struck = replace(short.tip_confirmation[0], tip=None)
    assert central(replace(short, tip_confirmation=(struck,)))[0] is True


def test_the_newest_confirmation_counts_whatever_the_order() -> None:
    older = confirmed(date(2026, 11, 2), 1, external_length_cm=Decimal(3))
    newer = confirmed(date(2026, 11, 12), 2, external_length_cm=Decimal(5))
    for rows in ((older, newer), (newer, older)):
        assert baseline_cm(replace(picc(), tip_confirmation=rows)) == Decimal(5)


@given(st.decimals(0, 60, places=1), st.decimals(0, 60, places=1))
def test_what_is_inside_and_outside_is_the_whole(trimmed: Decimal, outside: Decimal) -> None:
    device = picc(trimmed_length_cm=trimmed)
    found = inside(device, outside)
    if trimmed == 0 or outside > trimmed:
        assert found is None
    else:
        assert found is not None
        assert found.rounded + outside == trimmed


def test_swelling_without_a_measure_asks_for_one() -> None:
    swollen = normal(PICC_ID, symptoms=("arm_swelling",))
    assert "arm_not_measured" in codes(findings(one(picc(), swollen), facts()))
