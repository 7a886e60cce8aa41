"""What the note says of a visit: exceptions, page one, draft, addenda, and nothing forgotten."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infusion_visits.core.blocks import Block, Chart, Exceptions, Heading, SideBySide, Span, Voice
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.core.marks import NotDone
from infusion_visits.notes.compose import LAYOUT, Draft, compose
from infusion_visits.notes.document import NoteDocument, Paper
from infusion_visits.notes.pdf import render
from infusion_visits.sections.departure.values import Departure
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.record import Absent, VisitRecord
from tests.notes.sample_visit import (
    REACTION,
    SIGNED_AT,
    addendum,
    mark,
    quiet_record,
    record,
    sections,
    signed,
)
from tests.notes.test_note_pdf import pages_of, squeezed


def texts(value: Any) -> list[str]:
    """Every text in a block, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Span):
        return [value.text]
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part)]
    if is_dataclass(value) and not isinstance(value, type):
        return [text for part in fields(value) for text in texts(getattr(value, part.name))]
    return []


def said(value: Any) -> str:
    """The words of a block, in one line."""
    return re.sub(r"\s+", " ", " ".join(texts(value)))


def box(document: NoteDocument) -> Exceptions:
    """The exceptions of page one."""
    return next(block for block in document.blocks if isinstance(block, Exceptions))


def headings(blocks: tuple[Block, ...]) -> list[str]:
    """Headings in their order, also those that stand side by side."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, SideBySide):
            found += headings(block.left) + headings(block.right)
    return found


def draft(whole: VisitRecord, *findings: Finding) -> NoteDocument:
    """The draft's document at the time of signing."""
    return compose(Draft(whole, facts_of(whole, SIGNED_AT), findings))


STOP = Finding(
    "missing", Level.STOP, "Departure: Condition on leaving is not answered.", "departure"
)


def test_the_head_says_who_and_when() -> None:
    document = compose(signed(record()))
    assert document.header.name == "Okafor, Maren"
    identity = said(document.header.identity)
    assert "born 14 Mar 1979 (47 years)" in identity
    assert "· F · record 0042-118 ·" in identity
    assert "Allergic: penicillin (hives)" in identity
    assert "no BP on right arm" in identity
    assert document.header.when == "Sat 21 Nov 2026, 09:02–13:05 EST"
    assert document.header.agency == "Riverbend Home Infusion"
    answers = {answer.label: said(answer.words) for answer in document.head_answers}
    assert answers == {
        "Nurse": "Ines Halvorsen, RN, CRNI",
        "Visit": "Routine infusion",
        "Identity": "full name, birth date; 09:03",
        "Ordered by": "S. Lindqvist, MD, 2 Nov 2026",
    }


def test_the_foot_finds_the_note_of_a_lost_sheet() -> None:
    note = signed(record())
    foot = compose(note).footer
    assert foot.patient == "Okafor, Maren"
    assert foot.born == "born 14 Mar 1979"
    assert foot.visit == "visit 21 Nov 2026"
    assert foot.document_id == "Note 4F9C-2A71"
    assert foot.signed == "signed 13:09 EST by Ines Halvorsen, RN, CRNI"
    assert foot.digest.replace(" ", "") == note.digest[:12]


def test_exceptions_stand_in_the_order_of_time() -> None:
    document = compose(signed(record(), REACTION))
    rows = box(document).rows
    assert box(document).title == "3 exceptions"
    assert [row.time for row in rows] == ["09:06", "10:26", "12:54"]
    passed, reaction, refused = rows
    assert said(passed.words).startswith("Gone past: Fever in the last day.")
    assert said(passed.response) == "Reason: told S. Lindqvist, go on. Ines Halvorsen, RN, CRNI."
    assert said(reaction.words) == (
        "Infusion reaction, grade 2 (CTCAE 5). Pulse 112, up 42 from before; headache 4 of 10; "
        "no itching, dyspnea or fever."
    )
    assert said(reaction.response).startswith("Told S. Lindqvist 10:30, read back")
    assert said(refused.words) == "Vitals: Pain not done."
    assert said(refused.response) == "Patient refused: wants to rest."


def test_signs_that_went_out_when_a_complication_was_noticed_stand_in_its_line() -> None:
    noticed = replace(REACTION, code="complications.noticed")
    assert noticed.at is not None
    signs = Finding(
        "vitals.out_of_range",
        Level.ALERT,
        "Pulse 112, high",
        "vitals",
        detail="BP 138/84.",
        response="Recheck 10:31: pulse 98.",
        at=noticed.at + timedelta(minutes=5),
    )
    (row,) = box(compose(signed(quiet_record(), noticed, signs))).rows
    assert said(row.words).endswith("dyspnea or fever. BP 138/84.")
    assert said(row.response).startswith("Told S. Lindqvist 10:30")
    assert "10:31" not in said(row.response)
    told = replace(noticed, response="Told S. Lindqvist 10:30.")
    (row,) = box(compose(signed(quiet_record(), told, signs))).rows
    assert said(row.response).endswith("10:30. Recheck 10:31: pulse 98.")
    other = replace(signs, words="SpO2 91, low")
    (row,) = box(compose(signed(quiet_record(), noticed, other))).rows
    assert said(row.words).endswith("dyspnea or fever. SpO2 91, low. BP 138/84.")
    later = replace(signs, at=noticed.at + timedelta(minutes=6))
    assert len(box(compose(signed(quiet_record(), noticed, later))).rows) == 2
    assert len(box(compose(signed(quiet_record(), signs))).rows) == 1


def test_advice_and_stops_are_no_exceptions() -> None:
    advice = replace(REACTION, level=Level.ADVICE, words="Only advice")
    assert "Only advice" not in said(box(compose(signed(quiet_record(), advice))))
    assert STOP.words not in said(box(draft(quiet_record(), STOP)))


def test_a_group_that_was_not_done_is_an_exception() -> None:
    absent = Absent("vitals", "vital_signs", NotDone(NotDoneReason.UNABLE, "cuff broken"))
    bare = {**sections(), "vitals": Vitals()}
    document = compose(signed(record(sections=bare, absent=(absent,), overrides=())))
    (row,) = box(document).rows
    assert said(row.words) == "Vitals: Vital signs not done."
    assert said(row.response) == "Unable: cuff broken."
    assert "Vital signs: none at this visit." in said(document.blocks)


def test_an_open_complication_without_an_alert_is_an_exception() -> None:
    whole = quiet_record()
    facts = replace(facts_of(whole, SIGNED_AT), open_complications=("Phlebitis, grade 2 (INS)",))
    (row,) = box(compose(Draft(whole, facts, ()))).rows
    assert said(row.words) == "Phlebitis, grade 2 (INS). Still open."
    alert = replace(REACTION, words="Phlebitis, grade 2 (INS)")
    assert len(box(compose(Draft(whole, facts, (alert,)))).rows) == 1


@pytest.mark.parametrize(
    ("whole", "is_signed", "clean"),
    [
        (quiet_record(), True, True),
        (quiet_record(), False, False),
        (replace(quiet_record(), visit=replace(quiet_record().visit, completed=None)), True, False),
        (record(), True, False),
    ],
)
def test_no_exceptions_is_said_only_of_a_clean_signed_visit(
    whole: VisitRecord, is_signed: bool, clean: bool
) -> None:
    document = compose(signed(whole)) if is_signed else draft(whole)
    assert (box(document).none == "No exceptions") is clean
    assert ("No exceptions" in "".join(pages_of(document))) is clean


def test_page_one_answers_in_order_and_the_sections_follow_in_theirs() -> None:
    found = headings(compose(signed(record(), REACTION)).blocks)
    assert found[:4] == ["Ordered and given", "Line", "What comes next", "Patient and order"]
    order = [
        "Arrival",
        "Lines",
        "Medicines given",
        "Infusion",
        "Teaching",
        "Departure",
        "Late entries",
    ]
    assert [heading for heading in found if heading in order] == order


def test_without_an_infusion_the_line_comes_first() -> None:
    bare = {**sections(), "infusion": Infusion()}
    kind = replace(record().visit, kind=VisitKind.LINE_CARE, order=None)
    document = compose(signed(record(sections=bare, visit=kind)))
    assert headings(document.blocks)[:3] == ["Line", "Infusion", "What comes next"]
    assert "No infusion at this visit." in said(document.blocks)


def test_what_comes_next_says_visit_plan_and_open_tasks() -> None:
    words = said(compose(signed(record())).blocks)
    assert "Next visit 12 Dec 2026 09:00 : Start at 35 mL/h, ask about the rate limit." in words
    assert "Due 22 Nov 2026 : Call about the headache, I. Halvorsen." in words
    bare = {**sections(), "departure": Departure()}
    empty = record(sections=bare, patient=replace(record().patient, task=()))
    assert "Not charted yet." in said(draft(empty).blocks)


def test_every_vitals_set_is_on_the_chart_or_table_of_page_one() -> None:
    page = squeezed(pages_of(compose(signed(record())))[0])
    for time in ("09:08before", "10:2614", "12:54watched"):
        assert time in page


def test_late_and_struck_entries_are_told() -> None:
    words = said(compose(signed(record())).blocks)
    assert "11:41 Vitals, vital signs: written 12:21 by Ines Halvorsen, RN, CRNI" in words
    assert "struck out 09:12 by Ines Halvorsen, RN, CRNI: typing error" in words
    assert "diphenhydrAMINE" in words


def test_a_draft_says_draft_and_what_is_open() -> None:
    document = draft(record(), STOP)
    assert document.draft == "DRAFT 21 Nov 2026, 13:09 EST. Not complete: 1 item"
    assert document.footer.signed == "not signed"
    assert document.footer.digest == ""
    assert STOP.words in said(document.blocks)
    assert "Electronic signature" not in headings(document.blocks)
    assert draft(record()).draft == "DRAFT 21 Nov 2026, 13:09 EST. Not signed"


def test_what_keeps_a_step_shut_does_not_make_a_draft_incomplete() -> None:
    step = replace(STOP, gate=Gate.STEP, words="Vital signs first.")
    document = draft(record(), step)
    assert "Not signed" in (document.draft or "")
    assert step.words not in said(document.blocks)


def test_one_set_of_vital_signs_alone_has_no_chart() -> None:
    whole = quiet_record()
    one = Vitals(whole.of(Vitals).vital_signs[:1])
    blocks = compose(
        signed(replace(whole, sections={**sections(), "vitals": one, "infusion": Infusion()}))
    ).blocks
    assert not any(isinstance(block, Chart) for block in blocks)
    assert "Vital signs" in headings(blocks)


def test_a_visit_that_has_not_begun_can_be_printed() -> None:
    bare = replace(
        record(overrides=()),
        sections={key: type(values)() for key, values in sections().items()},
        visit=replace(record().visit, started=None, completed=None, order=None),
    )
    document = draft(bare, STOP, STOP)
    assert document.header.when == "Sat 21 Nov 2026, scheduled 09:00 EST"
    assert "Not complete: 2 items" in "".join(pages_of(document))


def test_the_signature_says_who_when_and_over_which_bytes() -> None:
    note = signed(record())
    words = said(compose(note).blocks)
    assert "signed by Ines Halvorsen, RN, CRNI" in words
    assert "CRNI, 21 Nov 2026, 13:09 EST: performed and documented" in words
    assert note.digest in squeezed(words)


def test_an_addendum_is_printed_before_what_it_corrects() -> None:
    note = signed(record(), REACTION)
    corrected = addendum(
        note,
        "correction",
        "The pulse was read wrongly",
        {"where": "Vitals, 10:31, pulse", "was": "98", "now": "89"},
    )
    document = compose(note.with_addenda((corrected,)))
    words = said(document.blocks)
    assert words.index("Correction, 22 Nov 2026, 13:09 EST by Ines Halvorsen") < words.index(
        "Infusion reaction"
    )
    assert "Vitals, 10:31, pulse 98 89" in words
    assert document.retracted is None
    assert document.produced_at == SIGNED_AT + timedelta(days=1)


def test_a_retraction_stands_on_every_page() -> None:
    note = signed(record())
    taken_back = note.with_addenda((addendum(note, "retraction", "Wrong patient"),))
    pages = pages_of(compose(taken_back))
    line = "RETRACTED 22 Nov 2026, 13:09 EST by Ines Halvorsen, RN, CRNI: Wrong patient."
    assert all(squeezed(line) in squeezed(page) for page in pages)


def test_a_later_print_says_so() -> None:
    note = signed(record())
    assert compose(note).printed_again is None
    assert compose(note, printed_again=True).printed_again == LAYOUT
    assert compose(note, paper="a4").paper is Paper.A4
    with pytest.raises(ValueError, match="legal"):
        compose(note, paper="legal")


def test_the_same_note_gives_the_same_bytes() -> None:
    note = signed(record(), REACTION)
    again = type(note)(note.envelope, note.signature)
    assert render(compose(again)) == render(compose(note))


def test_a_routine_visit_is_at_most_three_pages() -> None:
    assert len(pages_of(compose(signed(record(), REACTION)))) <= 3


def test_what_is_empty_or_left_out_is_listed() -> None:
    words = said(compose(signed(record())).blocks)
    assert "Nothing charted: Screening, Home, " in words
    assert "Not in this note, kept in the record:" in words


@pytest.mark.parametrize(
    ("state", "line"),
    [("not asked", "Allergies not asked"), ("no known allergies", "No known allergies")],
)
def test_no_allergy_listed_is_never_just_blank(state: str, line: str) -> None:
    chart = record().patient
    assert chart.patient is not None
    person = replace(chart.patient, allergy_state=state)
    document = compose(signed(record(patient=replace(chart, allergy=(), patient=person))))
    assert line in said(document.header.identity)
    assert "Allergic" not in said(document.header.identity)


def test_a_visit_over_midnight_says_both_days() -> None:
    late = {**sections()}
    leaving = late["departure"].departure
    out = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
    late["departure"] = Departure(replace(leaving, mark=mark("departure"), time_out=out))
    when = compose(signed(record(sections=late))).header.when
    assert when == "Sat 21 Nov 2026, 09:02–22 Nov 2026, 00:30 EST"


def test_every_kind_of_visit_can_be_printed() -> None:
    for kind in VisitKind:
        document = compose(signed(record(visit=replace(record().visit, kind=kind))))
        assert kind.label in said(document.head_answers)
        assert render(document).startswith(b"%PDF")


def pushed() -> VisitRecord:
    """The quiet visit, its infusion a push by hand of eleven minutes without any rate."""
    whole = quiet_record()
    (one,) = whole.of(Infusion).infusion
    first, *_, last = one.infusion_event
    assert first.at is not None
    acts = (replace(first, rate=None), replace(last, at=first.at + timedelta(minutes=11)))
    given = Infusion((replace(one, method="push", infusion_event=acts),))
    return replace(whole, sections={**sections(), "infusion": given})


def test_a_push_by_hand_has_no_rate_and_no_empty_axis() -> None:
    document = compose(signed(pushed()))
    (chart,) = (block for block in document.blocks if isinstance(block, Chart))
    assert chart.title == "Vital signs over the infusion"
    assert chart.rates == ()
    assert [band.label for band in chart.bands][:1] == ["by hand"]
    assert "by hand" in chart.alt
    words = said(document.blocks)
    assert "fastest rate" not in words
    assert not re.search(r"(?<![\d,.])0\s?mL/h", words)
    page = squeezed(pages_of(document)[0])
    assert "byhand" in page
    vitals = page[page.index("Vitalsignsovertheinfusion") : page.index("Patientandorder")]
    assert "mL/h" not in vitals
    assert "fastest rate" in said(compose(signed(quiet_record())).blocks)


def test_the_title_of_the_box_says_what_is_still_open() -> None:
    whole = quiet_record()
    facts = replace(facts_of(whole, SIGNED_AT), open_complications=("Phlebitis, grade 2 (INS)",))
    assert box(compose(Draft(whole, facts, ()))).title == "1 exception, still open"
    both = box(compose(Draft(whole, facts, (REACTION,))))
    assert both.title == "2 exceptions, 1 still open"
    assert box(compose(signed(whole, REACTION))).title == "1 exception"


def test_what_comes_next_stands_by_its_day() -> None:
    words = said(compose(signed(record())).blocks)
    days = re.findall(r"Due (\d+ \w+ \d{4})", words)
    assert len(days) >= 2
    by_day = sorted(days, key=lambda day: datetime.strptime(f"{day} +0000", "%d %b %Y %z"))
    assert days == by_day


def test_a_corrected_value_stands_struck_beside_the_new_one() -> None:
    note = signed(record())
    corrects = {"where": "Vitals, 10:31, pulse", "was": "98", "now": "89"}
    document = compose(note.with_addenda((addendum(note, "correction", "Misread", corrects),)))
    spans = [span for block in document.blocks[:3] for span in spans_of(block)]
    assert Span("98", Voice.STRUCK) in spans
    assert Span("89", Voice.STRONG) in spans


def spans_of(part: Any) -> list[Span]:
    """Every run of words of a block."""
    if isinstance(part, Span):
        return [part]
    if isinstance(part, tuple):
        return [span for one in part for span in spans_of(one)]
    if is_dataclass(part) and not isinstance(part, type):
        return [span for one in fields(part) for span in spans_of(getattr(part, one.name))]
    return []
