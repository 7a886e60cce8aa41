"""`infusion-visits demo`: one visit to its note, again and again, the same wherever it is made."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from infusion_visits.app import cli
from infusion_visits.app.demo import make
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from tests.fixtures.demo import DEMO_MORNING, DEMO_TODAY, DEMO_ZONE, SEED

if TYPE_CHECKING:
    from infusion_visits.visits.queries import VisitLine

RANDOM = {
    # Keys are always random, and with them all that is signed or locked by them.
    "agency_authority": {"certificate", "wrapped"},
    "member_certificate": {"certificate", "sha256"},
    "trusted_agency": {"certificate", "sha256"},
    "member_secret": {"wrapped", "public_key"},
    "signature": {"public_key", "signature", "target"},
    "visit_snapshot": {"envelope", "sha256"},
    "addendum": {"envelope", "sha256"},
    "note_file": {"file"},
    "audit_event": {"previous", "sha256"},
}


def run_demo(home: Path, to: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The command as a person calls it: its exit code, and the lines it printed."""
    code = cli.main(
        ["--home", str(home), "demo", "--to", str(to), "--today", DEMO_TODAY.isoformat()]
    )
    return code, capsys.readouterr().out.splitlines()


def words_of(file: bytes | Path) -> str:
    """All words of a PDF."""
    document = pypdfium2.PdfDocument(file)
    pages = [document[nth].get_textpage().get_text_range() for nth in range(len(document))]
    document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def visits_of(home: Path) -> list[VisitLine]:
    """Every visit of a demo agency."""
    from infusion_visits.visits.queries import list_visits

    clock = SteppingClock(DEMO_MORNING + timedelta(days=1))
    unlocked = make.unlock_demo(home, clock)
    try:
        with unlocked.unit(clock, seeded_ids(clock, 1), DEMO_ZONE, write=False) as unit:
            return list_visits(unit)
    finally:
        unlocked.close()


def test_the_note_says_all_that_a_coordinator_asks(
    demo_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed = run_demo(demo_home, tmp_path / "notes" / "of today", capsys)
    assert code == 0
    file = Path(printed[-1])
    assert file.is_absolute()
    assert file.parent == tmp_path / "notes" / "of today"
    said = words_of(file)
    assert "Whitcombe, Daniel" in said
    assert "Identity" in said
    assert "full name, birth date; 13:02" in said
    assert "ordered given" in said
    assert re.search(r"inFLIXimab (Remicade, 5 mg/kg × 80 kg )?400 mg 400 mg", said)
    sets = re.findall(r"(\d\d:\d\d) (?:before|end|watched|\d+ mL/h) (\d+/\d+)", said)
    assert len(sets) == 12
    assert "Peripheral line, left forearm" in said
    assert "Check 13:29" in said
    assert "Infusion reaction, grade 1 (CTCAE 5)" in said
    assert "told back correctly" in said
    assert "Nurse's signature" in said
    assert "Patient's signature" in said
    assert "signed by Ines Halvorsen, RN, CRNI" in said
    assert "Page 1 of" in said


def test_the_planned_visit_is_used_and_the_next_run_makes_one_more(
    demo_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {line.id for line in visits_of(demo_home)}
    first = run_demo(demo_home, tmp_path / "out", capsys)[1][-1]
    assert {line.id for line in visits_of(demo_home)} == before
    second = run_demo(demo_home, tmp_path / "out", capsys)[1][-1]
    after = visits_of(demo_home)
    assert len(after) == len(before) + 1
    assert first != second
    assert len(list((tmp_path / "out").iterdir())) == 2
    todays = sorted(
        (line.started, line.completed)
        for line in after
        if line.started and line.started > DEMO_MORNING and line.completed
    )
    assert len(todays) == 2
    assert todays[0][1] < todays[1][0]


def test_the_note_never_goes_into_the_record_folder(
    demo_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(visits_of(demo_home))
    for inside in (demo_home, demo_home / "notes", demo_home / "backups" / ".." / "x"):
        code = cli.main(["--home", str(demo_home), "demo", "--to", str(inside)])
        assert code == 1
        assert "outside the record" in capsys.readouterr().err
    assert len(visits_of(demo_home)) == before
    assert not list(demo_home.rglob("*.pdf"))


def test_no_half_made_agency_is_left_when_making_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(today: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(make, "load_stories", broken)
    with pytest.raises(OSError, match="disk full"):
        make.make(tmp_path / "demo", DEMO_TODAY, SEED)
    assert list(tmp_path.iterdir()) == []


def test_the_same_day_and_seed_make_the_same_agency(
    demo_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    make.make(other, DEMO_TODAY, SEED)
    notes = [
        Path(run_demo(home, tmp_path / f"notes of {home.name}", capsys)[1][-1])
        for home in (demo_home, other)
    ]
    assert notes[0].name == notes[1].name
    assert _without_digests(words_of(notes[0])) == _without_digests(words_of(notes[1]))
    one, two = (_everything(home) for home in (demo_home, other))
    assert one.keys() == two.keys()
    for table, rows in one.items():
        assert rows == two[table], table
    assert sum(len(rows) for rows in one.values()) > 1000


def _without_digests(words: str) -> str:
    """Words without what depends on the random key: digests in groups of four."""
    return re.sub(r"(?:\b[0-9a-f]{4}\b ?){3,}", "", words)


def _everything(home: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, without what is random by intent."""
    import infusion_visits.app.schema  # noqa: F401 - every table

    clock = SteppingClock(DEMO_MORNING + timedelta(days=1))
    unlocked = make.unlock_demo(home, clock)
    found: dict[str, list[dict[str, Any]]] = {}
    try:
        with unlocked.record.engine.connect() as connection:
            for name, table in SQLModel.metadata.tables.items():
                keys = list(table.primary_key.columns)
                rows = connection.execute(select(table).order_by(*keys)).mappings()
                found[name] = [_repeating(name, dict(row)) for row in rows]
    finally:
        unlocked.close()
    return found


def _repeating(table: str, row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in RANDOM.get(table, ())}
    if table == "audit_event" and row["subject"] in RANDOM:
        del kept["changes"]
    if table in {"visit_snapshot", "addendum"}:
        envelope = json.loads(row["envelope"])
        for name in ("audit_head", "prev_signed", "target_sha256"):
            envelope.pop(name, None)
        envelope.get("patient_chain", {}).pop("prev", None)
        for name in ("public_key", "certificate_sha256"):
            envelope["signer"].pop(name)
        kept["signed"] = envelope
    return kept
