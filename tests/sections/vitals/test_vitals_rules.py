from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import ALL_UNITS
from infusion_visits.patients.facts import BarredLimb, Facts, OrderFact, VitalsFact
from infusion_visits.sections.vitals.limits import Band, Side, read_limits
from infusion_visits.sections.vitals.rules import baseline_of, findings, last_of, times_of
from infusion_visits.sections.vitals.sets import mean_pressure
from tests.sections.vitals.making import DAY, NURSE, a_row, facts, normal, one_set, vitals

LIMITS = read_limits(load_catalogue("vitals"))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def found(*rows: dict[str, Any], about: Facts | None = None) -> list[Finding]:
    return findings(vitals(*rows), about or facts())


def told(*rows: dict[str, Any], about: Facts | None = None) -> list[Finding]:
    """Stops and alerts; advice stands inline only."""
    return [one for one in found(*rows, about=about) if one.level is not Level.ADVICE]


def codes(*rows: dict[str, Any], about: Facts | None = None) -> set[str]:
    return {finding.code for finding in told(*rows, about=about)}


def an_order(weight: str) -> OrderFact:
    return OrderFact(
        order=UUID(int=1),
        version=1,
        drug="immune globulin",
        brand="",
        dose=Decimal(35),
        dose_unit="g",
        dose_per_kg=Decimal("0.5"),
        dosing_weight_kg=Decimal(weight),
        dosing_weight_day=date(2026, 11, 2),
        volume_ml=Decimal(350),
        route="IV",
        steps=(),
        observation_minutes=30,
        first_dose=False,
        home_first_dose_allowed=False,
        prescriber="S. Lindqvist, MD",
        flush="",
    )


def test_a_normal_set_has_nothing_to_say() -> None:
    assert found(normal(1, "9:08"), normal(2, "9:41")) == []


@pytest.mark.parametrize(
    ("sign", "figure", "band", "side"),
    [
        ("systolic", "100", Band.AMBER, Side.LOW),
        ("systolic", "101", None, None),
        ("systolic", "90", Band.RED, Side.LOW),
        ("systolic", "91", Band.AMBER, Side.LOW),
        ("systolic", "159", None, None),
        ("systolic", "160", Band.AMBER, Side.HIGH),
        ("systolic", "220", Band.RED, Side.HIGH),
        ("diastolic", "49", Band.AMBER, Side.LOW),
        ("diastolic", "50", None, None),
        ("diastolic", "100", Band.AMBER, Side.HIGH),
        ("pulse", "50", Band.AMBER, Side.LOW),
        ("pulse", "40", Band.RED, Side.LOW),
        ("pulse", "110", None, None),
        ("pulse", "111", Band.AMBER, Side.HIGH),
        ("pulse", "131", Band.RED, Side.HIGH),
        ("respirations", "12", None, None),
        ("respirations", "11", Band.AMBER, Side.LOW),
        ("respirations", "8", Band.RED, Side.LOW),
        ("respirations", "21", Band.AMBER, Side.HIGH),
        ("respirations", "25", Band.RED, Side.HIGH),
        ("spo2", "94", None, None),
        ("spo2", "93", Band.AMBER, Side.LOW),
        ("spo2", "91", Band.RED, Side.LOW),
        ("temperature", "36.0", Band.AMBER, Side.LOW),
        ("temperature", "36.1", None, None),
        ("temperature", "37.9", None, None),
        ("temperature", "37.95", Band.AMBER, Side.HIGH),
        ("temperature", "38.0", Band.AMBER, Side.HIGH),
        ("temperature", "39.1", Band.RED, Side.HIGH),
        ("temperature", "35.0", Band.RED, Side.LOW),
        ("pain", "3", None, None),
        ("pain", "4", Band.AMBER, Side.HIGH),
        ("glucose", "70", None, None),
        ("glucose", "69", Band.AMBER, Side.LOW),
        ("glucose", "53", Band.RED, Side.LOW),
        ("glucose", "251", Band.AMBER, Side.HIGH),
        ("mean_pressure", "64", Band.AMBER, Side.LOW),
        ("mean_pressure", "65", None, None),
    ],
)
def test_adult_limits(sign: str, figure: str, band: Band | None, side: Side | None) -> None:
    expected = (band, side) if band else None
    assert LIMITS[sign].out(Decimal(figure), 47) == expected
    assert LIMITS[sign].out(Decimal(figure), None) == expected


@pytest.mark.parametrize(
    ("sign", "figure", "asks"),
    [
        ("systolic", "39", True),
        ("systolic", "40", False),
        ("systolic", "301", True),
        ("diastolic", "19", True),
        ("diastolic", "201", True),
        ("pulse", "19", True),
        ("pulse", "250", False),
        ("pulse", "251", True),
        ("respirations", "3", True),
        ("respirations", "4", False),
        ("respirations", "71", True),
        ("spo2", "39", True),
        ("temperature", "29.9", True),
        ("temperature", "43.1", True),
        ("temperature", "43.0", False),
        ("oxygen_flow", "15.5", True),
        ("weight", "351", True),
        ("weight", "0.4", True),
        ("glucose", "9", True),
        ("glucose", "1501", True),
    ],
)
def test_figures_that_are_asked_again(sign: str, figure: str, asks: bool) -> None:
    assert LIMITS[sign].asks(Decimal(figure)) is asks


@pytest.mark.parametrize(
    ("sign", "age", "figure", "out"),
    [
        ("pulse", 2, "130", False),
        ("pulse", 2, "151", True),
        ("pulse", 5, "74", True),
        ("pulse", 13, "106", True),
        ("respirations", 2, "30", False),
        ("respirations", 8, "25", True),
        ("pulse", 0, "160", False),
        ("systolic", 12, "165", False),
    ],
)
def test_children_have_limits_of_their_own(sign: str, age: int, figure: str, out: bool) -> None:
    assert (LIMITS[sign].out(Decimal(figure), age) is not None) is out


def test_a_child_is_hypotensive_below_seventy_and_twice_the_age() -> None:
    about = facts(age_years=5)
    low = {"diastolic": "40", "pulse": "100", "respirations": "20"}
    assert "vitals.out_of_range" in codes(normal(1, "9:30", systolic="79", **low), about=about)
    assert codes(normal(1, "9:30", systolic="80", **low), about=about) == set()


def test_every_limit_has_a_source_and_known_codes() -> None:
    units = {unit.code for unit in ALL_UNITS}
    for limits in LIMITS.values():
        assert limits.source
        assert limits.ucum in {*units, "kg/m2"}
        assert limits.loinc or limits.sign == "girth"


@pytest.mark.parametrize("bad", [{"source": ""}, {"ask": ["20"]}, {"amber": ["=< 3"]}])
def test_a_bad_catalogue_is_refused(bad: dict[str, Any]) -> None:
    entry = {**load_catalogue("vitals")["pulse"], **bad}
    with pytest.raises(ValueError, match="pulse"):
        read_limits({"pulse": entry})


def test_a_signed_record_keeps_its_own_limits() -> None:
    kept = dict(load_catalogue("vitals"))
    kept["pulse"] = {**kept["pulse"], "amber": ["> 60"]}
    about = facts(catalogue={"vitals": kept})
    assert codes(normal(1, "9:30"), about=about) == {"vitals.out_of_range"}


def test_diastolic_not_below_systolic_stops_at_its_cell() -> None:
    (stop,) = [f for f in found(normal(1, "9:30", diastolic="122")) if f.level is Level.STOP]
    assert stop.cell is not None
    assert stop.cell.path() == "vitals/vital_signs/1/diastolic"
    assert not stop.overridable


def test_an_unlikely_figure_is_asked_about_until_there_is_context() -> None:
    assert "vitals.unlikely_pulse" in codes(normal(1, "9:30", pulse="260"))
    said = codes(normal(1, "9:30", pulse="260", context="measured twice"))
    assert said == {"vitals.out_of_range"}


def test_a_set_lacks_a_sign_until_it_is_not_done_or_a_recheck() -> None:
    row = a_row(1, "9:30", pulse="80")
    assert codes(row) == {"vitals.incomplete_set"}
    assert codes(a_row(1, "9:30", pulse="80", extent="part")) == set()
    assert codes(a_row(1, "9:30", extent="part")) == {"vitals.incomplete_set"}
    no_heat = {k: v for k, v in normal(1, "9:30").items() if not k.startswith("temperature")}
    (stop,) = found(no_heat)
    assert "lacks temperature." in stop.words
    values = vitals(no_heat, not_done={("vital_signs/1", "temperature"): ("patient refused", "")})
    assert findings(values, facts()) == []


def test_a_barred_limb_stops_and_may_be_overridden() -> None:
    about = facts(barred_limbs=(BarredLimb("right arm", "PICC in the right upper arm"),))
    assert found(normal(1, "9:30"), about=about) == []
    (stop,) = found(normal(1, "9:30", limb="right arm"), about=about)
    assert stop.overridable
    assert stop.level is Level.STOP
    assert "PICC in the right upper arm" in stop.words
    unsaid = {k: v for k, v in normal(1, "9:30").items() if k != "limb"}
    assert codes(unsaid, about=about) == {"vitals.limb_not_said"}
    assert codes(unsaid) == set()


def test_a_line_bars_its_arm_from_its_placing_to_its_removal() -> None:
    barred = BarredLimb(
        "right arm", "Peripheral line", since=one_set(at="9:20").at, until=one_set(at="12:00").at
    )
    about = facts(barred_limbs=(barred,))
    assert found(normal(1, "9:10", limb="right arm"), about=about) == []
    assert [one.code for one in found(normal(1, "9:30", limb="right arm"), about=about)] == [
        "vitals.barred_limb"
    ]
    assert found(normal(1, "12:10", limb="right arm"), about=about) == []
    unsaid = {k: v for k, v in normal(1, "12:10").items() if k != "limb"}
    assert found(unsaid, about=about) == []


def test_the_event_of_the_picture() -> None:
    values = vitals(
        normal(1, "9:08", pulse="70", systolic="124"),
        normal(2, "9:41"),
        normal(3, "10:26", pulse="112", pain="4", systolic="138", diastolic="84", spo2="97"),
        normal(4, "10:41", pulse="80", pain="2"),
    )
    both = findings(values, facts(baseline=baseline_of(values)))
    (alert,) = [one for one in both if one.level is Level.ALERT]
    assert alert.level is Level.ALERT
    assert plain(alert.words) == "Pulse 112, high; pain 4 of 10, high"
    assert plain(alert.detail) == (
        "Pulse up 42 from before, pain up 4 from before; "
        "BP 138/84, resp 16, SpO2 97 %, temperature 98.4 °F, NEWS2 2."
    )
    assert plain(alert.response) == "Recheck 10:41: pulse 80, pain 2 of 10."
    assert alert.at == DAY + timedelta(hours=1, minutes=26)


def test_pain_alone_is_told_without_figures_that_are_in_order() -> None:
    values = vitals(
        normal(1, "9:08"), normal(2, "9:41", pain="4", context="as ever, osteomyelitis")
    )
    both = findings(values, facts(baseline=baseline_of(values)))
    (alert,) = [one for one in both if one.level is Level.ALERT]
    assert plain(alert.words) == "Pain 4 of 10, high"
    assert plain(alert.detail) == "Pain up 4 from before; as ever, osteomyelitis."


def test_what_stays_out_is_one_event_until_it_gets_worse_or_comes_back() -> None:
    def count(*pulses: str) -> int:
        rows = [normal(n, f"9:{10 + n}", pulse=pulse) for n, pulse in enumerate(pulses, 1)]
        return len([f for f in told(*rows) if "Pulse" in f.words or "pulse" in f.words[:8]])

    assert count("112", "115", "118") == 1
    assert count("112", "80", "112") == 2
    assert count("112", "135", "133") == 2
    assert count("112", "45") == 2


def test_struck_sets_say_nothing() -> None:
    row = normal(1, "9:30", pulse="180")
    row.update(struck_at=DAY, struck_by=NURSE, struck_reason="typing error")
    assert found(row) == []


@pytest.mark.parametrize(("systolic", "drops"), [("98", False), ("97", True)])
def test_more_than_thirty_percent_below_the_first(systolic: str, drops: bool) -> None:
    about = facts(baseline=VitalsFact(DAY, systolic=Decimal(140)))
    words = " ".join(f.words for f in found(normal(1, "9:30", systolic=systolic), about=about))
    assert ("more than 30" in words) is drops


def test_oxygen_confusion_and_news2_are_said() -> None:
    (alert,) = told(normal(1, "9:30", consciousness="C", oxygen="oxygen", oxygen_flow="2"))
    assert plain(alert.words) == "On oxygen 2 L/min; new confusion (C); NEWS2 5, medium"


def test_a_documented_target_judges_spo2_by_scale_two() -> None:
    about = facts(hypercapnic_target=True)
    assert codes(normal(1, "9:30", spo2="90"), about=about) == set()
    assert codes(normal(1, "9:30", spo2="97"), about=about) == set()
    (alert,) = told(normal(1, "9:30", spo2="97", oxygen="oxygen"), about=about)
    assert "SpO2" in alert.words


@pytest.mark.parametrize(
    ("weight", "codes_expected"),
    [
        ("70 kg", set()),
        ("76.9 kg", set()),
        ("77 kg", {"vitals.weight_changed"}),
        ("63 kg", {"vitals.weight_changed"}),
        ("154 kg", {"vitals.weight_in_pounds"}),
        ("154 lb", set()),
    ],
)
def test_weight_against_the_dosing_weight(weight: str, codes_expected: set[str]) -> None:
    assert codes(normal(1, "9:30", weight=weight), about=facts(order=an_order("70"))) == (
        codes_expected
    )


@pytest.mark.parametrize(
    ("height", "more", "asked"),
    [
        ("170 cm", {}, False),
        ("173 cm", {}, False),
        ("173.1 cm", {}, True),
        ("166.9 cm", {}, True),
        ("68.5 in", {}, True),
        ("180 cm", {"confirmed": "height"}, False),
        ("180 cm", {"context": "measured twice, lying"}, False),
    ],
)
def test_a_height_far_from_the_last_one_is_asked_again(
    height: str, more: dict[str, str], asked: bool
) -> None:
    about = facts(height_cm=Decimal(170), height_day=date(2026, 9, 1))
    found = [
        one
        for one in told(normal(1, "9:30", height=height, **more), about=about)
        if one.code == "vitals.height_changed"
    ]
    assert bool(found) is asked
    assert codes(normal(1, "9:30", height=height)) == set()


def test_the_words_of_a_changed_height() -> None:
    about = facts(height_cm=Decimal(170), height_day=date(2026, 9, 1))
    (found,) = told(normal(1, "9:30", height="71 in"), about=about)
    assert found.words.replace("\u00a0", " ") == (
        "Height 71 in is 10.3 cm more than 170 cm on 1 Sep 2026: "
        "is that right? Correct it, or tick that it was measured."
    )


@pytest.mark.parametrize(
    ("systolic", "diastolic", "mean"),
    [
        ("120", "80", 93),
        ("90", "50", 63),
        ("160", "100", 120),
        ("105", "62", 76),
        ("135", "85", 102),
    ],
)
def test_mean_pressure(systolic: str, diastolic: str, mean: int) -> None:
    found = mean_pressure(one_set(systolic=systolic, diastolic=diastolic))
    assert found is not None
    assert found.rounded == mean


def test_baseline_and_last() -> None:
    values = vitals(
        a_row(1, "9:05", pulse="99", extent="part"),
        normal(2, "9:08", pulse="70"),
        normal(3, "9:27", pulse="72"),
        a_row(4, "9:41", pulse="75", extent="part"),
    )
    baseline, last = baseline_of(values), last_of(values)
    assert baseline is not None
    assert baseline.pulse == 70
    later = baseline_of(values, start=DAY + timedelta(minutes=30))
    assert later is not None
    assert later.pulse == 72
    assert last is not None
    assert last.pulse == 75
    assert len(times_of(values)) == 4
