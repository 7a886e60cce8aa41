from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from infusion_visits.core.blocks import (
    Answers,
    Block,
    BodySite,
    Heading,
    Items,
    Paragraph,
    Table,
    Voice,
    Words,
)
from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import LineFact
from infusion_visits.sections.infusion.note import blocks, ordered_and_given
from infusion_visits.sections.infusion.tables import STORE
from infusion_visits.sections.infusion.values import Infusion, PumpReading
from tests.sections.infusion.making import (
    DEVICE,
    NOW,
    NURSE,
    PICTURE,
    act,
    acts,
    an_order,
    at,
    facts,
    infusions,
    lot,
)

PORT = LineFact(
    DEVICE,
    "port",
    "Port, right chest",
    True,
    BodySite.RIGHT_CHEST,
    "",
    ("single",),
    date(2025, 3, 3),
)


def text(words: Words) -> str:
    return "".join(span.text for span in words).replace("\u00a0", " ")


def columns(made: list[Block]) -> list[str]:
    return [column.label for block in made if isinstance(block, Table) for column in block.columns]


def said(made: list[Block]) -> str:
    lines: list[str] = []
    for block in made:
        if isinstance(block, Heading):
            lines += [block.text, block.beside]
        elif isinstance(block, Paragraph):
            lines.append(text(block.words))
        elif isinstance(block, Items):
            lines += [text(row) for row in block.rows]
        elif isinstance(block, Answers):
            lines += [f"{row.label}: {text(row.words)}" for row in block.rows]
        elif isinstance(block, Table):
            lines += [" | ".join(text(cell) for cell in row) for row in block.rows]
    return "\n".join(lines)


def picture(**texts: str) -> Infusion:
    lots = [
        lot(1, "LE12T204", amount="20", amount_unit="g"),
        lot(2, "LE12T377", amount="10", amount_unit="g"),
        lot(3, "LE12T381", amount="5", amount_unit="g"),
    ]
    return infusions(acts(*PICTURE), lots, **{"wasted_ml": "0", **texts})


def test_ordered_and_given_of_the_picture() -> None:
    about = facts(vitals_times=(at("12:54"),), departed=at("13:05"))
    made = ordered_and_given(picture(), about)
    assert said(made).splitlines() == [
        "immune globulin 10 %",
        "Gammagard Liquid, 0.5 g/kg × 70 kg | 35 g | 35 g",
        "volume | 350 mL | 350 mL",
        "fastest rate | 280 mL/h | 280 mL/h",
        "running |  | 2 h 56 min",
        "end, as first planned | 11:39 | 12:23",
        "held |  | 15 min",
        "watched after the end | 30 min | 31 min",
        "Lots LE12T204 (20 g), LE12T377 (10 g), LE12T381 (5 g), expire 30 Jun 2028. "
        "Nothing wasted. Read twice by the same nurse; no second checker.",
    ]


def test_without_an_infusion_page_one_says_so() -> None:
    assert said(ordered_and_given(Infusion(), facts())) == "No infusion at this visit."
    assert blocks(Infusion(), facts()) == []


def test_an_infusion_not_started_claims_nothing() -> None:
    words = said(ordered_and_given(infusions(), facts()))
    assert "volume | 350 mL | not started" in words
    assert "35 g | –" in words


def test_an_infusion_found_and_left_running_is_told_by_the_pump() -> None:
    rows = [
        act(1, "09:00", "found running", "10", reading_ml="480"),
        act(2, "10:00", "left running", reading_ml="489.6"),
    ]
    order = an_order(volume_ml=Decimal(2000), steps=(), dose_per_kg=None)
    words = said(ordered_and_given(infusions(rows), facts(order=order)))
    assert "pump shows, arrival to departure |  | 480 to 489.6 mL" in words
    assert "volume | 2,000 mL | 9.6 mL" in words
    assert "at departure |  | running, 10 mL/h" in words
    assert "left in bag" not in words


def test_a_part_of_a_long_infusion_is_not_read_as_the_whole() -> None:
    rows = [
        act(1, "10:11", "found running", "5", remaining_ml="6.2"),
        act(2, "10:25", "completed", remaining_ml="5"),
    ]
    order = an_order(volume_ml=Decimal(230), steps=(), dose_per_kg=None)
    table = ordered_and_given(infusions(rows), facts(order=order))
    assert columns(table) == ["", "ordered", "given at this visit"]
    assert "left in bag or reservoir |  | 5 mL" in said(table)
    whole = [act(1, "09:00", "started", "10"), act(2, "10:00", "completed")]
    assert columns(ordered_and_given(infusions(whole), facts(order=order)))[-1] == "given"


def test_demands_and_doses_of_a_pca_stand_on_page_one() -> None:
    rows = [act(1, "14:17", "found running", "0.5", reading_ml="76")]
    made = infusions(rows).infusion[0]
    counted = tuple(
        PumpReading(
            Mark(Row("pump_reading", (1, number)), NOW, NOW, NURSE),
            at=NOW + timedelta(minutes=number),
            demands=Decimal(demands),
            delivered=Decimal(delivered),
        )
        for number, demands, delivered in ((1, 1066, 59), (2, 0, 0))
    )
    values = Infusion((replace(made, pump_reading=counted),))
    order = an_order(volume_ml=Decimal(100), steps=(), dose_per_kg=None)
    words = said(ordered_and_given(values, facts(order=order)))
    assert "demands, delivered, as found |  | 1,066, 59" in words


def test_readings_of_a_pump_are_shown_as_doses_are() -> None:
    rows = [
        act(1, "09:00", "found running", "10", reading_ml="1962"),
        act(2, "10:00", "left running", reading_ml="1972.0"),
    ]
    order = an_order(volume_ml=Decimal(2000), steps=(), dose_per_kg=None)
    words = said(ordered_and_given(infusions(rows), facts(order=order)))
    assert "pump shows, arrival to departure |  | 1,962 to 1,972 mL" in words
    begun = [act(1, "09:00", "started", "10"), rows[1]]
    words = said(ordered_and_given(infusions(begun), facts(order=order)))
    assert "pump shows |  | 1,972 mL" in words
    cleared = [rows[0], act(2, "10:00", "left running", reading_ml="0.5")]
    words = said(ordered_and_given(infusions(cleared), facts(order=order)))
    assert "pump shows, arrival to departure |  | 1,962, new bag 0.5 mL" in words


def test_lots_that_expire_on_different_days_each_say_theirs() -> None:
    values = infusions(acts(*PICTURE), [lot(1, "LE1"), lot(2, "LE2", expiry="2027-01-31")])
    words = said(ordered_and_given(values, facts()))
    assert "Lots LE1 (expires 30 Jun 2028), LE2 (expires 31 Jan 2027)." in words


def test_every_stored_field_stands_in_the_note() -> None:
    lots = [lot(1, "LE1", product="Gammagard 10 %", amount="35", amount_unit="g")]
    rows = [
        act(1, "09:12", "started", "35"),
        act(2, "09:42", "held", why="chills", reading_ml="17.5"),
    ]
    texts = {
        "lumen": "proximal",
        "pump": "P-0815",
        "filter": "0.2 micron filter",
        "prepared_ml": "352",
        "second_check": "independent second check",
        "second_checker": "R. Okoro, PharmD",
        "dose_given": "1.8",
        "dose_given_unit": "g",
        "difference_reason": "chills",
        "wasted_ml": "334.5",
        "waste_witness": "A. Neighbor",
        "flush_ml": "20",
        "flush_solution": "dextrose 5 %",
        "tolerated": "with difficulty",
        "tolerated_words": "chills after half an hour",
    }
    words = said(blocks(infusions(rows, lots, **texts), facts(lines=(PORT,))))
    for word in [
        *texts.values(),
        "Port, right chest",
        "immune globulin 10 % (Gammagard Liquid) 35 g, IV, by S. Lindqvist, MD, version 1",
        "Given by: pump",
        "Product: Gammagard 10 %, expires 30 Jun 2028: lot LE1, 35 g",
        "09:12 | started | 35 mL/h | 0 mL |",
        "09:42 | held |  | 17.5 mL | 17.5 mL | chills",
        "Dose given: 1.8 g",
        "0.5 g/kg × 70 kg = 35 g = 350 mL",
    ]:
        assert word in words, (word, words)


def test_struck_and_late_acts_stay_legible() -> None:
    struck: dict[str, Any] = act(2, "09:20", "stopped", why="alarm")
    struck.update(struck_at=NOW, struck_by=NURSE, struck_reason="typing error")
    late = act(1, "09:12", "started", "35")
    late["created_at"] = late["at"] + timedelta(minutes=40)
    made = blocks(infusions([late, struck]), facts())
    words = said(made)
    assert "struck out 13:05 by Ines Halvorsen, RN: typing error" in words
    assert "late entry, written 09:52" in words
    tables = [block for block in made if isinstance(block, Table)]
    assert tables[-1].rows[1][0][0].voice is Voice.STRUCK


def test_values_go_to_rows_and_come_back() -> None:
    values = picture(prepared_ml="350.0", difference_reason="none")
    assert STORE.from_rows(STORE.to_rows(values, {"visit_id": NURSE})) == values
