"""The line on page one and in its section."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from infusion_visits.core.blocks import BodyFigure, BodySite, Paragraph, Span, Voice
from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.core.marks import NotDone
from infusion_visits.patients.facts import BarredLimb, CareFact
from infusion_visits.sections.devices.note import blocks, line_block
from infusion_visits.sections.devices.page_one import safety_words
from infusion_visits.sections.devices.rules.lines import body_site
from infusion_visits.sections.devices.values import AccessDevice, Devices, LumenCheck
from infusion_visits.sections.devices.words import due_lines, lock_spans
from tests.sections.devices.made_lines import (
    PICC_ID,
    PORT_ID,
    at,
    care,
    check,
    days,
    facts,
    lumen_check,
    mark,
    normal,
    one,
    picc,
    port,
)
from tests.sections.every_field import text_of


def entered(row: LumenCheck, **typed: str) -> LumenCheck:
    """The same row with what was typed."""
    return replace(row, mark=replace(row.mark, as_entered=typed))


def said(words: tuple[Span, ...]) -> str:
    """A line as it reads."""
    return "".join(span.text for span in words)


def port_visit() -> Devices:
    """A port accessed at 09:04, locked, needle out at 12:58."""
    back = lumen_check(PORT_ID, blood_return_before="brisk", blood_return_after="brisk")
    access = care(
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
    access = replace(access, mark=replace(access.mark, as_entered={"needle_length_cm": "19 mm"}))
    out = care(
        PORT_ID,
        2,
        at(12, 58),
        "port_deaccess",
        saline_ml=Decimal(10),
        lock_agent="heparin",
        lock_units_per_ml=Decimal(100),
        lock_ml=Decimal(5),
    )
    found = normal(PORT_ID, at(9, 3), accessed=False, lumen_check=(back,))
    return one(port(), found, care=(access, out))


def test_page_one_says_the_line_in_its_order() -> None:
    (figure,) = line_block(port_visit(), facts())
    assert isinstance(figure, BodyFigure)
    assert [(mark.site, mark.label) for mark in figure.marks] == [
        (BodySite.RIGHT_CHEST, "Port, right chest")
    ]
    (paragraph,) = figure.beside
    assert isinstance(paragraph, Paragraph)
    text = said(paragraph.words)
    assert text.startswith(
        "Port, right chest, single, placed 3 Mar 2025, tip confirmed (fluoroscopy), no needle in."
    )
    for part in (
        "blood return brisk before and after",
        "site and dressing clean and dry, nothing abnormal",
        "Port access 09:04, 20\u00a0G 19\u00a0mm non-coring",
        "locked with 100\u00a0units/mL heparin 5\u00a0mL (500\u00a0units)",
    ):
        assert part in text, part
    assert due_lines(port_visit(), facts()) == ((date(2026, 12, 19), "flush: Port, right chest"),)


def test_without_a_line_page_one_says_so() -> None:
    assert text_of(line_block(Devices(), facts())) == "No line in place."
    assert "No line in place." in text_of(blocks(Devices(), facts()))


def test_what_was_not_looked_at_is_flagged() -> None:
    (figure,) = line_block(one(picc()), facts())
    assert isinstance(figure, BodyFigure)
    (paragraph,) = figure.beside
    assert isinstance(paragraph, Paragraph)
    assert Span("Not checked. ", Voice.FLAG) in paragraph.words
    refused = check(PICC_ID, not_done={"checked_at": NotDone(NotDoneReason.REFUSED, "asleep")})
    refused = replace(refused, checked_at=None, mark=replace(refused.mark, at=None))
    text = text_of(line_block(one(picc(), refused), facts()))
    assert "not done: patient refused, asleep" in text


def test_lengths_are_compared_in_words() -> None:
    out = text_of(line_block(one(picc(), normal(PICC_ID, external_length_cm=Decimal(4))), facts()))
    assert "external length 4\u00a0cm (2\u00a0cm further out)" in out
    bare = picc(external_length_cm=None)
    out = text_of(line_block(one(bare, normal(PICC_ID, external_length_cm=Decimal(4))), facts()))
    assert "external length 4\u00a0cm (no baseline)" in out
    section = text_of(blocks(one(bare, normal(PICC_ID, external_length_cm=Decimal(4))), facts()))
    assert "cannot be compared, no baseline" in section


def test_barred_limbs_stand_on_the_figure() -> None:
    barred = (BarredLimb("right arm", "lymphedema"), BarredLimb("right arm", "PICC"))
    (figure,) = line_block(one(picc(), normal(PICC_ID)), facts(barred_limbs=barred))
    assert isinstance(figure, BodyFigure)
    assert [mark.site for mark in figure.marks if mark.barred] == [BodySite.RIGHT_UPPER_ARM]
    assert "no blood pressure on right arm" in figure.alt


def test_overdue_is_a_word_not_a_colour() -> None:
    old = (CareFact(PICC_ID, "dressing_change", at(9) - days(8), "transparent"),)
    values = one(picc(), normal(PICC_ID))
    text = text_of(blocks(values, facts(care_before=old)))
    assert "overdue, dressing due 20 Nov 2026" in text
    told = due_lines(values, facts(care_before=old))
    assert (
        date(2026, 11, 20),
        "dressing, overdue, securement device, overdue: PICC, left upper arm",
    ) in told


def test_two_strengths_of_heparin_read_differently() -> None:
    row = lumen_check(
        PICC_ID, lock_agent="heparin", lock_units_per_ml=Decimal(10), lock_ml=Decimal(5)
    )
    text = text_of(blocks(one(picc(), normal(PICC_ID, lumen_check=(row,))), facts()))
    assert (
        said(lock_spans(row, facts()))
        == "locked with heparin 10\u00a0units/mL 5\u00a0mL (50\u00a0units)"
    )
    strong = replace(row, lock_units_per_ml=Decimal(100))
    words = lock_spans(strong, facts())
    # A tenfold error: another order of the words, and the strength stands out.
    assert said(words) == "locked with 100\u00a0units/mL heparin 5\u00a0mL (500\u00a0units)"
    assert Span("100\u00a0units/mL", Voice.STRONG) in words
    assert "(50\u00a0units)" in text.replace("\n", "")


def test_a_line_removed_long_ago_is_not_in_this_visit() -> None:
    gone = picc(removed_at=at(8))
    assert text_of(line_block(one(gone), facts())) == "No line in place."
    today = picc(removed_at=at(12), removed_length_cm=Decimal(42), tip_intact=True)
    text = text_of(line_block(one(today, normal(PICC_ID)), facts()))
    assert "Removed 12:00, 42\u00a0cm, tip intact." in text


def test_the_safety_pane_names_each_line_in_place() -> None:
    words = safety_words(one(picc(), normal(PICC_ID)), facts())
    assert said(words[0]).startswith("PICC, left upper arm")
    assert safety_words(one(picc(removed_at=at(8))), facts()) == ()


def test_every_site_finds_its_place_on_the_body() -> None:
    from infusion_visits.sections.devices.options import SITES

    for option in SITES:
        for side in ("right", "left"):
            device = AccessDevice(mark("access_device", PICC_ID), side=side, site=option.key)
            place = body_site(device)
            assert place is not None
            assert side in place.value or option.key == "abdomen"
    assert body_site(AccessDevice(mark("access_device", PICC_ID), site="forearm")) is None


def test_the_day_placed_may_be_unknown_or_estimated() -> None:
    unknown = picc(inserted_on=None, inserted_precision="unknown")
    assert "day placed not known" in text_of(line_block(one(unknown), facts()))
    about = picc(inserted_on=date(2026, 9, 1), inserted_precision="estimated")
    assert "placed about 1 Sep 2026" in text_of(line_block(one(about), facts()))
