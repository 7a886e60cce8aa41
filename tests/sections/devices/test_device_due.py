"""Which care falls due, by the vectors of clinical reference 8.12 and 8.15."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.clock import instant_of
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.facts import CareFact
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.due import CareDue, DueState, due_care
from infusion_visits.sections.devices.rules.limits import default_limits, read_limits
from infusion_visits.sections.devices.rules.lines import dwell_days
from tests.sections.devices.made_lines import PICC_ID, PORT_ID, ZONE, picc, port

if TYPE_CHECKING:
    from infusion_visits.sections.devices.values import AccessDevice

LIMITS = default_limits()


def noon(day: date) -> datetime:
    """Noon of a day at the home."""
    return instant_of(datetime(day.year, day.month, day.day, 12), ZONE)


def due(
    device: AccessDevice, *cares: CareFact, today: date, now: datetime | None = None
) -> dict[str, CareDue]:
    """What falls due, by task."""
    found = due_care(device, cares, today, LIMITS, now=now, zone=ZONE)
    return {one.task: one for one in found}


DRESSINGS = [
    ("transparent", date(2026, 11, 21), date(2026, 11, 28)),
    ("transparent_chg", date(2026, 11, 21), date(2026, 11, 28)),
    ("gauze", date(2026, 11, 21), date(2026, 11, 23)),
    ("gauze_under", date(2026, 11, 21), date(2026, 11, 23)),
    ("transparent", date(2028, 2, 24), date(2028, 3, 2)),
]


@pytest.mark.parametrize(("kind", "done", "on"), DRESSINGS)
def test_dressings(kind: str, done: date, on: date) -> None:
    change = CareFact(PICC_ID, of.DRESSING_CHANGE, noon(done), kind)
    found = due(picc(), change, today=done)["dressing"]
    assert found.due_on == on
    assert found.last == done


def test_a_dressing_changed_early_counts_from_that_day() -> None:
    first = CareFact(PICC_ID, of.DRESSING_CHANGE, noon(date(2026, 11, 14)), "transparent")
    early = CareFact(PICC_ID, of.DRESSING_CHANGE, noon(date(2026, 11, 17)), "transparent")
    found = due(picc(), early, first, today=date(2026, 11, 21))["dressing"]
    assert found.due_on == date(2026, 11, 24)


def test_port_flush_and_needle() -> None:
    out = CareFact(PORT_ID, of.PORT_DEACCESS, noon(date(2026, 11, 21)))
    found = due(port(), out, today=date(2026, 11, 21))
    assert list(found) == ["port_flush"]
    assert found["port_flush"].due_on == date(2026, 12, 19)
    access = CareFact(PORT_ID, of.PORT_ACCESS, noon(date(2026, 12, 28)), "transparent")
    found = due(port(), access, today=date(2026, 12, 28))
    assert found["port_needle"].due_on == date(2027, 1, 4)
    assert found["dressing"].due_on == date(2027, 1, 4)
    assert "port_flush" not in found


def test_needle_dwell_starts_again_with_the_next_access() -> None:
    access = CareFact(PORT_ID, of.PORT_ACCESS, noon(date(2026, 11, 1)), "transparent")
    out = CareFact(PORT_ID, of.PORT_DEACCESS, noon(date(2026, 11, 3)))
    again = CareFact(PORT_ID, of.PORT_ACCESS, noon(date(2026, 11, 20)), "transparent")
    found = due(port(), access, out, again, today=date(2026, 11, 21))
    assert found["port_needle"].due_on == date(2026, 11, 27)
    assert dwell_days(port(), date(2026, 11, 21), ZONE) == 628


def test_sets_are_due_by_elapsed_hours_through_both_changes_of_the_clock() -> None:
    hung = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)  # 31 Oct 20:00 EDT
    change = CareFact(PICC_ID, of.SET_CHANGE, hung, "intermittent")
    found = due(picc(), change, today=date(2026, 10, 31), now=hung)["set_intermittent"]
    assert found.words(ZONE) == "intermittent set due 1 Nov 2026 19:00"
    hung = datetime(2026, 3, 8, 3, 0, tzinfo=UTC)  # 7 Mar 22:00 EST
    change = CareFact(PICC_ID, of.SET_CHANGE, hung, "lipid")
    found = due(picc(), change, today=date(2026, 3, 7), now=hung)["set_lipid"]
    assert found.words(ZONE) == "lipid set due 8 Mar 2026 11:00"


def test_a_set_hung_long_ago_is_taken_as_gone() -> None:
    hung = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    change = CareFact(PICC_ID, of.SET_CHANGE, hung, "intermittent")
    later = hung + timedelta(hours=73)
    assert "set_intermittent" not in due(picc(), change, today=date(2026, 11, 4), now=later)


STATES = [
    (date(2026, 11, 27), DueState.SOON),
    (date(2026, 11, 28), DueState.TODAY),
    (date(2026, 11, 29), DueState.OVERDUE),
    (date(2026, 11, 26), DueState.LATER),
]


@pytest.mark.parametrize(("today", "state"), STATES)
def test_overdue_is_after_the_day_not_on_it(today: date, state: DueState) -> None:
    change = CareFact(PICC_ID, of.DRESSING_CHANGE, noon(date(2026, 11, 21)), "transparent")
    assert due(picc(), change, today=today)["dressing"].state is state


def test_what_is_not_known_says_so_and_comes_first() -> None:
    unknown = picc(inserted_on=None, inserted_precision="unknown", catheter_end="valved")
    change = CareFact(PICC_ID, of.DRESSING_CHANGE, noon(date(2026, 11, 21)), "transparent")
    found = due_care(unknown, [change], date(2026, 11, 21), LIMITS, zone=ZONE)
    assert found[0].state is DueState.NOT_KNOWN
    assert found[0].words(ZONE) == "needleless connector: not known when last done"
    assert found[-1].due_on == date(2026, 11, 28)


def test_a_removed_line_has_nothing_due() -> None:
    assert due(picc(removed_at=noon(date(2026, 11, 20))), today=date(2026, 11, 21)) == {}


def test_a_midline_is_reviewed_then_ends() -> None:
    midline = picc(kind="midline", inserted_on=date(2026, 11, 1))
    assert due(midline, today=date(2026, 11, 10))["midline_review"].due_on == date(2026, 11, 15)
    looked_at = CareFact(PICC_ID, "need_seen", noon(date(2026, 11, 15)), "needed")
    assert due(midline, today=date(2026, 11, 21))["midline_review"].state is DueState.OVERDUE
    later = due(midline, looked_at, today=date(2026, 11, 21))
    assert "midline_review" not in later
    assert later["midline_dwell"].due_on == date(2026, 11, 30)


def test_an_agency_may_change_an_interval() -> None:
    catalogue = dict(load_catalogue("devices"))
    interval = dict(catalogue["interval"])
    interval["dressing_transparent"] = {**interval["dressing_transparent"], "days": 5}
    catalogue["interval"] = interval
    change = CareFact(PICC_ID, of.DRESSING_CHANGE, noon(date(2026, 11, 21)), "transparent")
    found = due_care(picc(), [change], date(2026, 11, 21), read_limits(catalogue), zone=ZONE)
    assert {one.task: one.due_on for one in found}["dressing"] == date(2026, 11, 26)


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 1)), min_size=1, max_size=5),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
def test_the_order_of_cares_does_not_matter_and_the_last_one_counts(
    changes: list[date], today: date
) -> None:
    cares = [CareFact(PICC_ID, of.DRESSING_CHANGE, noon(day), "transparent") for day in changes]
    found = due(picc(), *cares, today=today)
    assert found == due(picc(), *reversed(cares), today=today)
    assert found["dressing"].due_on == max(changes) + timedelta(days=7)


def test_every_entry_names_its_source_and_mark() -> None:
    catalogue = load_catalogue("devices")
    assert {option.key for option in of.KINDS} >= set(catalogue["kind"])
    for part in ("kind", "interval", "threshold"):
        for key, entry in catalogue[part].items():
            assert entry["source"], key
            assert entry["mark"] in {"verified", "expert", "unsure", "practice"}, key
    with pytest.raises(CatalogueRefused, match="bare: no rule asks for this interval"):
        read_limits({**catalogue, "interval": {"bare": {"title": "x", "days": 1}}})
    out = {**catalogue["threshold"]["external_out_cm"], "value": "two"}
    with pytest.raises(CatalogueRefused, match="'two' is no number"):
        read_limits({**catalogue, "threshold": {"external_out_cm": out}})


def test_the_catalogue_speaks_of_fields_that_exist() -> None:
    from infusion_visits.sections.devices.fields import ACCESS_DEVICE, LUMEN_CHECK

    names = {leaf.name for leaf in (*ACCESS_DEVICE.leaves, *LUMEN_CHECK.leaves)}
    for key, entry in load_catalogue("devices")["kind"].items():
        assert set(entry["at_insertion"]) <= names, key
        assert set(entry["not_applicable"]) <= names, key
        asked = {
            leaf.name
            for leaf in ACCESS_DEVICE.leaves
            if leaf.shown is None or leaf.shown.field != "kind" or key in leaf.shown.among
        }
        assert set(entry["at_insertion"]) <= asked, key
        assert not set(entry["not_applicable"]) & asked, key
