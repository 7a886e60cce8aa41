"""Every field of every section stands in the FHIR resources, or in the list of what does not."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.core.refs import Refs
from infusion_visits.exchange.fhir_mappings import MAPPINGS, NOT_MAPPED
from infusion_visits.exchange.fhir_writing import write
from infusion_visits.sections.list import SECTIONS
from tests.sections.every_field import (
    EVERY_LEAF,
    NURSE,
    ORDER,
    START,
    THING,
    ZONE,
    full,
    made_facts,
    section_of,
    without,
)

KEYS = [section.key for section in SECTIONS]
VISIT = UUID("019a5f00-0000-7000-8000-00000000000a")
PATIENT = UUID("019a5f00-0000-7000-8000-00000000000b")
AGENCY = UUID("019a5f00-0000-7000-8000-00000000000c")
REFS = Refs(VISIT, PATIENT, AGENCY, NURSE, ZONE, START, frozenset({NURSE, ORDER, THING}), (THING,))


def written(key: str, values: Any) -> bytes:
    """The resources of a section as bytes."""
    return write({"all": MAPPINGS[key](values, made_facts(), REFS)})


def mapped(values: Any, change: Any) -> Any:
    """The same values with every mark changed."""
    if isinstance(values, tuple):
        return tuple(mapped(value, change) for value in values)
    if isinstance(values, Mark):
        return change(values)
    if not is_dataclass(values) or isinstance(values, type):
        return values
    parts = {part.name: mapped(getattr(values, part.name), change) for part in fields(values)}
    return replace(values, **parts)


def left_out(key: str, group: str, field: str) -> bool:
    return bool({f"{key}.{group}", f"{key}.{group}.{field}"} & NOT_MAPPED.keys())


def test_every_section_has_a_mapping() -> None:
    assert list(MAPPINGS) == KEYS


def test_what_is_not_mapped_is_a_field_and_has_a_reason() -> None:
    known = {f"{key}.{group}" for key, group, _ in EVERY_LEAF}
    known |= {f"{key}.{group}.{field}" for key, group, field in EVERY_LEAF}
    assert NOT_MAPPED.keys() <= known
    assert all(NOT_MAPPED.values())


@pytest.mark.parametrize("key", KEYS)
def test_a_full_section_says_something(key: str) -> None:
    assert MAPPINGS[key](full(key), made_facts(), REFS)


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_section_says_nothing(key: str) -> None:
    assert MAPPINGS[key](section_of(key).values(), made_facts(), REFS) == []


@pytest.mark.parametrize(("key", "group", "field"), EVERY_LEAF)
def test_taking_it_away_changes_the_resources(key: str, group: str, field: str) -> None:
    def later(mark: Mark) -> Mark:
        return replace(mark, entered_at=START + timedelta(hours=5))

    # Without its time a row stands at the time of its writing, which is another one.
    whole, less = (mapped(one, later) for one in (full(key), without(full(key), group, field)))
    changed = written(key, whole) != written(key, less)
    assert changed is not left_out(key, group, field)


@pytest.mark.parametrize("key", KEYS)
def test_what_was_struck_out_is_no_resource(key: str) -> None:
    struck = Struck(START + timedelta(minutes=5), NURSE, StrikeReason.WRONG_PATIENT)
    values = mapped(full(key), lambda mark: replace(mark, struck=struck))
    assert MAPPINGS[key](values, made_facts(), REFS) == []


@pytest.mark.parametrize(("key", "group", "field"), EVERY_LEAF)
def test_what_was_not_done_says_why(key: str, group: str, field: str) -> None:
    if left_out(key, group, field):
        return
    absent = {field: NotDone(NotDoneReason.DEVICE_FAILED, "no battery")}

    def say(mark: Mark) -> Mark:
        return replace(mark, not_done=absent) if mark.row.group == group else mark

    assert b"no battery" in written(key, mapped(without(full(key), group, field), say))
