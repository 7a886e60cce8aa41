"""What a check says: not looked at, not complete, and what was found wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.findings import Gate, Level
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitKind
from infusion_visits.core.marks import NotDone, Struck
from infusion_visits.patients.facts import CareFact, VitalsFact
from infusion_visits.sections.devices import rules
from infusion_visits.sections.devices.rules import findings
from infusion_visits.sections.devices.rules.needed import (
    asked_items,
    needed_items,
    normal_answers,
)
from infusion_visits.sections.devices.values import Devices
from tests.sections.devices.made_lines import (
    NURSE,
    PICC_ID,
    PIV_ID,
    PORT_ID,
    at,
    care,
    check,
    codes,
    days,
    facts,
    lumen,
    lumen_check,
    normal,
    one,
    picc,
    piv,
    port,
)

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding

REFUSED = NotDone(NotDoneReason.REFUSED)
ACCESS = care(
    PORT_ID,
    1,
    at(9, 4),
    "port_access",
    antiseptic="chg_alcohol",
    needle_gauge=Decimal(20),
    needle_length_cm=Decimal("1.9"),
    non_coring=True,
    dressing_type="transparent",
)
FRESH = CareFact(PICC_ID, "dressing_change", at(9) - days(2), "transparent")
CONNECTED = CareFact(PICC_ID, "connector_change", at(9) - days(2))


def found(values: Devices, **more: Any) -> list[Finding]:
    """The findings, the PICC's dressing and connector being two days old."""
    return findings(values, facts(care_before=(FRESH, CONNECTED), **more))


def bare(made: list[Finding]) -> list[Finding]:
    """The findings without the guidance beside them."""
    return [finding for finding in made if not finding.code.endswith("_guidance")]


def test_a_line_that_was_not_checked_stops_signing_once() -> None:
    (stop,) = found(one(picc()))
    assert codes([stop]) == ["unchecked"]
    assert (stop.level, stop.gate) == (Level.STOP, Gate.SIGN)
    assert stop.words == "PICC, left upper arm was not checked"
    assert stop.cell is not None
    assert stop.cell.path() == f"devices/device_check/{PICC_ID}/checked_at"


def test_saying_why_not_satisfies_it() -> None:
    refused = check(PICC_ID, checked_at=None, not_done={"checked_at": REFUSED})
    refused = replace(refused, checked_at=None)
    assert found(one(picc(), refused)) == []


def test_by_telephone_nothing_is_checked() -> None:
    assert found(one(picc()), kind=VisitKind.TELEPHONE) == []


def test_a_complete_normal_check_says_nothing() -> None:
    assert found(one(picc(), normal(PICC_ID))) == []


@pytest.mark.parametrize(
    "name", ["site", "dressing_state", "external_length_cm", "integrity", "symptoms", "need"]
)
def test_each_needed_item_is_missed_and_may_be_not_done(name: str) -> None:
    (stop,) = found(one(picc(), normal(PICC_ID, **{name: None})))
    assert codes([stop]) == ["item_missing"]
    assert stop.cell is not None
    assert stop.cell.field == name
    excused = normal(PICC_ID, **{name: None}, not_done={name: REFUSED})
    assert found(one(picc(), excused)) == []


def test_every_lumen_is_looked_at() -> None:
    two = picc(lumen=(lumen(PICC_ID, 1, "red"), lumen(PICC_ID, 2, "purple")))
    missing = found(one(two, normal(PICC_ID)))
    assert codes(missing) == ["item_missing", "item_missing"]
    assert [f.cell.row.at for f in missing if f.cell] == [(PICC_ID, 2), (PICC_ID, 2)]
    both = normal(PICC_ID, lumen_check=(lumen_check(PICC_ID, 1), lumen_check(PICC_ID, 2)))
    assert found(one(two, both)) == []


def test_a_lumen_that_an_infusion_keeps_open_is_not_flushed() -> None:
    running = {"flush": None, "blood_return_before": "not_assessed", "left_as": "infusing"}
    row = lumen_check(PICC_ID, 1, blood_return_reason="milrinone runs through it", **running)
    assert codes(found(one(picc(), normal(PICC_ID, lumen_check=(row,))))) == []
    locked = replace(row, left_as="locked")
    assert codes(found(one(picc(), normal(PICC_ID, lumen_check=(locked,))))) == ["item_missing"]


def test_the_first_picc_check_needs_an_arm_circumference() -> None:
    bare = picc(arm_circumference_cm=None)
    (stop,) = found(one(bare, normal(PICC_ID)))
    assert stop.cell is not None
    assert stop.cell.field == "arm_circumference_cm"
    assert found(one(bare, normal(PICC_ID, arm_circumference_cm=Decimal(28)))) == []


def test_a_port_without_its_needle_asks_for_no_dressing_and_no_flush() -> None:
    closed = normal(
        PORT_ID,
        accessed=False,
        dressing_state=None,
        securement_state=None,
        integrity=None,
        skin=None,
        lumen_check=(),
    )
    flushed = CareFact(PORT_ID, "flush_lock", at(9) - days(20))
    assert findings(one(port(), closed), facts(care_before=(flushed,))) == []
    accessed_now = findings(one(port(), closed, care=(ACCESS,)), facts())
    assert {f.cell.field for f in accessed_now if f.cell} == {"flush", "blood_return_before"}


ALERTS = [
    ({"phlebitis_ins": "2"}, "phlebitis_ins", "Phlebitis, grade 2 (INS phlebitis 0 to 4)"),
    ({"phlebitis_vip": "3"}, "phlebitis_vip", "Phlebitis, grade 3 (VIP 0 to 5)"),
    (
        {"external_length_cm": Decimal(4)},
        "migrated",
        "External length changed: 2\u00a0cm further out",
    ),
    (
        {"external_length_cm": Decimal("1.5")},
        "migrated",
        "External length changed: 0.5\u00a0cm inward",
    ),
    ({"dressing_state": "lifted"}, "dressing_compromised", "Dressing lifted or loose, not changed"),
    ({"securement_state": "loose"}, "securement", "Securement loose, not changed"),
    ({"integrity": "crack"}, "integrity", "Catheter: crack"),
    ({"skin": "tear"}, "skin", "Skin: skin tear"),
    ({"symptoms": ("ear_gurgle",)}, "symptoms", "Symptoms of the line: gurgling in the ear"),
]


@pytest.mark.parametrize(("change", "code", "words"), ALERTS, ids=[a[1] for a in ALERTS])
def test_alerts_of_a_check(change: dict[str, Any], code: str, words: str) -> None:
    made = found(one(picc(), normal(PICC_ID, **change)))
    (alert,) = [f for f in made if f.code == f"devices.{code}"]
    assert alert.level is Level.ALERT
    assert alert.words == words
    assert alert.at == at(9, 4)
    assert alert.response == ""
    (advice,) = [f for f in made if f.code == f"devices.{code}_guidance"]
    assert advice.level is Level.ADVICE
    answered = found(one(picc(), normal(PICC_ID, response="Told S. Lindqvist 09:20.", **change)))
    (alert,) = [f for f in answered if f.code == f"devices.{code}"]
    assert alert.response == "Told S. Lindqvist 09:20."
    assert not [f for f in answered if f.code == f"devices.{code}_guidance"]
    assert alert.detail.startswith("PICC, left upper arm")


def test_grade_one_is_charted_and_no_alert() -> None:
    red = normal(PICC_ID, site="signs", signs=("redness",), drainage="none", phlebitis_ins="1")
    assert [f for f in found(one(picc(), red)) if f.level is Level.ALERT] == []


def test_a_grade_against_its_signs_is_shown_and_stands() -> None:
    low = normal(
        PICC_ID, site="signs", signs=("redness", "pain"), drainage="none", phlebitis_ins="1"
    )
    (advice,) = found(one(picc(), low))
    assert advice.level is Level.ADVICE
    assert advice.words == "The signs suggest INS phlebitis grade 2; grade 1 is charted"
    ungraded = replace(low, phlebitis_ins=None)
    (stop,) = found(one(picc(), ungraded))
    assert stop.level is Level.STOP
    assert "INS phlebitis grade 2; no grade is charted" in stop.words
    by_vip = replace(ungraded, phlebitis_vip="2")
    assert codes(found(one(picc(), by_vip))) == ["phlebitis_vip"]


def test_fever_raises_the_vip_and_only_the_vip() -> None:
    signs = ("redness", "swelling", "pain", "cord")
    hot = normal(PICC_ID, site="signs", signs=signs, drainage="none", phlebitis_vip="4")
    cool = found(one(picc(), hot), last_vitals=VitalsFact(at(9), temperature_c=Decimal("37.9")))
    assert codes(cool) == ["phlebitis_vip"]
    feverish = found(one(picc(), hot), last_vitals=VitalsFact(at(9), temperature_c=Decimal("38.4")))
    assert "phlebitis_vip_differs" in codes(feverish)


def test_an_infiltration_with_a_vesicant_is_an_extravasation() -> None:
    bad = normal(
        PIV_ID,
        site="signs",
        signs=("swelling", "coolness"),
        swelling_cm=Decimal(1),
        drainage="none",
        infusate="vesicant",
        infiltration_ins="4",
    )
    made = findings(one(piv(), bad), facts())
    (alert,) = [f for f in made if f.level is Level.ALERT]
    assert alert.words == "Extravasation, grade 4 (INS infiltration 0 to 4)"
    (guidance,) = [f for f in made if f.code.endswith("_guidance")]
    assert "Leave the catheter" in guidance.words
    assert alert.detail.startswith("Peripheral line, left forearm: swelling")


def test_a_response_says_what_was_done() -> None:
    gone = piv(
        removed_at=at(10, 20),
        removal_reason="complication",
        tip_intact=True,
        pressure_minutes=Decimal(2),
        removal_site="red, 2 cm",
        removal_tolerated="well",
    )
    red = normal(
        PIV_ID, site="signs", signs=("redness", "pain"), drainage="none", phlebitis_ins="2"
    )
    (alert,) = [f for f in findings(one(gone, red), facts()) if f.level is Level.ALERT]
    assert alert.response == "Line removed 10:20."


def test_without_a_baseline_nothing_is_compared() -> None:
    bare = picc(external_length_cm=None)
    (advice,) = found(one(bare, normal(PICC_ID, external_length_cm=Decimal(4))))
    assert advice.level is Level.ADVICE
    assert "cannot be compared" in advice.words


def test_a_baseline_newer_than_the_tip_confirmation_is_said() -> None:
    again = picc(measured_on=date(2026, 11, 1))
    assert codes(found(one(again, normal(PICC_ID)))) == ["baseline_not_confirmed"]
    confirmed = picc(measured_on=date(2026, 11, 1), tip_confirmed_on=date(2026, 11, 1))
    assert found(one(confirmed, normal(PICC_ID))) == []


@pytest.mark.parametrize(
    ("now", "symptoms", "level"),
    [
        ("30.5", ("none",), None),
        ("31", ("none",), Level.ADVICE),
        ("31", ("arm_swelling",), Level.ALERT),
    ],
)
def test_arm_circumference(now: str, symptoms: tuple[str, ...], level: Level | None) -> None:
    made = found(one(picc(), normal(PICC_ID, arm_circumference_cm=Decimal(now), symptoms=symptoms)))
    grown = [f.level for f in made if f.code == "devices.arm_grown"]
    assert grown == ([level] if level else [])


def test_occlusion_names_its_degree_and_lumen() -> None:
    two = picc(lumen=(lumen(PICC_ID, 1, "red"), lumen(PICC_ID, 2, "purple")))
    rows = (
        lumen_check(PICC_ID, 1),
        lumen_check(PICC_ID, 2, blood_return_before="none"),
    )
    (alert,) = bare(found(one(two, normal(PICC_ID, lumen_check=rows))))
    assert alert.words == "Partial occlusion"
    assert "purple: flushes easily, blood return none" in alert.detail
    back = (rows[0], replace(rows[1], blood_return_after="brisk"))
    assert found(one(two, normal(PICC_ID, lumen_check=back))) == []


def test_overdue_care_prints_until_it_is_done() -> None:
    old = (CareFact(PICC_ID, "dressing_change", at(9) - days(8), "transparent"), CONNECTED)
    values = one(picc(securement="none"), normal(PICC_ID))
    (alert,) = bare(findings(values, facts(care_before=old)))
    assert alert.words == "Overdue: dressing due 20 Nov 2026"
    changed = care(
        PICC_ID, 1, at(9, 20), "dressing_change", antiseptic="chg_alcohol",
        dressing_type="transparent",
    )  # fmt: skip
    values = replace(values, device_care=(changed,))
    assert findings(values, facts(care_before=old)) == []


def test_changing_the_dressing_answers_a_loose_one() -> None:
    changed = care(PICC_ID, 1, at(9, 20), "dressing_change", dressing_type="transparent")
    values = one(picc(), normal(PICC_ID, dressing_state="lifted"), care=(changed,))
    assert found(values) == []


@pytest.mark.parametrize(
    ("tip", "method", "code"),
    [
        ("not_central", "chest_xray", "tip_not_central"),
        ("not_known", None, "tip_not_confirmed"),
        ("caj", None, "tip_not_confirmed"),
        ("caj", "ecg", None),
    ],
)
def test_the_tip(tip: str, method: str | None, code: str | None) -> None:
    made = found(one(picc(tip=tip, tip_method=method), normal(PICC_ID)))
    assert codes(made) == ([code] if code else [])


REMOVED: dict[str, Any] = {
    "removed_at": at(12),
    "removal_reason": "therapy_complete",
    "removal_order": "S. Lindqvist, MD",
    "removed_length_cm": Decimal(42),
    "tip_intact": True,
    "pressure_minutes": Decimal(5),
    "removal_site": "clean, dry",
    "removal_tolerated": "well",
}


def test_a_removal_is_told_in_full() -> None:
    assert found(one(picc(**REMOVED))) == []
    for name in ("removal_reason", "removed_length_cm", "tip_intact", "removal_site"):
        (stop,) = found(one(picc(**{**REMOVED, name: None})))
        assert stop.cell is not None
        assert stop.cell.field == name


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"removed_length_cm": Decimal(39)}, "catheter_embolism"),
        ({"removed_length_cm": Decimal(41)}, None),
        ({"tip_intact": False}, "catheter_embolism"),
        ({"pressure_minutes": Decimal(2)}, "pressure"),
    ],
)
def test_what_a_removal_may_show(change: dict[str, Any], code: str | None) -> None:
    assert codes(found(one(picc(**{**REMOVED, **change})))) == ([code] if code else [])


@pytest.mark.parametrize(
    ("kind", "minutes", "thinner", "asked"),
    [
        ("picc", 4, None, "5"),
        ("midline", 4, None, "5"),
        ("non_tunneled_cvc", 4, None, "5"),
        ("picc", 5, None, None),
        ("piv", 1, None, None),
        ("piv", Decimal("0.5"), None, "1"),
        ("piv", 5, True, "10"),
        ("picc", 5, True, "10"),
        ("subcut", 1, None, None),
        ("subcut", 1, True, None),
    ],
)
def test_the_pressure_after_a_removal_goes_by_the_line(
    kind: str, minutes: Decimal, thinner: bool | None, asked: str | None
) -> None:
    held = {"pressure_minutes": Decimal(minutes), "anticoagulated": thinner}
    made = found(one(picc(**{**REMOVED, **held, "kind": kind})))
    said = [finding.detail for finding in made if finding.code == "devices.pressure"]
    assert len(said) == (1 if asked else 0)
    assert all(f": at least {asked}\u00a0min" in words for words in said)


def test_a_line_removed_before_arrival_is_no_longer_asked_for() -> None:
    gone = picc(**{**REMOVED, "removed_at": at(8)})
    assert found(one(gone)) == []


def test_a_struck_line_says_nothing() -> None:
    device = picc()
    struck = Struck(at(9, 30), NURSE, StrikeReason.WRONG_PATIENT)
    assert found(one(replace(device, mark=replace(device.mark, struck=struck)))) == []


def test_placing_a_line_tells_its_attempts() -> None:
    ok = normal(PIV_ID)
    (open_ones,) = findings(one(piv(), ok), facts())
    assert open_ones.words.startswith("Of the insertion not recorded: placed by, vein, gauge")
    assert "attempts" in codes(findings(one(piv(attempts=Decimal(3)), ok), facts()))
    two_nurses = piv(attempts=Decimal(3), attempts_one_nurse=Decimal(2))
    assert "attempts" not in codes(findings(one(two_nurses, ok), facts()))
    many = findings(one(piv(attempts=Decimal(5)), ok), facts())
    assert Level.ALERT in [f.level for f in many]
    unknown = piv(placed_here=None, inserted_at=None)
    assert codes(findings(one(unknown, ok), facts()))[-1] == "item_missing"


def test_heparin_locks() -> None:
    locked = lumen_check(
        PICC_ID, lock_agent="heparin", lock_units_per_ml=Decimal(100), lock_ml=Decimal(5)
    )
    values = one(picc(), normal(PICC_ID, lumen_check=(locked,)))
    assert found(values) == []
    assert codes(found(values, allergy_words=("heparin (HIT)",))) == ["heparin_barred"]
    valved = one(picc(catheter_end="valved"), normal(PICC_ID, lumen_check=(locked,)))
    assert codes(found(valved)) == ["heparin_valved"]
    strong = replace(locked, lock_units_per_ml=Decimal(1000))
    values = one(picc(), normal(PICC_ID, lumen_check=(strong,)))
    told = [one_of.words for one_of in found(values)]
    assert "5,000\u00a0units of heparin in locks at this visit" in told
    assert "Heparin lock of 1,000\u00a0units/mL" in told


def test_a_coring_needle_is_an_alert() -> None:
    wrong = replace(ACCESS, non_coring=False)
    assert "coring" in codes(findings(one(port(), normal(PORT_ID), care=(wrong,)), facts()))


def test_limits_signed_with_the_record_win() -> None:
    from infusion_visits.core.resources import load_catalogue

    catalogue = dict(load_catalogue("devices"))
    limits = dict(catalogue["threshold"])
    limits["external_out_cm"] = {**limits["external_out_cm"], "value": "1"}
    catalogue["threshold"] = limits
    values = one(picc(), normal(PICC_ID, external_length_cm=Decimal("3.5")))
    assert found(values) == []
    assert codes(found(values, catalogue={"devices": catalogue})) == ["migrated"]


def test_all_normal_answers_only_what_is_asked_and_no_figure() -> None:
    assert normal_answers("picc", None)["symptoms"] == "none"
    for kind in ("piv", "midline", "picc", "tunneled", "port", "non_tunneled_cvc", "subcut"):
        for needle in (None, True, False):
            asked = set(asked_items(kind, needle))
            assert set(needed_items(kind, needle)) <= asked
            answers = normal_answers(kind, needle)
            assert set(answers) <= asked
            assert not any(name.endswith("_cm") for name in answers)
    assert "dressing_state" not in normal_answers("port", False)


def test_line_facts_say_arm_and_central() -> None:
    values = Devices((picc(), port(), piv(), picc(tip="not_central")), (), ())
    lines = rules.line_facts(values, "America/New_York")
    assert [(line.label, line.central, line.limb) for line in lines] == [
        ("PICC, left upper arm", True, "left arm"),
        ("Port, right chest", True, ""),
        ("Peripheral line, left forearm", False, "left arm"),
        ("PICC, left upper arm", False, "left arm"),
    ]
    assert lines[2].inserted == date(2026, 11, 21)
    midline = rules.line_facts(one(picc(kind="midline", tip="axillary")))
    assert [line.central for line in midline] == [False]
    arm_port = rules.line_facts(one(port(site="upper_arm")))
    assert [(line.central, line.limb) for line in arm_port] == [(True, "right arm")]
    subcut = rules.line_facts(one(picc(kind="subcut", site="abdomen")))
    assert [(line.central, line.limb, line.site) for line in subcut] == [(False, "", "abdomen")]
