"""Every stored field stands in the words of the note, or in the list of what is left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from infusion_visits.core.blocks import Span, Voice
from infusion_visits.core.fields import Ink
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.sections.list import SECTIONS
from tests.sections.every_field import (
    EVERY_LEAF,
    NURSE,
    STROKES,
    full,
    inks,
    made_facts,
    rows_of,
    section_of,
    spoken,
    text_of,
    without,
)

KEYS = [section.key for section in SECTIONS]


@pytest.mark.parametrize(("key", "group", "field"), EVERY_LEAF)
def test_the_note_says_it(key: str, group: str, field: str) -> None:
    section = section_of(key)
    leaf = section.group(group).leaf(field)
    values = full(key)
    facts = made_facts()
    told = section.blocks(values, facts)
    if f"{group}.{field}" in section.left_out:
        return
    if isinstance(leaf, Ink):
        assert any(ink.strokes == STROKES for ink in inks(told))
        return
    text = text_of(told)
    (row,) = rows_of(values, group)
    assert any(words and words in text for words in spoken(leaf, row, facts)), leaf.label


@pytest.mark.parametrize(("key", "group", "field"), EVERY_LEAF)
def test_taking_it_away_changes_the_note(key: str, group: str, field: str) -> None:
    section = section_of(key)
    if f"{group}.{field}" in section.left_out:
        return
    facts = made_facts()
    before = section.blocks(full(key), facts)
    after = section.blocks(without(full(key), group, field), facts)
    assert before != after


@pytest.mark.parametrize("key", KEYS)
def test_what_is_left_out_is_a_field(key: str) -> None:
    section = section_of(key)
    known = {f"{group}.{field}" for owner, group, field in EVERY_LEAF if owner == key}
    assert section.left_out <= known


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_section_says_nothing_and_breaks_nothing(key: str) -> None:
    section = section_of(key)
    facts = made_facts()
    assert isinstance(list(section.blocks(section.values(), facts)), list)
    assert isinstance(list(section.findings(section.values(), facts)), list)


def _mapped(values: Any, change: Any) -> Any:
    if isinstance(values, tuple):
        return tuple(_mapped(value, change) for value in values)
    if isinstance(values, Mark):
        return change(values)
    if not is_dataclass(values) or isinstance(values, type):
        return values
    return replace(
        values,
        **{part.name: _mapped(getattr(values, part.name), change) for part in fields(values)},
    )


@pytest.mark.parametrize("key", KEYS)
def test_a_struck_row_stays_legible_with_its_reason(key: str) -> None:
    section = section_of(key)
    facts = made_facts()
    struck = Struck(facts.now - timedelta(minutes=5), NURSE, StrikeReason.WRONG_PATIENT)
    values = _mapped(full(key), lambda mark: replace(mark, struck=struck))
    told = section.blocks(values, facts)
    text = text_of(told)
    assert "wrong patient" in text
    voices = {span.voice for span in _spans(told)}
    assert Voice.STRUCK in voices
    # A rule does not speak of a mistake.
    cells = [one.cell for one in section.findings(values, facts) if one.cell]
    empty = [one.cell for one in section.findings(section.values(), facts) if one.cell]
    assert set(cells) <= set(empty)


def _spans(part: Any) -> list[Span]:
    if isinstance(part, Span):
        return [part]
    if isinstance(part, tuple | list):
        return [span for one in part for span in _spans(one)]
    if is_dataclass(part) and not isinstance(part, type):
        return [span for one in fields(part) for span in _spans(getattr(part, one.name))]
    return []


@pytest.mark.parametrize(("key", "group", "field"), EVERY_LEAF)
def test_what_was_not_done_is_told_with_its_reason(key: str, group: str, field: str) -> None:
    section = section_of(key)
    if f"{group}.{field}" in section.left_out:
        return
    absent = {field: NotDone(NotDoneReason.DEVICE_FAILED, "no battery")}

    def say(mark: Mark) -> Mark:
        return replace(mark, not_done=absent) if mark.row.group == group else mark

    values = _mapped(without(full(key), group, field), say)
    text = text_of(section.blocks(values, made_facts()))
    assert "device failed" in text
    assert "no battery" in text


@pytest.mark.parametrize("key", KEYS)
def test_a_late_entry_says_so(key: str) -> None:
    section = section_of(key)
    facts = made_facts()

    def late(mark: Mark) -> Mark:
        if mark.at is None:
            return mark
        return replace(mark, entered_at=mark.at + timedelta(minutes=40))

    values = _mapped(full(key), late)
    if values == full(key):
        return
    assert "late entry" in text_of(section.blocks(values, facts))
