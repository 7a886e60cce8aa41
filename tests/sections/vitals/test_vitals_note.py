from __future__ import annotations

from datetime import timedelta
from typing import Any

from infusion_visits.core.blocks import Block, Heading, Items, Paragraph, Table, Voice, Words
from infusion_visits.patients.facts import Facts, Phase
from infusion_visits.sections.vitals.fields import VITAL_SIGNS
from infusion_visits.sections.vitals.note import blocks
from infusion_visits.sections.vitals.tables import STORE
from tests.sections.vitals.making import DAY, NURSE, a_row, facts, normal, vitals


def text(words: Words) -> str:
    return "".join(span.text for span in words).replace("\u00a0", " ")


def the_table(made: list[Block]) -> Table:
    return next(block for block in made if isinstance(block, Table))


def all_text(made: list[Block]) -> str:
    said: list[str] = []
    for block in made:
        if isinstance(block, Heading):
            said += [block.text, block.beside]
        elif isinstance(block, Paragraph):
            said.append(text(block.words))
        elif isinstance(block, Items):
            said += [text(row) for row in block.rows]
        elif isinstance(block, Table):
            said += [column.label for column in block.columns]
            said += [text(cell) for row in block.rows for cell in row]
    return "\n".join(said)


def about(**more: Any) -> Facts:
    phases = (Phase(DAY, "before"), Phase(DAY + timedelta(minutes=12), "35 mL/h"))
    return facts(phases=phases, **more)


def test_the_table_of_the_picture() -> None:
    made = blocks(vitals(normal(2, "9:27", pulse="112"), normal(1, "9:08")), about())
    table = the_table(made)
    assert [column.label for column in table.columns] == [
        "Time",
        "Phase",
        "BP mmHg",
        "Pulse /min",
        "Resp /min",
        "SpO2 %",
        "Temp °F",
        "Pain",
        "NEWS2",
    ]
    assert [text(cell) for cell in table.rows[0]] == [
        "09:08",
        "before",
        "122/78",
        "72",
        "16",
        "98",
        "98.4",
        "0",
        "0",
    ]
    assert text(table.rows[1][1]) == "35 mL/h"
    assert text(table.rows[1][3]) == "112 high"
    assert table.rows[1][3][0].voice is Voice.FLAG
    heading = made[0]
    assert isinstance(heading, Heading)
    assert heading.beside == "BP on left arm, sitting · alert, on air at every set"


def test_mixed_units_of_temperature_each_carry_their_own() -> None:
    made = blocks(vitals(normal(1, "9:08"), normal(2, "9:27", temperature="37 c")), about())
    said = all_text(made)
    assert "98.4 °F" in said
    assert "37.0 °C" in said
    assert "Temp\n" in said


def test_only_columns_with_a_figure() -> None:
    made = blocks(vitals(a_row(1, "9:08", pulse="72", extent="part")), facts())
    assert [column.label for column in the_table(made).columns] == ["Time", "Pulse /min"]
    assert "NEWS2 not scored at 09:08: a recheck of some signs." in all_text(made)


def test_nothing_measured_is_no_section() -> None:
    assert blocks(vitals(), facts()) == []


def test_struck_late_and_not_done_stay_legible() -> None:
    struck = normal(1, "9:08", pulse="27")
    struck.update(struck_at=DAY, struck_by=NURSE, struck_reason="typing error")
    late = normal(2, "9:27")
    late["created_at"] = late["at"] + timedelta(minutes=45)
    refused = {k: v for k, v in normal(3, "9:41").items() if not k.startswith("temperature")}
    not_done = {("vital_signs/3", "temperature"): ("patient refused", "asleep")}
    made = blocks(vitals(struck, late, refused, not_done=not_done), about())
    said = all_text(made)
    assert "struck out 09:00 by Ines Halvorsen, RN: typing error" in said
    assert "late entry, written 10:12" in said
    assert "Temperature not done: patient refused, asleep" in said
    pulse = the_table(made).rows[0][3]
    assert text(pulse) == "27"
    assert pulse[0].voice is Voice.STRUCK


def test_every_stored_field_stands_in_the_note() -> None:
    """One set with every field filled with words of its own: all of them are found again."""
    texts = {
        "extent": "recheck of some signs",
        "oxygen": "oxygen",
        "oxygen_flow": "3.5",
        "cuff": "large adult cuff",
        "method": "manual",
        "temperature_site": "axillary",
        "weight": "71.3 kg",
        "glucose": "117",
        "measured_by": "caregiver, as reported",
        "instrument": "meter 4711",
        "context": "after the stairs",
        "response": "rested ten minutes",
        "position": "standing",
        "stood": "3 min after standing up",
        "rhythm": "irregular",
        "oxygen_percent": "28",
        "no_figure": "glucose meter LO",
        "pain_scale": "faces",
        "pain_where": "left knee",
        "pain_how": "in waves",
        "pain_accepted": "3",
        "sedation": "2: slightly drowsy, easily roused",
        "etco2": "41",
        "circumstances": "cold hands, nail polish",
        "height": "171.5",
        "head": "47.5",
        "girth": "91.5",
        "girth_of": "abdomen",
        "urine": "1450",
        "confirmed": "pulse, weight",
        "counted_full_minute": "yes",
    }
    row = normal(1, "9:08", **texts)
    values = vitals(row)
    assert all(getattr(values.vital_signs[0], leaf.name) is not None for leaf in VITAL_SIGNS.leaves)
    said = all_text(blocks(values, facts()))
    for word in [
        *(words for words in texts.values() if words != "oxygen"),
        "on oxygen",
        "left arm",
        "alert",
        "122/78",
        "72",
        "16",
        "98",
        "98.4",
        "09:08",
    ]:
        assert word.removesuffix(" kg") in said, word


def test_values_go_to_rows_and_come_back() -> None:
    values = vitals(normal(1, "9:08", temperature="98.6"), a_row(2, "9:30", weight="154 lb"))
    rows = STORE.to_rows(values, {"visit_id": NURSE})
    assert STORE.from_rows(rows) == values
