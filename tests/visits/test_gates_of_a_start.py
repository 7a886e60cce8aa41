"""What keeps an infusion from starting: line, product, first dose, premedication, double-check."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients import actions as patients
from infusion_visits.patients import order_actions
from infusion_visits.patients.facts import LineFact, LumenFact, TherapyFact
from infusion_visits.patients.therapy.catalogue import therapy_fact
from infusion_visits.sections.infusion.fields import COMPARED
from infusion_visits.visits import actions, charting
from infusion_visits.visits.rules import gates
from infusion_visits.visits.rules.before_start import before_start, started_although
from infusion_visits.visits.rules.before_start.tubing import _fits
from infusion_visits.visits.rules.everything import all_findings

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


@pytest.fixture
def ready(lived: Lived) -> Lived:
    """Arrived, the line looked at, baseline taken, nothing else in the way."""
    lived.arrive()
    lived.look_at_line()
    lived.vitals()
    return lived


def set_up(lived: Lived, **more: str) -> Row:
    texts = {
        "order_id": str(lived.order),
        "device_id": str(lived.device),
        "method": "pump",
        "filter": "1.2",
        "second_check": "solo",
    }
    return lived.append("infusion", Row("infusion"), **{**texts, **more})


def a_lot(lived: Lived, infusion: Row, **texts: str) -> Row:
    said = {"lot": "LX4402", "expiry": "2028-06-30", **texts}
    return lived.append("infusion", Row("product_lot", infusion.at), **said)


def facts_with(lived: Lived, therapy: TherapyFact | None, **of_order: Any) -> Facts:
    about = lived.facts()
    assert about.order is not None
    order = replace(about.order, therapy=therapy, **of_order)
    return replace(about, order=order, orders=(order,))


def held(lived: Lived, about: Facts | None = None) -> dict[str, Finding]:
    """The stops at the start by their code, as the agency decided about them."""
    facts = about or lived.facts()
    found = gates.under_gates(before_start(lived.read(), facts), facts)
    return {one.code: one for one in found if one.level is Level.STOP}


def advised(lived: Lived, about: Facts) -> dict[str, str]:
    found = before_start(lived.read(), about)
    return {one.code: plain(one.words) for one in found if one.level is Level.ADVICE}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def known(key: str) -> TherapyFact:
    found = therapy_fact(key)
    assert found is not None
    return found


def with_line(about: Facts, **more: Any) -> Facts:
    line = replace(about.lines[0], **more)
    assert isinstance(line, LineFact)
    return replace(about, lines=(line,))


# table 1.7: class, kind of line, where its tip lies -> held or not
TABLE = [
    ("dobutamine", "piv", False, True),
    ("dobutamine", "midline", False, True),
    ("dobutamine", "picc", True, False),
    ("dobutamine", "picc", False, True),
    ("milrinone", "piv", False, True),
    ("milrinone", "port", True, False),
    ("tpn", "piv", False, True),
    ("fluorouracil_elastomeric", "midline", False, True),
    ("vancomycin", "piv", False, False),
    ("vancomycin", "midline", False, False),
    ("infliximab", "piv", False, False),
    ("micafungin", "piv", False, False),
    ("ceftriaxone", "midline", False, False),
    ("infliximab", "subcut", False, True),
]


@pytest.mark.parametrize(("key", "kind", "central", "stopped"), TABLE)
def test_the_line_against_the_class_of_the_drug(
    ready: Lived, key: str, kind: str, central: bool, stopped: bool
) -> None:
    set_up(ready)
    about = with_line(facts_with(ready, known(key)), kind=kind, central=central)
    found = held(ready, about)
    assert ("start.access" in found) is stopped
    if stopped:
        assert found["start.access"].overridable
        assert "prescriber" in found["start.access"].detail


def test_a_warning_counts_the_days_of_the_line(ready: Lived) -> None:
    set_up(ready)
    about = facts_with(ready, known("vancomycin"))
    about = with_line(about, kind="midline", central=False, label="Midline", dwell_days=4)
    said = advised(ready, about)["start.access-short"]
    assert said == (
        "vancomycin through a midline, in place for 4 days: look at the site before each dose."
    )


def test_what_goes_under_the_skin_never_goes_into_a_vein(ready: Lived) -> None:
    set_up(ready)
    found = held(ready, facts_with(ready, known("scig20"), route="IV"))
    assert not found["start.never-intravenous"].overridable
    under = held(ready, facts_with(ready, known("scig20"), route="subcut"))
    assert "start.never-intravenous" not in under


def test_what_is_not_for_the_home_is_only_recorded(ready: Lived) -> None:
    set_up(ready)
    therapy = replace(known("infliximab"), home_eligible=False, why_not_home="certified sites only")
    found = held(ready, facts_with(ready, therapy))["start.not-for-home"]
    assert found.words.endswith("not given at home: certified sites only. Record only.")
    assert found.overridable


@pytest.mark.parametrize(
    ("texts", "code", "words"),
    [
        ({"expiry": "2026-11-20"}, "product-expired", "expired on 20 Nov 2026"),
        ({"beyond_use": "2026-11-21 08:00"}, "product-beyond-use", "was to be used before 08:00"),
        (
            {"kept": "cold", "kept_at_c": "12"},
            "product-temperature",
            "held too warm: 12 °C, refrigerated is 2 to 8 °C",
        ),
        ({"kept": "cold", "kept_at_c": "1"}, "product-temperature", "held too cold"),
        ({"kept": "room", "kept_at_c": "31"}, "product-temperature", "held too warm"),
        ({"kept": "cold", "out_minutes": "481"}, "product-temperature", "out of the refrigerator"),
        ({"inspected": "particles"}, "product-damaged", "particles or clumps"),
        ({"inspected": "leaking"}, "product-damaged", "Do not give it"),
    ],
)
def test_a_product_that_must_not_be_given(
    ready: Lived, texts: dict[str, str], code: str, words: str
) -> None:
    a_lot(ready, set_up(ready), **texts)
    found = held(ready)[f"start.{code}"]
    assert words in plain(found.words)
    assert found.overridable is (code != "product-damaged")
    assert found.gate is Gate.START


def test_a_product_in_order_holds_nothing(ready: Lived) -> None:
    good = {"beyond_use": "2026-11-21 23:00", "kept": "cold", "kept_at_c": "5", "out_minutes": "20"}
    a_lot(ready, set_up(ready), inspected="clear", **good)
    assert not [code for code in held(ready) if code.startswith("start.product")]


def test_what_is_kept_cold_by_the_catalogue_is_measured_against_it(ready: Lived) -> None:
    a_lot(ready, set_up(ready), kept_at_c="20")
    assert "start.product-temperature" not in held(ready, facts_with(ready, None))
    assert "start.product-temperature" in held(ready, facts_with(ready, known("infliximab")))


def test_a_first_dose_asks_for_its_conditions(ready: Lived) -> None:
    infusion = set_up(ready)
    about = facts_with(
        ready,
        known("infliximab"),
        first_dose=True,
        observation_minutes=30,
        home_first_dose_allowed=False,
    )
    found = held(ready, about)
    assert found["start.first-dose"].overridable
    assert "telephone here works" in found["start.first-dose-conditions"].words
    unchecked = held(ready, replace(about, kit_checked=False))["start.first-dose-conditions"]
    assert "emergency kit here and in date" in unchecked.words
    assert plain(found["start.first-dose-observation"].words) == (
        "First dose: the order asks for 30 min watching afterwards; 1 h are usual."
    )
    ready.record("infusion", infusion, first_dose_ready="kit, presence, telephone")
    about = replace(
        facts_with(
            ready, known("infliximab"), first_dose=True, observation_minutes=60,
            home_first_dose_allowed=True,
        ),
        kit_in_date=True,
    )  # fmt: skip
    assert not [code for code in held(ready, about) if "first-dose" in code]
    out = held(ready, replace(about, kit_in_date=False))["start.first-dose-kit"]
    assert not out.overridable


def test_a_later_dose_asks_nothing_of_a_first(ready: Lived) -> None:
    set_up(ready)
    about = facts_with(ready, known("infliximab"), first_dose=False, observation_minutes=0)
    assert not [code for code in held(ready, about) if "first-dose" in code]


def test_premedication_has_its_time(ready: Lived) -> None:
    with ready.new_unit() as unit:
        made = order_actions.copy_order(unit, ready.patient, ready.order)
        texts = {"medicine": "acetaminophen", "dose": "650 mg", "route": "by mouth"}
        patients.append(
            unit, ready.patient, Row("premedication", (made,)), {**texts, "minutes_before": "30"}
        )
        order_actions.use_order(unit, ready.patient, made)
        actions.set_order(unit, ready.visit, made)
        unit.commit()
    ready.order = made
    infusion = set_up(ready)
    given = {"medicine": "Acetaminophen", "dose": "650", "dose_unit": "mg", "route": "oral"}
    ready.append(
        "medicines", Row("medicine_given"), at="now", why="premedication", given_by="nurse", **given
    )
    ready.clock.forward(minutes=12)
    found = held(ready)["start.premedication-early"]
    assert found.words.startswith("acetaminophen was given")
    assert plain(found.words).split(" ago")[0].endswith("12 min")
    assert found.do_first
    ready.clock.forward(minutes=18)
    assert "start.premedication-early" not in held(ready)
    ready.append("infusion", Row("infusion_event", infusion.at), at="-10", kind="start", rate="100")
    late = {one.code for one in started_although(ready.read(), ready.facts())}
    assert "start.premedication-early" in late


def test_high_alert_asks_for_a_second_person(ready: Lived) -> None:
    pump = known("morphine_pca")
    infusion = ready.append(
        "infusion", Row("infusion"), order_id=str(ready.order), device_id=str(ready.device),
        method="pump",
    )  # fmt: skip
    assert held(ready, facts_with(ready, pump))["start.double-check"].do_first
    assert "start.double-check" not in held(ready, facts_with(ready, known("infliximab")))
    ready.record("infusion", infusion, second_check="solo")
    found = held(ready, facts_with(ready, pump))
    assert "not an independent double-check" in found["start.not-independent"].words
    assert "pump programme" in found["start.not-compared"].words
    compared = ", ".join(item.key for item in COMPARED)
    ready.record("infusion", infusion, second_check="independent", compared=compared)
    found = held(ready, facts_with(ready, pump))
    assert not {"start.not-independent", "start.not-compared"} & set(found)


def test_a_dose_by_weight_for_a_child_is_high_alert(ready: Lived) -> None:
    set_up(ready)
    about = replace(facts_with(ready, known("infliximab")), age_years=12)
    assert "start.not-independent" in held(ready, about)


@pytest.mark.parametrize(
    ("chosen", "wanted", "fits"),
    [
        ("1.2", "in line, 1.2 micron or less", True),
        ("0.2", "in line, 1.2 micron or less", True),
        ("15", "in line, 1.2 micron or less", False),
        ("0.2", "in line, 0.2 or 0.22 micron", True),
        ("1.2", "in line, 0.2 or 0.22 micron", False),
        ("1.2", "in line, 0.2 to 1.2 micron", True),
        ("none", "in line, 1.2 micron", False),
        (None, "in line, 1.2 micron", False),
        ("set", "in line, 1.2 micron", True),
    ],
)
def test_the_filter_of_the_therapy(chosen: str | None, wanted: str, fits: bool) -> None:
    assert _fits(chosen, wanted) is fits


def test_a_filter_that_lacks_holds_the_start(ready: Lived) -> None:
    infusion = set_up(ready, filter="none")
    assert "start.filter" in held(ready, facts_with(ready, known("infliximab")))
    assert "start.filter" not in held(ready, facts_with(ready, known("vancomycin")))
    ready.record("infusion", infusion, filter="0.2")
    assert "start.filter" not in held(ready, facts_with(ready, known("infliximab")))


def test_a_pump_past_its_maintenance(ready: Lived) -> None:
    infusion = set_up(ready, pump_due="2026-11-20")
    assert "valid until 20 Nov 2026" in held(ready)["start.pump-maintenance"].words
    ready.record("infusion", infusion, pump_due="2026-11-21")
    assert "start.pump-maintenance" not in held(ready)


def test_too_much_for_one_site(ready: Lived) -> None:
    infusion = set_up(ready)
    ready.append("infusion", Row("infusion_site", infusion.at), place="thigh", volume_ml="20")
    scig = known("scig20")
    first = facts_with(ready, scig, route="subcut", first_dose=True, brand="Hizentra")
    assert "15 mL at most" in plain(held(ready, first)["start.site-volume"].words)
    later = facts_with(ready, scig, route="subcut", first_dose=False, brand="Hizentra")
    assert "start.site-volume" not in held(ready, later)
    other = facts_with(ready, scig, route="subcut", first_dose=True, brand="Cuvitru")
    assert "start.site-volume" not in held(ready, other)


def test_what_is_gone_past_needs_a_reason_and_what_may_not_be_stays(ready: Lived) -> None:
    made = set_up(ready)
    a_lot(ready, made, expiry="2026-11-20")
    a_lot(ready, made, inspected="particles")
    found = all_findings(ready.read(), ready.facts())
    keys = {one.code: one.key for one in found if one.code.startswith("start.product")}
    with ready.new_unit() as unit:
        for key in keys.values():
            charting.override(unit, ready.visit, key, "words", "pharmacist Lee, 08:50")
        unit.commit()
    left = {
        one.code: one.level for one in all_findings(ready.read(), ready.facts())
        if one.code in keys
    }  # fmt: skip
    assert left == {
        "start.product-expired": Level.ADVICE,
        "start.product-damaged": Level.STOP,
    }


def test_a_therapy_that_is_not_in_the_catalogue_asks_nothing_of_it(ready: Lived) -> None:
    a_lot(ready, set_up(ready))
    assert held(ready, facts_with(ready, None)) == {}


def test_what_stood_in_the_way_and_was_done_is_told_on_page_one(ready: Lived) -> None:
    made = set_up(ready)
    a_lot(ready, made, expiry="2026-11-20")
    ready.append("infusion", Row("infusion_event", made.at), at="now", kind="start", rate="100")
    alerts = [one.words for one in ready.found() if one.level is Level.ALERT]
    assert any(
        words.startswith("Infusion started although: Lot LX4402 expired") for words in alerts
    )


def test_every_gate_of_the_catalogue_is_a_stop_of_the_program() -> None:
    rules = gates.read_gates(load_catalogue("gates"))
    assert set(rules) == set(gates.KNOWN)


def test_an_agency_decides_what_may_be_gone_past(ready: Lived) -> None:
    a_lot(ready, set_up(ready), expiry="2026-11-20")
    plain_gates = load_catalogue("gates")
    strict = {
        **plain_gates,
        "gate": {
            **plain_gates["gate"],
            "start.product-expired": {
                **plain_gates["gate"]["start.product-expired"],
                "overridable": False,
            },
        },
    }
    about = replace(ready.facts(), catalogue={"gates": strict})
    found = gates.under_gates(before_start(ready.read(), about), about)
    stopped = {one.code: one.overridable for one in found if one.level is Level.STOP}
    assert stopped == {"start.product-expired": False}


def test_a_baseline_of_half_an_hour(ready: Lived) -> None:
    set_up(ready)
    about = ready.facts()
    later = replace(about, now=about.now + timedelta(minutes=31))
    assert held(ready, later)["start.no-baseline"].do_first


def lumen(number: int, name: str, **more: Any) -> LumenFact:
    return LumenFact(number, name, **more)


def test_a_line_is_used_as_it_was_found(ready: Lived) -> None:
    set_up(ready)
    about = facts_with(ready, known("infliximab"))
    assert not held(ready, with_line(about, lumen_facts=(lumen(1, "red"),)))
    found = held(ready, with_line(about, for_infusion=False))
    assert not found["start.line-not-ours"].overridable
    assert "start.line-unfit" in held(ready, with_line(about, why_not="phlebitis INS 2"))
    assert "start.no-needle" in held(ready, with_line(about, accessed=False))
    assert "start.no-needle" not in held(ready, with_line(about, accessed=None))


def test_two_lumens_have_fates_of_their_own(ready: Lived) -> None:
    red = lumen(1, "red", why_not="it cannot be flushed", occlusion="complete")
    purple = lumen(2, "purple", dedicated_drug="parenteral nutrition")
    both = {"lumens": ("red", "purple"), "lumen_facts": (red, purple)}
    infusion = set_up(ready, lumen="red")
    about = with_line(facts_with(ready, known("infliximab")), **both)
    found = held(ready, about)
    assert plain(found["start.lumen-unfit"].words) == (
        "Not through the red lumen: it cannot be flushed."
    )
    with ready.new_unit() as unit:
        charting.record(unit, ready.visit, Cell("infusion", infusion, "lumen"), "purple")
        unit.commit()
    found = held(ready, about)
    assert "start.lumen-unfit" not in found
    assert plain(found["start.lumen-dedicated"].words) == (
        "The purple lumen is kept for parenteral nutrition."
    )


@pytest.mark.parametrize(
    ("key", "back", "stopped"),
    [
        ("dobutamine", "none", True),
        ("dobutamine", "sluggish", True),
        ("dobutamine", "brisk", False),
        ("dobutamine", "", False),
        ("vancomycin", "none", False),
    ],
)
def test_no_vesicant_without_blood_return(ready: Lived, key: str, back: str, stopped: bool) -> None:
    set_up(ready)
    about = with_line(
        facts_with(ready, known(key)),
        kind="picc",
        central=True,
        lumen_facts=(lumen(1, "single", blood_return=back),),
    )
    assert ("start.no-blood-return" in held(ready, about)) is stopped
    assert ("start.blood-return" in advised(ready, about)) is (key == "vancomycin")
