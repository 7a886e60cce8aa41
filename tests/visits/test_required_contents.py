"""What payers and accreditors ask of a note is in a field, and prints under the heading named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.blocks import Heading
from infusion_visits.core.fields import Ink
from infusion_visits.core.resources import shipped
from infusion_visits.notes.known import known_blocks
from infusion_visits.patients.fields import SECTION as PATIENT_SECTION
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.required_contents import (
    CATALOGUE,
    Content,
    leaf_of,
    read_required_contents,
)
from tests.sections.every_field import full, inks, made_facts, rows_of, section_of, spoken, text_of

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]

CONTENTS = read_required_contents(shipped(CATALOGUE))
OF_SECTIONS = [one for one in CONTENTS if one.held[0].section != PATIENT_SECTION]


@pytest.mark.parametrize("content", OF_SECTIONS, ids=lambda one: one.key)
def test_each_stands_under_its_heading(content: Content) -> None:
    (key,) = {held.section for held in content.held}
    section = section_of(key)
    values, facts = full(key), made_facts()
    told = section.blocks(values, facts)
    headings = [block.text for block in told if isinstance(block, Heading)]
    assert content.heading in headings
    text = text_of(told)
    for held in content.held:
        leaf = leaf_of(held)
        assert leaf is not None
        if isinstance(leaf, Ink):
            assert inks(told), held
            continue
        row = rows_of(values, held.group)[0]
        assert any(words and words in text for words in spoken(leaf, row, facts)), held


def test_the_plan_and_the_order_stand_under_theirs(lived: Lived) -> None:
    (content,) = (one for one in CONTENTS if one.held[0].section == PATIENT_SECTION)
    record = lived.read()
    blocks = known_blocks(record, facts_of(record, lived.clock.now()), date(2026, 11, 21))
    assert content.heading in [block.text for block in blocks if isinstance(block, Heading)]
    said = text_of(blocks)
    assert "infliximab-dyyb" in said
    assert "Dr. Rahel Stern" in said
