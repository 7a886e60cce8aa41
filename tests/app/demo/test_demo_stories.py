"""The stories are data: what a line of a log means, what a part brings, and every cell exists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from infusion_visits.app.demo.stories import Entry, Story, Visit, load_stories, wall_instant
from infusion_visits.sections.screening.fields import QUESTIONS
from infusion_visits.sections.stores import STORES

TODAY = date(2026, 11, 21)
ENDS = {"signed", "completed", "started", "scheduled", "missed", "cancelled", "live"}


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    """The stories by key."""
    return {story.key: story for story in load_stories(TODAY)}


def visit(story: Story, key: str) -> Visit:
    """A visit of a story."""
    return next(one for one in story.visits if one.key == key)


def charted(told: Visit, group: str) -> list[Entry]:
    """The entries of one group, in the order of time."""
    return [entry for entry in told.entries if entry.group == group]


def test_every_entry_names_a_group_and_fields_that_exist(stories: dict[str, Story]) -> None:
    seen = 0
    for story in stories.values():
        for told in story.visits:
            assert told.end in ENDS
            for entry in told.entries:
                leaves = STORES[entry.section].group(entry.group).rows.leaves
                assert set(entry.fields) <= {leaf.name for leaf in leaves}, entry
                seen += 1
    assert seen > 400


def test_exactly_one_visit_is_kept_for_the_command(stories: dict[str, Story]) -> None:
    live = [
        (key, told) for key, one in stories.items() for told in one.visits if told.end == "live"
    ]
    assert [(key, told.key) for key, told in live] == [("whitcombe", "week 16")]


def test_a_part_brings_its_entries_and_takes_corrections(stories: dict[str, Story]) -> None:
    week = visit(stories["villanueva"], "week 1")
    (screening,) = charted(week, "screening_answer")
    answers = {key: screening.fields[key] for key, _ in QUESTIONS}
    assert answers.pop("antibiotics") == "yes"
    assert set(answers.values()) == {"no"}
    assert screening.fields["antibiotics_note"] == "cefazolin, as ordered"


def test_a_part_is_timed_from_where_it_is_put(stories: dict[str, Story]) -> None:
    week = visit(stories["whitcombe"], "week 8")
    placed, removed = charted(week, "access_device")
    assert (placed.at, removed.at) == ("09:27", "12:20")
    assert charted(week, "device_check")[0].at == "09:30"


def test_a_check_brings_its_normal_answers(stories: dict[str, Story]) -> None:
    check = charted(visit(stories["okafor"], "week 0"), "device_check")[0]
    assert check.fields["site"] == "normal"
    assert check.fields["pocket"] == "normal"
    # No needle was in the port as found: there was no dressing to look at.
    assert "dressing_state" not in check.fields


def test_a_log_is_read_line_by_line(stories: dict[str, Story]) -> None:
    week = visit(stories["okafor"], "week 3")
    acts = [(act.at, act.fields) for act in charted(week, "infusion_event")]
    assert acts[0] == ("09:12", {"kind": "start", "at": "now", "rate": "35"})
    assert acts[3] == (
        "10:27",
        {"kind": "hold", "at": "now", "why": "headache and fast pulse, by protocol"},
    )
    assert acts[4] == ("10:42", {"kind": "resume", "at": "now", "rate": "70"})
    assert acts[-1] == ("12:23", {"kind": "complete", "at": "now"})
    assert charted(week, "vital_signs")[0].vitals == "124/78 70 16 98 98.2 0 a air la sit w70kg"
    assert [entry.at for entry in week.entries] == sorted(entry.at for entry in week.entries)


def test_days_are_counted_from_today(stories: dict[str, Story]) -> None:
    weight = dict(stories["whitcombe"].groups)["weight"]
    assert weight["day"] == "28 Jul 2026"
    other = {story.key: story for story in load_stories(date(2026, 11, 22))}
    assert dict(other["whitcombe"].groups)["weight"]["day"] == "29 Jul 2026"


def test_signatures_are_strokes(stories: dict[str, Story]) -> None:
    leaving = charted(visit(stories["whitcombe"], "week 16"), "departure")[0].fields
    for name in ("nurse_ink", "patient_ink"):
        assert leaving[name].startswith("[[[")


def test_wall_times_follow_the_zone_of_the_home() -> None:
    summer = wall_instant(TODAY, -56, "09:00", "America/New_York")
    winter = wall_instant(TODAY, 0, "09:00", "America/New_York")
    assert summer == datetime(2026, 9, 26, 13, 0, tzinfo=UTC)
    assert winter == datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
