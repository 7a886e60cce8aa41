"""The record answer by answer: nothing that was charted is missing, each answer has its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import SideBySide, Table
from infusion_visits.core.cells import cell_of_path
from infusion_visits.core.charted import leaf_words
from infusion_visits.core.fields import Ink, Ref
from infusion_visits.notes.answered import answered, label_of
from infusion_visits.notes.exceptions import rows_of
from infusion_visits.notes.reading import WIDEST_TABLE, reading
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.completeness import sections_for

if TYPE_CHECKING:
    from infusion_visits.visits.signed_note import SignedNote


def test_every_answer_is_there_at_its_own_cell(demo_notes: tuple[SignedNote, ...]) -> None:
    for note in demo_notes:
        record = note.record
        facts = facts_of(record, note.signing.at)
        shown = [
            one.cell
            for section in answered(record, facts)
            for line in section.lines
            for one in line.cells
        ]

        assert len(set(shown)) == len(shown), "two answers have one address"
        for section in sections_for(record.visit.kind):
            values = record.sections.get(section.key)
            for group, row in rows_of(section.rows, values) if values is not None else ():
                for leaf in group.leaves:
                    if isinstance(leaf, Ink | Ref) or leaf.name == group.time_field:
                        continue
                    if leaf_words(leaf, row, facts):
                        where = f"{section.key} {group.name} {leaf.name}"
                        assert any(
                            (cell.section, cell.row, cell.field)
                            == (section.key, row.mark.row, leaf.name)
                            for cell in shown
                        ), where


def test_an_address_survives_the_way_through_a_file(demo_notes: tuple[SignedNote, ...]) -> None:
    note = demo_notes[0]
    facts = facts_of(note.record, note.signing.at)
    for section in answered(note.record, facts):
        for line in section.lines:
            for one in line.cells:
                assert cell_of_path(one.cell.path()) == one.cell


def test_a_question_is_headed_with_section_row_and_field(
    demo_notes: tuple[SignedNote, ...],
) -> None:
    labels = set()
    for note in demo_notes:
        facts = facts_of(note.record, note.signing.at)
        for section in answered(note.record, facts):
            for line in section.lines[:40]:
                one = next(iter(line.cells), None)
                if one is not None:
                    assert label_of(one.cell, note.record, facts) == line.named(one)
                    labels.add(line.named(one))

    assert "Arrival, Identified by" in labels
    assert any(label.startswith("Vitals, Vital signs, ") for label in labels)
    assert not any(".." in label or ", ," in label for label in labels)


def test_page_one_fits_a_narrow_column(demo_notes: tuple[SignedNote, ...]) -> None:
    for note in demo_notes:
        for block in reading(note).blocks:
            assert not isinstance(block, SideBySide)
            assert not isinstance(block, Table) or len(block.columns) <= WIDEST_TABLE
