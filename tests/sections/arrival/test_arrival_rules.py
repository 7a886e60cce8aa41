"""Identity, allergies, consent: what keeps an infusion from being started at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Gate, Level, stops
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.patients.facts import AllergyState
from infusion_visits.sections.arrival.fields import IDENTIFIERS
from infusion_visits.sections.arrival.rules import findings
from infusion_visits.sections.arrival.values import Arrival, ArrivalCheck
from tests.sections.every_field import START, made_facts


def arrival(**said: Any) -> Arrival:
    return Arrival(ArrivalCheck(Mark(Row("arrival")), **said))


@pytest.mark.parametrize(
    ("used", "shut"),
    [
        (None, {Gate.START}),
        ((), {Gate.START}),
        (("name",), {Gate.START, Gate.SIGN}),
        (("photo",), {Gate.START, Gate.SIGN}),
        (("name", "birth_date"), set()),
        (("name", "record_number"), set()),
        (tuple(option.key for option in IDENTIFIERS), set()),
    ],
)
def test_two_identifiers_or_no_start(used: tuple[str, ...] | None, shut: set[Gate]) -> None:
    found = findings(arrival(identifiers=used), made_facts())
    assert {one.gate for one in found if one.level is Level.STOP} == shut
    assert not any(one.overridable for one in found)


def test_nothing_charted_keeps_the_start_shut() -> None:
    assert len(stops(findings(Arrival(), made_facts()), Gate.START)) == 1


def test_a_telephone_visit_has_no_start_to_shut() -> None:
    assert findings(Arrival(), made_facts(kind=VisitKind.TELEPHONE)) == []


def test_an_address_is_no_identifier() -> None:
    assert "address" not in {option.key for option in IDENTIFIERS}


def test_identity_that_could_not_be_checked_stands_on_page_one() -> None:
    mark = Mark(Row("arrival"), not_done={"identifiers": NotDone(NotDoneReason.UNABLE, "no card")})
    found = findings(Arrival(ArrivalCheck(mark)), made_facts())
    (alert,) = [one for one in found if one.level is Level.ALERT]
    assert "unable" in alert.detail
    assert "no card" in alert.detail
    assert stops(found, Gate.START)


@pytest.mark.parametrize(("minutes", "late"), [(-1, False), (0, False), (1, True)])
def test_identity_after_the_start_is_told(minutes: int, late: bool) -> None:
    values = arrival(
        identifiers=("name", "birth_date"), identified_at=START + timedelta(minutes=minutes)
    )
    found = findings(values, made_facts(infusion_start=START))
    assert [one.code for one in found] == (["identity-late"] if late else [])
    if late:
        assert "09:01" in found[0].detail
        assert "09:00" in found[0].detail


@pytest.mark.parametrize(
    ("state", "levels"),
    [
        (AllergyState.NOT_ASKED, [Level.STOP, Level.ALERT]),
        (AllergyState.NONE_KNOWN, []),
        (AllergyState.KNOWN, []),
    ],
)
def test_allergies_never_asked(state: AllergyState, levels: list[Level]) -> None:
    values = arrival(identifiers=("name", "birth_date"))
    found = findings(values, made_facts(allergies=state))
    assert [one.level for one in found] == levels
    for stop in stops(found, Gate.START):
        assert stop.overridable
    # An override names the stop; the line of page one stays.
    assert len({one.key for one in found}) == len(found)


def test_refused_consent_keeps_the_start_shut_for_good() -> None:
    values = arrival(identifiers=("name", "birth_date"), consent="refused")
    found = findings(values, made_facts())
    assert [one.level for one in found] == [Level.STOP, Level.ALERT]
    assert not stops(found, Gate.START)[0].overridable


def test_changes_and_omissions_are_advice() -> None:
    values = arrival(
        identifiers=("name", "birth_date"),
        medicines_review="changed",
        medicines_note="metoprolol 25 mg new",
        hand_hygiene=False,
    )
    found = findings(values, made_facts())
    assert {one.level for one in found} == {Level.ADVICE}
    assert found[0].detail == "metoprolol 25 mg new"
    assert found[1].cell is not None
    assert found[1].cell.field == "hand_hygiene"
