"""Two lumens with fates of their own, the line's status, and what others are told of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Level
from infusion_visits.patients.facts import CareFact, LineFact, LineStatus
from infusion_visits.sections.devices.page_one import line_block, safety_words
from infusion_visits.sections.devices.rules import findings
from infusion_visits.sections.devices.rules.fact import line_facts
from tests.sections.devices.made_lines import (
    NOW,
    PICC_ID,
    PIV_ID,
    PORT_ID,
    ZONE,
    at,
    care,
    check,
    facts,
    lumen,
    lumen_check,
    normal,
    one,
    picc,
    piv,
    port,
)
from tests.sections.every_field import text_of

if TYPE_CHECKING:
    from infusion_visits.sections.devices.values import DeviceCare, Devices

TWO = (lumen(PICC_ID, 1, "red"), lumen(PICC_ID, 2, "purple"))


def fact(values: Devices, *before: CareFact) -> LineFact:
    """The only line as others know it."""
    (found,) = line_facts(values, ZONE, before=before, today=local_day(NOW, ZONE))
    return found


def agent(seq: int, hour: int, minute: int = 0, **more: Any) -> DeviceCare:
    """Alteplase put into the red lumen."""
    plain: dict[str, Any] = {
        "agent": "alteplase",
        "agent_mg": Decimal(2),
        "agent_ml": Decimal(2),
        "lumen": "red",
        "contraindications": ("none",),
    }
    return care(PICC_ID, seq, at(hour, minute), "declot", **{**plain, **more})


def look(seq: int, hour: int, minute: int, outcome: str, **more: Any) -> DeviceCare:
    """A look for blood return in the red lumen."""
    return care(
        PICC_ID, seq, at(hour, minute), "declot_check", lumen="red", outcome=outcome, **more
    )


def blocked(*acts: DeviceCare) -> Devices:
    """A double PICC: red cannot be flushed, purple is in use."""
    rows = (
        lumen_check(PICC_ID, 1, flush="unable", blood_return_before="none"),
        lumen_check(PICC_ID, 2, left_as="infusing"),
    )
    return one(picc(lumen=TWO), normal(PICC_ID, lumen_check=rows), care=acts)


def test_one_lumen_is_blocked_and_the_other_in_use() -> None:
    red, purple = fact(blocked()).lumen_facts
    assert (red.name, red.occlusion, red.why_not) == ("red", "complete", "it cannot be flushed")
    assert (purple.occlusion, purple.why_not, purple.blood_return) == ("", "", "brisk")
    assert fact(blocked()).why_not == ""
    text = text_of(line_block(blocked(), facts()))
    assert "Not to be used: red lumen, it cannot be flushed." in text


def test_an_agent_shuts_its_lumen_until_it_is_open_again() -> None:
    dwelling = blocked(agent(1, 12, 50))
    red, _ = fact(dwelling).lumen_facts
    assert red.why_not == "alteplase in it since 12:50"
    (pane,) = safety_words(dwelling, facts())
    words = "".join(span.text for span in pane)
    assert "Alteplase in the red lumen since 12:50: look for blood return at 13:20" in words
    cleared = blocked(agent(1, 12, 20), look(2, 12, 50, "patent", blood_return="brisk"))
    red, _ = fact(cleared).lumen_facts
    assert (red.occlusion, red.why_not, red.blood_return) == ("", "", "brisk")
    found = {
        one_of.code: one_of.level for one_of in findings(cleared, facts(weight_kg=Decimal(70)))
    }
    assert found["devices.occlusion_cleared"] is Level.ADVICE
    assert "devices.occlusion" not in found
    assert "devices.declot_open" not in found


def test_an_agent_in_the_lumen_asks_before_leaving() -> None:
    found = {
        one_of.code: one_of
        for one_of in findings(blocked(agent(1, 12, 50)), facts(weight_kg=Decimal(70)))
    }
    stop = found["devices.declot_open"]
    assert (stop.level, stop.gate.value, stop.overridable) == (Level.STOP, "depart", True)
    assert found["devices.declot_look"].at == at(13, 20)
    late = replace(facts(weight_kg=Decimal(70)), now=at(13, 20))
    told = {one_of.code: one_of.words for one_of in findings(blocked(agent(1, 12, 50)), late)}
    assert told["devices.declot_look"].endswith("at 13:20 (now)")


def test_a_lumen_left_out_of_use_stays_so_at_the_next_visit() -> None:
    left = CareFact(PICC_ID, "lumen_left_1", at(9) - (at(9) - at(8)) * 24 * 7, "not_in_use")
    double = one(picc(lumen=TWO))
    red, purple = fact(double, left).lumen_facts
    assert red.why_not.startswith("set aside on 14 Nov 2026")
    assert purple.why_not == ""
    seen = one(picc(lumen=TWO), check(PICC_ID, lumen_check=(lumen_check(PICC_ID, 1),)))
    assert fact(seen, left).lumen_facts[0].why_not == ""


STATUSES = [
    (picc(), None, LineStatus.IN_USE),
    (picc(), "locked", LineStatus.LOCKED),
    (picc(), "problem", LineStatus.PROBLEM),
    (picc(), "not_in_use", LineStatus.NOT_TO_BE_USED),
    (picc(kind="fistula"), None, LineStatus.REFERENCE),
    (picc(removed_at=at(10)), "locked", LineStatus.REMOVED),
]


@pytest.mark.parametrize(("device", "left", "status"), STATUSES)
def test_the_status_is_how_it_was_left(device: Any, left: str | None, status: LineStatus) -> None:
    assert fact(one(device, check(PICC_ID, left_as=left))).status is status
    if left:
        earlier = CareFact(PICC_ID, "left_as", at(8), left)
        assert fact(one(device), earlier).status is status


def test_a_port_tells_its_needle_apart_from_itself() -> None:
    access = care(PORT_ID, 1, at(9, 4), "port_access", needle_gauge=Decimal(20))
    values = one(port(), normal(PORT_ID, accessed=False), care=(access,))
    found = fact(values)
    assert (found.accessed, found.needle_days, found.gauge) == (True, 0, Decimal(20))
    assert found.dwell_days == 628
    text = text_of(line_block(values, facts()))
    assert "20\u00a0G needle in, today" in text
    out = fact(one(port()), CareFact(PORT_ID, "port_deaccess", at(8)))
    assert (out.accessed, out.needle_days, out.status) == (False, None, LineStatus.NO_NEEDLE)
    in_before = fact(one(port()), CareFact(PORT_ID, "port_access", at(8) - (at(9) - at(8)) * 48))
    assert (in_before.accessed, in_before.needle_days) == (True, 2)
    assert fact(one(port())).accessed is None


PROBLEMS: list[tuple[dict[str, Any], str]] = [
    ({"phlebitis_ins": "2"}, "phlebitis INS 2"),
    ({"phlebitis_vip": "2"}, "phlebitis VIP 2"),
    ({"phlebitis_ins": "1"}, ""),
    ({"infiltration_ins": "1"}, "it has infiltrated"),
    ({"integrity": "leak"}, "the catheter is damaged"),
    ({"left_as": "not_in_use"}, "set aside at this visit"),
]


@pytest.mark.parametrize(("change", "why"), PROBLEMS)
def test_what_was_found_says_why_nothing_should_run(change: dict[str, Any], why: str) -> None:
    assert fact(one(piv(), normal(PIV_ID, **change))).why_not == why


def test_a_dialysis_access_is_known_and_never_asked() -> None:
    fistula = picc(kind="fistula", site="forearm", tip=None, tip_method=None)
    assert [one_of.code for one_of in findings(one(fistula), facts())] == []
    assert fact(one(fistula)).limb == "left arm"
    assert not fact(one(fistula)).for_infusion
