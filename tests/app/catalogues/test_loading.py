"""The agency's catalogues count from unlock to lock; a bad file changes nothing, at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.catalogues.loading import AgencyCatalogues, take_back
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.resources import in_force, load_catalogue, shipped
from infusion_visits.records import cells
from infusion_visits.sections.vitals.limits import limits_in_force
from infusion_visits.team import actions
from infusion_visits.team.queries import loaded_catalogues
from infusion_visits.team.tables import Member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from tests.fixtures.records import UnitFor

PULSE = """\
edition = "2026-1"
[pulse]
amber = ["<= 45", "> 120"]
source = "Agency protocol 12, 2026"
"""
SEVERITY = """\
edition = "1"
[[scale.severity.grades]]
key = "grave"
words = "beyond severe"
[scale.severity]
source = "Agency protocol 3, 2026"
"""
GRAVE = """\
edition = "1"
[complication.hematoma]
notify = [{ from = "grave", code = "N0" }]
source = "Agency protocol 4, 2026"
"""


def joined(unit_for: UnitFor, member: UUID, role: str) -> None:
    with unit_for() as unit:
        columns = {"name": role.capitalize(), "credential": "RN", "role": role}
        cells.append(unit, Member, {"id": member}, columns, sequence=None)
        unit.commit()


@pytest.fixture
def own(unit_for: UnitFor, member: UUID) -> Iterator[AgencyCatalogues]:
    joined(unit_for, member, "nurse")
    yield AgencyCatalogues(lambda: unit_for(write=False), unit_for)
    take_back()


def written(tmp_path: Path, name: str, text: str) -> Path:
    file = tmp_path / f"{name}.toml"
    file.write_text(text, "utf-8")
    return file


def amber() -> list[str]:
    return [f"{bound.sign} {bound.figure}" for bound in limits_in_force()["pulse"].amber]


def load(own: AgencyCatalogues, tmp_path: Path, name: str, text: str) -> None:
    own.use(own.look(written(tmp_path, name, text)))


def test_what_is_used_counts_at_once_until_it_is_withdrawn(
    own: AgencyCatalogues, tmp_path: Path
) -> None:
    assert amber() == ["<= 50", "> 110"]
    load(own, tmp_path, "vitals", PULSE)
    assert amber() == ["<= 45", "> 120"]
    assert load_catalogue("devices") is shipped("devices")
    assert own.withdraw("vitals") == ()
    assert amber() == ["<= 50", "> 110"]
    assert in_force() == {}
    with pytest.raises(Missing):
        own.withdraw("vitals")


def test_only_looking_at_a_file_changes_nothing(own: AgencyCatalogues, tmp_path: Path) -> None:
    assert own.look(written(tmp_path, "vitals", PULSE)).usable
    assert amber() == ["<= 50", "> 110"]


BAD = [
    ("a misspelt key", PULSE.replace("amber", "ambr"), "Did you mean amber?"),
    ("a wrong unit", PULSE + 'unit = "Hz"\n', "It is one of: /min."),
    ("a missing source", PULSE[: PULSE.index("source")], "Add source ="),
    ("no TOML", PULSE + "amber\n", "Write key = value."),
    ("no change", 'edition = "2026-1"\n', "changes nothing"),
]


@pytest.mark.parametrize(("text", "remedy"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_a_bad_file_is_refused_and_the_last_good_one_counts_on_also_after_a_restart(
    own: AgencyCatalogues, tmp_path: Path, text: str, remedy: str
) -> None:
    load(own, tmp_path, "vitals", PULSE)
    with pytest.raises(Refused) as refused:
        load(own, tmp_path, "vitals", text)
    assert "vitals.toml" in refused.value.words
    assert remedy in refused.value.words
    assert amber() == ["<= 45", "> 120"]
    take_back()
    assert amber() == ["<= 50", "> 110"]
    (standing,) = own.enter()
    assert standing.counts
    assert amber() == ["<= 45", "> 120"]


def test_one_that_a_newer_program_cannot_read_does_not_count_and_is_said(
    own: AgencyCatalogues, unit_for: UnitFor, tmp_path: Path
) -> None:
    load(own, tmp_path, "vitals", PULSE)
    with unit_for() as unit:
        # As a program of another version would have kept it.
        actions.load_catalogue(unit, "vitals", PULSE.replace("amber", "amber_limits"))
        unit.commit()
    (standing,) = own.enter()
    assert not standing.counts
    assert "“Vital signs: limits” cannot be read by this version" in standing.trouble
    assert "The program's own figures count" in standing.trouble
    assert "vitals.toml, line 3: pulse, amber_limits" in standing.trouble
    assert amber() == ["<= 50", "> 110"]


def test_one_whose_bytes_were_changed_does_not_count(
    own: AgencyCatalogues, unit_for: UnitFor, tmp_path: Path
) -> None:
    load(own, tmp_path, "vitals", PULSE)
    with unit_for() as unit:
        unit.run('DROP TRIGGER "freeze_catalogue_override_update"')
        unit.run("UPDATE catalogue_override SET text = replace(text, '120', '190')")
        unit.commit()
    (standing,) = own.enter()
    assert "not as it was loaded" in standing.trouble
    assert amber() == ["<= 50", "> 110"]


def test_two_that_belong_together_count_together_and_part_in_their_order(
    own: AgencyCatalogues, tmp_path: Path, clock: SteppingClock
) -> None:
    with pytest.raises(Refused, match="'grave' is not known here"):
        load(own, tmp_path, "complications", GRAVE)
    load(own, tmp_path, "scales", SEVERITY)
    load(own, tmp_path, "complications", GRAVE)
    # Loaded anew it is the newer row, and the other still needs it first.
    clock.forward(minutes=1)
    load(own, tmp_path, "scales", SEVERITY.replace("beyond severe", "worse than severe"))
    assert {one.loaded.name for one in own.enter() if one.counts} == {"scales", "complications"}
    with pytest.raises(Refused, match="“Complications” goes by it"):
        own.withdraw("scales")
    own.withdraw("complications")
    own.withdraw("scales")
    assert in_force() == {}


def test_only_a_coordinator_may(
    own: AgencyCatalogues, unit_for: UnitFor, tmp_path: Path, ids: TimedIds
) -> None:
    assert own.may_change()
    joined(unit_for, ids.new(), "coordinator")
    assert not own.may_change()
    with pytest.raises(Refused, match="Only a coordinator"):
        load(own, tmp_path, "vitals", PULSE)
    assert amber() == ["<= 50", "> 110"]
    with unit_for(write=False) as unit:
        assert loaded_catalogues(unit) == ()
