from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.clock import local
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.sections.infusion.acts import State, acts_of
from infusion_visits.sections.infusion.dose import dose_check
from infusion_visits.sections.infusion.fields import KINDS
from infusion_visits.sections.infusion.rules import (
    findings,
    phases_of,
    rate_steps_of,
    summary_of,
)
from tests.sections.infusion.making import (
    NOW,
    NURSE,
    PICTURE,
    ZONE,
    act,
    acts,
    an_order,
    at,
    facts,
    infusion,
    infusions,
    lot,
    steps,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import Infusion


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def codes(values: Infusion, about: Facts | None = None) -> set[str]:
    return {found.code for found in findings(values, about or facts())}


def the(code: str, values: Infusion, about: Facts | None = None) -> Finding:
    (one,) = [f for f in findings(values, about or facts()) if f.code == code]
    return one


def test_the_infusion_of_the_picture() -> None:
    summary = summary_of(infusion(*PICTURE), an_order(), NOW, watched_until=at("12:54"))
    assert summary.state is State.ENDED
    assert summary.running_minutes == 176
    assert summary.held_minutes == 15
    assert summary.watched_minutes == 31
    assert summary.calculated_ml == Decimal("348.8")
    assert summary.given_ml == 350
    assert summary.dose_given == 35
    assert summary.dose_unit == "g"
    assert summary.fastest == 280
    assert not summary.volume_differs


def test_the_picture_has_nothing_to_say() -> None:
    about = facts(vitals_times=(at("12:54"),), departed=at("13:05"))
    assert findings(infusions(acts(*PICTURE)), about) == []


def test_phases_of_the_picture() -> None:
    about = facts(phases=phases_of(infusion(*PICTURE), at("09:02")))
    told = {
        "09:08": "before",
        "09:12": "before",
        "09:27": "35 mL/h",
        "09:42": "35 mL/h",
        "10:10": "70 mL/h",
        "10:26": "140 mL/h",
        "10:31": "held",
        "10:42": "held",
        "11:11": "70 mL/h",
        "12:11": "210 mL/h",
        "12:23": "end",
        "12:54": "watched",
    }
    assert {time: plain(about.phase_at(at(time))) for time in told} == told


def test_before_begins_without_an_arrival_too() -> None:
    about = facts(phases=phases_of(infusion(*PICTURE)))
    assert about.phase_at(at("08:00")) == "before"
    assert phases_of(infusion()) == ()


def test_the_rate_curve() -> None:
    curve = rate_steps_of(infusion(*PICTURE))
    assert [int(step.ml_per_hour) for step in curve] == [35, 70, 140, 0, 70, 140, 210, 280, 0]
    assert curve[-1].at == at("12:23")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((), State.NOT_STARTED),
        ((("09:00", "started", "35"),), State.RUNNING),
        ((("09:00", "started", "35"), ("09:10", "held")), State.HELD),
        ((("09:00", "started", "35"), ("09:10", "stopped")), State.ENDED),
        ((("09:00", "found running", "35"), ("09:10", "left running")), State.LEFT_RUNNING),
    ],
)
def test_states(said: tuple[tuple[str, ...], ...], state: State) -> None:
    assert summary_of(infusion(*said), an_order(), NOW).state is state


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((("09:00", "stepped", "35"),), "before the start"),
        ((("09:00", "started", "35"), ("09:10", "resumed")), "without a hold"),
        ((("09:00", "started", "35"), ("09:10", "started", "70")), "twice"),
        ((("09:00", "started", "35"), ("09:10", "held"), ("09:11", "stepped", "70")), "held"),
        ((("09:00", "started", "35"), ("09:10", "completed"), ("09:11", "held")), "ended"),
        ((("09:00", "started", "35"), ("09:10", "stepped", "35")), "not above"),
        ((("09:00", "started", "35"), ("09:10", "slowed down", "70")), "not below"),
        ((("09:00", "started"),), "needs its rate"),
        (
            (("09:00", "started", "35"), ("09:10", "held"), ("09:20", "resumed", "70")),
            "faster than",
        ),
    ],
)
def test_acts_out_of_order_stop_with_words(said: tuple[tuple[str, ...], ...], words: str) -> None:
    stop = the("infusion.out_of_order", infusions(acts(*said)))
    assert stop.level is Level.STOP
    assert words in stop.words


def test_the_same_acts_in_order_have_no_words() -> None:
    said = [
        ("09:00", "started", "70"),
        ("09:10", "slowed down", "35"),
        ("09:15", "bag changed"),
        ("09:20", "held"),
        ("09:30", "resumed"),
        ("09:40", "stepped", "70"),
        ("09:50", "stopped"),
    ]
    assert not any(one.wrong for one in acts_of(infusion(*said)))


def test_order_of_entry_does_not_matter_and_struck_acts_do_not_count() -> None:
    shuffled = acts(*PICTURE)[::-1]
    struck = act(99, "09:30", "stopped")
    struck.update(struck_at=NOW, struck_by=NURSE, struck_reason="typing error")
    values = infusions([struck, *shuffled])
    assert rate_steps_of(values.infusion[0]) == rate_steps_of(infusion(*PICTURE))


def test_next_step_and_planned_end_of_the_screen() -> None:
    """The picture of the screen: 10:10, 70 mL/h since 09:42, next 140 at 10:12, end at 11:38."""
    one = infusion(*PICTURE[:2])
    summary = summary_of(one, an_order(), at("10:10"))
    assert summary.next_step is not None
    assert summary.next_step.ml_per_hour == 140
    assert summary.next_step.due == at("10:12")
    assert summary.planned_end is not None
    assert f"{local(summary.planned_end, ZONE):%H:%M}" == "11:38"
    assert summary.given_ml == Decimal("50.2")
    assert summary.remaining_ml == Decimal("299.8")
    assert summary.dose_given == Decimal("5.02")


def test_a_hold_stops_the_clock_of_the_step() -> None:
    said = [("09:00", "started", "35"), ("09:10", "held"), ("09:30", "resumed")]
    held = summary_of(infusion(*said[:2]), an_order(), at("09:20"))
    assert held.next_step is not None
    assert held.next_step.due is None
    assert held.next_step.minutes_left == 20
    assert held.planned_end is None
    running = summary_of(infusion(*said), an_order(), at("09:31"))
    assert running.next_step is not None
    assert running.next_step.due == at("09:50")


def test_after_a_restart_at_half_rate_thirty_minutes_pass_before_a_step() -> None:
    order = an_order(steps=steps([(35, 15), (70, 15), (140, None)]))
    said = [
        ("09:00", "started", "35"),
        ("09:15", "stepped", "70"),
        ("09:20", "held"),
        ("09:40", "resumed", "35"),
    ]
    summary = summary_of(infusion(*said), order, at("09:45"))
    assert summary.next_step is not None
    assert summary.next_step.ml_per_hour == 70
    assert summary.next_step.due == at("10:10")


def test_below_the_first_step_the_first_comes_next() -> None:
    said = [("09:00", "started", "35"), ("09:10", "slowed down", "17.5")]
    summary = summary_of(infusion(*said), an_order(), at("09:15"))
    assert summary.next_step is not None
    assert summary.next_step.ml_per_hour == 35
    assert summary.next_step.due == at("09:40")


def test_on_the_last_step_nothing_comes_next() -> None:
    summary = summary_of(infusion(*PICTURE[:8]), an_order(), at("12:20"))
    assert summary.next_step is None
    assert summary.planned_end is not None


def test_an_overdue_step_leaves_an_end_to_expect() -> None:
    summary = summary_of(infusion(*PICTURE[:1]), an_order(), at("10:00"))
    assert summary.next_step is not None
    assert summary.next_step.due == at("09:42")
    assert summary.planned_end is not None
    assert summary.planned_end > at("10:00")


def test_found_and_left_running_counts_this_visit_only() -> None:
    said = [
        act(1, "09:00", "found running", "10", reading_ml="480"),
        act(2, "10:00", "left running", reading_ml="489.6"),
    ]
    order = an_order(volume_ml=Decimal(2000), dose=Decimal(2000), dose_unit="mL", steps=())
    values = infusions(said, lots=())
    summary = summary_of(values.infusion[0], order, NOW)
    assert summary.of_interval
    assert summary.given_ml == Decimal("9.6")
    assert not summary.volume_differs
    about = facts(order=order)
    assert codes(values, about) == {"infusion.dose_differs_from_weight"}
    unread = infusions(acts(("09:00", "found running", "10"), ("10:00", "left running")), lots=())
    assert "infusion.reading_lacking" in codes(unread, about)


def test_the_pump_reading_at_the_end_wins() -> None:
    said = [*acts(*PICTURE[:8]), act(9, "12:23", "stopped", why="line", reading_ml="301.5")]
    summary = summary_of(infusions(said).infusion[0], an_order(), NOW)
    assert summary.given_ml == Decimal("301.5")
    assert summary.partial


def test_stopped_early_is_an_exception_and_needs_a_reason() -> None:
    said = [*acts(*PICTURE[:3]), act(4, "10:27", "stopped", why="Patient asked to stop")]
    values = infusions(said)
    stop = the("infusion.volume_differs", values)
    assert stop.gate is Gate.SIGN
    assert plain(stop.words).startswith("87.5 mL of 350 mL given")
    alert = the("infusion.stopped_early", values)
    assert plain(alert.words) == "Infusion stopped at 10:27"
    assert plain(alert.detail) == "Given: 87.5 mL of 350 mL, 8.75 g. Patient asked to stop"
    told = infusions(said, difference_reason="Told S. Lindqvist, rest tomorrow")
    assert codes(told) == {"infusion.stopped_early"}
    assert the("infusion.stopped_early", told).response == "Told S. Lindqvist, rest tomorrow"


@pytest.mark.parametrize(("end", "differs"), [("09:57", False), ("09:56", True)])
def test_five_percent_is_still_as_ordered(end: str, differs: bool) -> None:
    order = an_order(volume_ml=Decimal(100), steps=steps([(100, None)]))
    said = (("09:00", "started", "100"), (end, "stopped"))
    assert summary_of(infusion(*said), order, NOW).volume_differs is differs


def test_an_end_stopped_at_full_volume_is_no_exception() -> None:
    said = [*acts(*PICTURE[:8]), act(9, "12:23", "stopped", why="bag empty")]
    assert codes(infusions(said)) == set()


def test_a_rate_above_the_order() -> None:
    values = infusions(acts(*PICTURE[:7], ("12:12", "stepped", "300"), ("12:23", "completed")))
    alert = the("infusion.rate_above_order", values)
    assert alert.level is Level.ALERT
    assert plain(alert.words) == "Rate 300 mL/h, above the order"
    stop = the("infusion.rate_above_order_stop", values)
    assert (stop.gate, stop.overridable) == (Gate.STEP, True)


def test_a_step_before_it_is_due_or_over_a_rung_is_an_exception() -> None:
    early = infusions(acts(("09:00", "started", "35"), ("09:20", "stepped", "70")))
    assert plain(the("infusion.raised_too_soon", early).detail) == "10 min before it was due."
    over = infusions(acts(("09:00", "started", "35"), ("09:30", "stepped", "140")))
    assert plain(the("infusion.raised_too_soon", over).detail) == (
        "The next ordered step is 70 mL/h."
    )
    due = infusions(acts(("09:00", "started", "35"), ("09:28", "stepped", "70")))
    assert "infusion.raised_too_soon" not in codes(due)


def test_lots() -> None:
    assert codes(infusions(acts(*PICTURE), [lot(1, "LE1", expiry="2026-11-21")])) == set()
    assert codes(infusions(acts(*PICTURE), ())) == {"infusion.no_lot"}
    assert codes(infusions((), ())) == set()
    short = [
        lot(1, "LE1", amount="20", amount_unit="g"),
        lot(2, "LE2", amount="10", amount_unit="g"),
    ]
    assert plain(the("infusion.lots_short", infusions(acts(*PICTURE), short)).words) == (
        "The lots make 30 g; ordered are 35 g."
    )


@pytest.mark.parametrize(
    ("seen", "departed", "words"),
    [
        ("12:54", "13:05", None),
        ("12:48", "12:54", None),
        ("12:40", "13:05", "Last vital signs 17 min after the end, watching ordered for 30 min"),
        ("12:50", "12:52", None),
    ],
)
def test_watching_after_the_end(seen: str, departed: str, words: str | None) -> None:
    about = facts(vitals_times=(at(seen),), departed=at(departed))
    found = list(findings(infusions(acts(*PICTURE)), about))
    assert [plain(f.words) for f in found] == ([words] if words else [])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "0.5 g/kg × 70 kg = 35 g = 350 mL"),
        (
            {
                "dose": Decimal(400),
                "dose_unit": "mg",
                "dose_per_kg": Decimal(5),
                "dosing_weight_kg": Decimal(82),
                "volume_ml": Decimal(250),
            },
            "5 mg/kg × 82 kg = 410 mg; ordered 400 mg = 250 mL, 2.4 % less",
        ),
        (
            {
                "dose": Decimal(200),
                "dose_unit": "mg",
                "dose_per_kg": Decimal(3),
                "dosing_weight_kg": Decimal("61.2"),
                "volume_ml": None,
            },
            "3 mg/kg × 61.2 kg = 183.6 mg; ordered 200 mg, 8.9 % more",
        ),
        (
            {"dose_per_kg": Decimal(500), "dose_per_kg_unit": "mg"},
            "500 mg/kg × 70 kg = 35 g = 350 mL",
        ),
        ({"dose_per_kg": None, "dose": Decimal(1000), "dose_unit": "mg"}, "1,000 mg = 350 mL"),
    ],
)
def test_the_dose_check_is_a_sentence(more: dict[str, Any], words: str) -> None:
    assert plain(dose_check(an_order(**more)).words) == words


def test_a_dose_far_from_the_weight_keeps_the_start_shut() -> None:
    far: OrderFact = an_order(dose_per_kg=Decimal(1))
    stop = the("infusion.dose_differs_from_weight", infusions(), facts(order=far))
    assert (stop.level, stop.gate, stop.overridable) == (Level.STOP, Gate.START, True)
    near = an_order(dose_per_kg=Decimal("0.52"))
    advice = the("infusion.dose_differs_from_weight", infusions(), facts(order=near))
    assert advice.level is Level.ADVICE


_EVENTS = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.sampled_from([option.label for option in KINDS]),
        st.sampled_from(["", "35", "70", "140", "280"]),
    ),
    max_size=12,
)


@given(_EVENTS)
def test_any_acts_give_sums_that_hold_together(said: list[tuple[int, str, str]]) -> None:
    rated = {"started", "found running", "stepped", "slowed down", "resumed", "bag changed"}
    rows = [
        act(n, f"{9 + minute // 60}:{minute % 60:02d}", kind, rate if kind in rated else "")
        for n, (minute, kind, rate) in enumerate(said, 1)
    ]
    values = infusions(rows)
    one = values.infusion[0]
    summary = summary_of(one, an_order(), NOW)
    assert summary.calculated_ml >= 0
    assert summary.running_minutes >= 0
    if summary.started is not None:
        end = max([act.at for act in acts_of(one)] + [NOW])
        whole = (end - summary.started) / timedelta(minutes=1)
        assert summary.running_minutes + summary.held_minutes <= whole + 1
        fastest = Fraction(summary.fastest or 0)
        assert Fraction(summary.calculated_ml) <= fastest * Fraction(whole) / 60 + 1
    findings(values, facts())
    phases_of(one)
