"""The demo agency as it is made: fourteen patients, a full today, every signature good."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from infusion_visits.app.demo import make
from infusion_visits.app.demo.stories import load_stories, wall_instant
from infusion_visits.core.clock import local
from infusion_visits.core.findings import Gate, Level, stops
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.exchange import note_file
from infusion_visits.notes.gist import gist_of
from infusion_visits.patients.queries import list_patients, load_chart, open_tasks
from infusion_visits.records import check
from infusion_visits.today.queries import load_today
from infusion_visits.visits import queries, signing
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.everything import all_findings
from tests.fixtures.demo import DEMO_MORNING, DEMO_TODAY, DEMO_ZONE, DemoUnit

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.team.actions import Unlocked
    from infusion_visits.visits.queries import VisitLine
    from infusion_visits.visits.signed_note import SignedNote

Lines = list[tuple[str, "VisitLine"]]


@pytest.fixture
def lines(demo_unit: DemoUnit) -> Lines:
    """Every visit with the family name of its patient."""
    with demo_unit() as unit:
        names = {one.id: one.name.split(",")[0] for one in list_patients(unit)}
        return [(names[line.patient], line) for line in queries.list_visits(unit)]


def note_of(demo_unit: DemoUnit, visit: UUID) -> SignedNote:
    """A signed note, read from the bytes that were signed."""
    with demo_unit() as unit:
        return signing.load_note(unit, visit)


def first_page(file: bytes) -> str:
    """The words of page one."""
    document = pypdfium2.PdfDocument(file)
    words: str = document[0].get_textpage().get_text_range()
    document.close()
    return words


THERAPIES = {
    "infliximab", "ivig10", "iron_sucrose", "cefazolin", "vancomycin", "eptinezumab",
    "zoledronic_acid", "ocrelizumab", "factor_viii", "milrinone", "tpn",
    "fluorouracil_elastomeric", "hydromorphone_pca", "scig20",
}  # fmt: skip


def test_one_patient_for_each_therapy_ordered_from_the_catalogue(demo_unit: DemoUnit) -> None:
    with demo_unit() as unit:
        charts = [load_chart(unit, one.id) for one in list_patients(unit)]
    assert len(charts) == len(THERAPIES)
    assert {order.therapy for chart in charts for order in chart.therapy_order} == THERAPIES
    replaced = {
        chart.patient.family
        for chart in charts
        if chart.patient and {order.status for order in chart.therapy_order} == {"used", "ended"}
    }
    assert replaced == {"Okafor", "Nakamura"}


def test_each_patient_has_signed_visits_and_one_thing_is_left_to_do(lines: Lines) -> None:
    signed = Counter(name for name, line in lines if line.status is VisitStatus.SIGNED)
    assert all(count >= 2 for count in signed.values())
    assert len(signed) == len(THERAPIES)
    left = {
        status: [
            (name, local(line.scheduled, line.zone).date())
            for name, line in lines
            if line.status is status
        ]
        for status in (VisitStatus.COMPLETED, VisitStatus.MISSED)
    }
    assert left[VisitStatus.COMPLETED] == [("Nakamura", date(2026, 11, 20))]
    assert left[VisitStatus.MISSED] == [("Villanueva", date(2026, 11, 18))]
    assert all(line.reason for _, line in lines if line.status is VisitStatus.MISSED)


def test_today_is_a_full_day_that_begins_with_a_first_dose(demo_unit: DemoUnit) -> None:
    with demo_unit() as unit:
        today = load_today(unit, DEMO_ZONE)
    told = [(f"{local(one.at, one.zone):%H:%M}", one.name, one.first_dose) for one in today.visits]
    assert told[0] == ("08:30", "Okafor, Maren", True)
    assert ("13:00", "Whitcombe, Daniel", False) in told
    assert [first for _, _, first in told].count(True) == 1
    assert 5 <= len(told) <= 8
    assert all(one.status is VisitStatus.SCHEDULED for one in today.visits)


def test_care_falls_due_a_headache_is_open_a_visit_waits_for_its_signature(
    demo_unit: DemoUnit,
) -> None:
    with demo_unit() as unit:
        today = load_today(unit, DEMO_ZONE)
    due = {(one.name, one.words): one for one in today.due}
    connector = [one for (name, words), one in due.items() if "connector" in words.casefold()]
    assert ("Villanueva, Rosa", True) in [(one.name, one.late) for one in connector]
    assert any("ressing" in words and not one.late for (_, words), one in due.items())
    opened = {one.name: one.words for one in today.open}
    assert opened.keys() == {"Okafor, Maren", "Brightwater, Edith"}
    assert "Headache" in opened["Okafor, Maren"]
    assert [one.name for one in today.unsigned] == ["Nakamura, Kenji"]


def test_home_plans_became_tasks_and_some_were_done(demo_unit: DemoUnit) -> None:
    with demo_unit() as unit:
        waiting = [task.what or "" for task in open_tasks(unit)]
        done = [
            task.what or ""
            for one in list_patients(unit)
            for task in load_chart(unit, one.id).task
            if task.done_at is not None
        ]
    for words in ("night light", "Signature for the verbal order", "Results from Riverbend"):
        assert [what for what in waiting if words in what], words
    for words in ("lamp", "rug", "dog", "site of the removed line"):
        assert [what for what in done if words in what], words


def test_every_signed_visit_passed_all_rules(demo_unit: DemoUnit, lines: Lines) -> None:
    for name, line in lines:
        if line.status is VisitStatus.SIGNED:
            note = note_of(demo_unit, line.id)
            assert not stops(note.record.findings, Gate.SIGN), name
            assert not note.record.overrides, name


def test_page_one_tells_as_many_exceptions_as_the_story_has(
    demo_unit: DemoUnit, lines: Lines
) -> None:
    expected = {
        (story.patient["family"], wall_instant(DEMO_TODAY, visit.day, visit.at, story.zone)): (
            visit.exceptions
        )
        for story in load_stories(DEMO_TODAY)
        for visit in story.visits
    }
    assert sum(expected.values()) > len(THERAPIES) / 2
    for name, line in lines:
        if line.status is not VisitStatus.SIGNED:
            continue
        with demo_unit() as unit:
            page = first_page(signing.load_file(unit, line.id))
        said = next(words for words in page.splitlines() if "xception" in words)
        count = expected[name, line.scheduled]
        words = f"{count} exception{'s' if count > 1 else ''}" if count else "No exceptions"
        # What is still open is counted behind it.
        assert said.partition(",")[0].endswith(words), (name, line.scheduled, said)


def test_the_visit_of_yesterday_could_be_signed_as_it_is(demo_unit: DemoUnit, lines: Lines) -> None:
    (waiting,) = [line for _, line in lines if line.status is VisitStatus.COMPLETED]
    with demo_unit() as unit:
        record = queries.load_record(unit, waiting.id)
        draft = first_page(note_file.draft(unit, waiting.id, DEMO_MORNING))
    findings = all_findings(record, facts_of(record, DEMO_MORNING))
    assert not stops(findings, Gate.SIGN)
    assert not [found for found in findings if found.level is Level.ALERT]
    assert "Not signed" in draft


def test_an_addendum_stands_on_the_note_of_the_reaction(demo_unit: DemoUnit, lines: Lines) -> None:
    noted = {
        name: note.addenda[0].words
        for name, line in lines
        if line.status is VisitStatus.SIGNED and (note := note_of(demo_unit, line.id)).addenda
    }
    assert list(noted) == ["Okafor"]
    assert "another brand" in noted["Okafor"]


def test_the_gist_of_a_note_says_what_was_wrong_and_of_what(
    demo_unit: DemoUnit, lines: Lines
) -> None:
    (reaction,) = [
        gist_of(note)
        for name, line in lines
        if line.status is VisitStatus.SIGNED
        and name == "Okafor"
        and (note := note_of(demo_unit, line.id)).addenda
    ]
    assert reaction.headlines == "Infusion reaction, grade 2; Headache, mild"
    assert (reaction.worst, reaction.exceptions) == (2, 2)
    assert reaction.about == "immune globulin 10 %, Port"


def test_a_start_of_care_opens_each_story(lines: Lines) -> None:
    first: dict[str, VisitKind] = {}
    for name, line in lines:
        first.setdefault(name, line.kind)
    assert set(first.values()) == {VisitKind.START_OF_CARE}


def test_the_record_is_whole(demo_unlocked: Unlocked, demo_unit: DemoUnit) -> None:
    with demo_unit() as unit:
        found = check.check(
            unit,
            demo_unlocked.record.folder,
            {"Signatures of visits": signing.faults_of_signed},
        )
    assert check.is_whole(found), found


def test_the_team_is_a_nurse_and_a_coordinator(demo_unit: DemoUnit) -> None:
    with demo_unit() as unit:
        people = {one.signed_name: one.role for one in queries.load_people(unit)}
    assert people == {
        "Ines Halvorsen, RN, CRNI": "nurse",
        "Paula Achterberg, RN": "coordinator",
    }
    assert (make.AGENCY, DEMO_TODAY.year) == ("Riverbend Home Infusion", 2026)
