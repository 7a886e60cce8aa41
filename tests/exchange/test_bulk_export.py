"""Many notes leave at once: the kept bytes, whole or not at all, never in the record's folder."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tracemalloc
from datetime import timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.errors import Cancelled, Refused
from infusion_visits.core.ids import seeded_ids
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.exchange import bulk_export
from infusion_visits.exchange.bulk_export import Exported, Selection, export
from infusion_visits.notes.file_name import PATTERN
from infusion_visits.patients.queries import search
from infusion_visits.records import cells
from infusion_visits.team.actions import choose
from infusion_visits.visits import history, signing
from infusion_visits.visits.handed import HandOverState, Way
from infusion_visits.visits.queries import list_visits
from infusion_visits.visits.tables import NoteFile, SignatureTable, VisitSnapshot, VisitTable
from tests.fixtures.demo import DEMO_MORNING, DEMO_TODAY, DEMO_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.actions import Unlocked
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]


class Shop:
    """The demo agency, and a folder beside it."""

    def __init__(self, unlocked: Unlocked, folder: Path) -> None:
        self.unlocked, self.folder = unlocked, folder
        self.clock = SteppingClock(DEMO_MORNING)
        self.ids = seeded_ids(self.clock, 7)
        self.told: list[tuple[int, int, str]] = []
        self.cancel_at = -1

    def unit(self) -> UnitOfWork:
        return self.unlocked.unit(self.clock, self.ids, DEMO_ZONE)

    def pick(self, which: Callable[[UnitOfWork], Selection]) -> Selection:
        with self.unit() as unit:
            return which(unit)

    def tell(self, done: int, of: int, words: str = "") -> None:
        self.told.append((done, of, words))
        if done == self.cancel_at:
            raise Cancelled

    def export(self, wanted: Selection, *, with_worklist: bool = False) -> Exported:
        record = self.unlocked.record.folder
        return export(
            self.unit, wanted, self.folder, record, self.tell, with_worklist=with_worklist
        )

    def few(self, count: int = 4) -> Selection:
        """Some notes that are on this laptop only."""
        wanted = self.pick(bulk_export.not_handed_over)
        return Selection("Some notes", wanted.notes[:count], wanted.left_out)

    def kept(self, wanted: Selection) -> list[bytes]:
        with self.unit() as unit:
            return [signing.load_file(unit, one.visit) for one in wanted.notes]

    def here(self) -> int:
        with self.unit() as unit:
            return history.only_here_count(unit)


@pytest.fixture
def shop(demo_unlocked: Unlocked, tmp_path: Path) -> Shop:
    return Shop(demo_unlocked, tmp_path / "out" / "notes")


def test_all_that_are_here_only_leave_as_they_were_kept(shop: Shop) -> None:
    wanted = shop.few()
    before = shop.here()
    done = shop.export(wanted)
    assert done.whole
    assert done.words == "4 notes are in the folder."
    assert [path.read_bytes() for path in done.files] == shop.kept(wanted)
    assert sorted(path.name for path in shop.folder.iterdir()) == sorted(
        path.name for path in done.files
    )
    assert all(path.name.startswith("visit-2026-") for path in done.files)
    assert shop.here() == before - 4
    with shop.unit() as unit:
        states = history.hand_over_states(unit, [one.visit for one in wanted.notes])
    assert {(one.state, one.way) for one in states.values()} == {
        (HandOverState.HANDED_OVER, Way.EXPORTED)
    }
    assert [done for done, _, _ in shop.told] == [0, 1, 2, 3, 4]


def test_of_a_day_drafts_are_left_out_and_said_why(shop: Shop) -> None:
    day = shop.pick(lambda unit: bulk_export.of_day(unit, DEMO_TODAY, DEMO_ZONE))
    assert day.notes == ()
    assert {one.why for one in day.left_out} == {"not started"}
    yesterday = DEMO_TODAY - timedelta(days=1)
    before = shop.pick(lambda unit: bulk_export.of_day(unit, yesterday, DEMO_ZONE))
    assert [one.words for one in before.left_out] == [
        "Nakamura, Kenji, 20 Nov 2026 15:00, Routine infusion: completed, not signed"
    ]


def test_of_a_patient_all_that_are_signed_and_none_of_another(shop: Shop) -> None:
    with shop.unit() as unit:
        patient = search(unit, "Okafor", 1)[0]
        signed = [
            line.id
            for line in list_visits(unit, patient=patient.id)
            if line.status is VisitStatus.SIGNED
        ]
    wanted = shop.pick(lambda unit: bulk_export.of_patient(unit, patient.id))
    assert wanted.title == "Notes of Okafor, Maren"
    assert [one.visit for one in wanted.notes] == signed
    assert {one.patient for one in wanted.notes} == {"Okafor, Maren"}
    assert {one.patient for one in wanted.left_out} <= {"Okafor, Maren"}
    assert not any(one.at > shop.clock.now() for one in wanted.left_out)


def test_again_writes_nothing_anew_and_tells_so(shop: Shop) -> None:
    wanted = shop.few(2)
    first = shop.export(wanted)
    stamps = [path.stat().st_mtime_ns for path in first.files]
    again = shop.export(wanted)
    assert again.files == first.files
    assert again.words == "2 notes are in the folder. 2 of them lay there already."
    assert [path.stat().st_mtime_ns for path in again.files] == stamps
    with shop.unit() as unit:
        table = "SELECT count(*) FROM hand_over"
        assert unit.run(table) == [(2,)], "the same file in the same folder is one hand-over"


def test_nothing_in_the_folder_is_overwritten(shop: Shop) -> None:
    wanted = shop.few(1)
    (first,) = shop.export(wanted).files
    name = first.name
    first.write_bytes(b"an older file")
    first.with_name(name.replace(".pdf", "-2.PDF")).mkdir()
    (other,) = shop.export(wanted).files
    assert other.name == name.replace(".pdf", "-3.pdf")
    assert first.read_bytes() == b"an older file"
    assert [other.read_bytes()] == shop.kept(wanted)


def test_notes_that_would_get_the_same_name_are_told_apart(shop: Shop) -> None:
    with shop.unit() as unit:
        choose(unit, PATTERN, "note-{agency}")
        unit.commit()
    done = shop.export(shop.few(3))
    assert [path.name for path in done.files] == [
        "note-Riverbend-Home-Infusion.pdf",
        "note-Riverbend-Home-Infusion-2.pdf",
        "note-Riverbend-Home-Infusion-3.pdf",
    ]


@pytest.mark.parametrize("inside", ["", "notes", "backups/../x"])
def test_never_into_the_record(shop: Shop, inside: str) -> None:
    record = shop.unlocked.record.folder
    before = sorted(record.rglob("*"))
    shop.folder = record / inside
    with pytest.raises(Refused) as refused:
        shop.export(shop.few(1))
    assert refused.value.code == "inside-record"
    assert sorted(record.rglob("*")) == before


def test_never_into_the_record_by_a_link(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(shop.unlocked.record.folder, target_is_directory=True)
    for folder in (tmp_path / "link", tmp_path / "link" / "notes"):
        shop.folder = folder
        with pytest.raises(Refused):
            shop.export(shop.few(1))


def test_a_file_in_place_of_the_folder_is_said(shop: Shop, tmp_path: Path) -> None:
    shop.folder = tmp_path / "file"
    shop.folder.write_text("a file")
    with pytest.raises(Refused) as refused:
        shop.export(shop.few(1))
    assert refused.value.words == "This is a file, not a folder. Name a folder for the notes."


def test_cancelled_in_the_middle_says_how_many_are_there_and_goes_on_later(shop: Shop) -> None:
    wanted, before = shop.few(), shop.here()
    shop.cancel_at = 2
    done = shop.export(wanted, with_worklist=True)
    assert (done.cancelled, done.whole, done.worklist) == (True, False, None)
    assert done.words == (
        "Cancelled. 2 of 4 notes are in the folder, each whole. "
        "Export again to go on: what is there stays as it is."
    )
    assert [path.read_bytes() for path in done.files] == shop.kept(wanted)[:2]
    assert len(list(shop.folder.iterdir())) == 2
    assert shop.here() == before - 2
    shop.cancel_at = -1
    rest = shop.export(wanted)
    assert (len(rest.files), rest.there, rest.whole) == (4, 2, True)
    assert shop.here() == before - 4


@contextlib.contextmanager
def small_disk(folder: Path, room: int, most: int) -> Iterator[str]:
    """A disk of `room` bytes at `folder`; where nobody may mount one, no file over `most` bytes."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)]
    made = shutil.which("mount") and subprocess.run(mount, check=False, capture_output=True)
    if made and made.returncode == 0:
        try:
            yield "disk-full"
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield "disk-"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, former)


def test_a_full_disk_is_said_plainly_and_the_rest_goes_on_when_there_is_room(shop: Shop) -> None:
    wanted, before = shop.few(), shop.here()
    sizes = [len(file) for file in shop.kept(wanted)]
    with small_disk(shop.folder, sum(sizes[:2]) + sizes[2] // 2, min(sizes) - 1) as code:
        done = shop.export(wanted)
        assert done.trouble is not None
        assert done.trouble.code.startswith(code)
        assert done.words == (
            f"{done.trouble.words} {len(done.files)} of 4 notes are in the folder, each whole. "
            "Export again to go on: what is there stays as it is."
        )
        assert len(done.files) <= 2
        left = sorted(path.name for path in shop.folder.iterdir())
        assert left == sorted(path.name for path in done.files), "nothing half-written"
        assert shop.here() == before - len(done.files)
    assert shop.export(wanted).whole
    assert shop.here() == before - 4


def test_the_worklist_has_a_line_and_a_box_for_each_note(shop: Shop) -> None:
    wanted = shop.few(30)
    done = shop.export(wanted, with_worklist=True)
    assert done.worklist is not None
    assert done.worklist.name == "worklist-2026-11-21-0700.pdf"
    assert done.words.endswith("The worklist lies beside them.")
    document = pypdfium2.PdfDocument(done.worklist)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    whole = "\n".join(texts)
    assert whole.count("□") == 30
    for path in done.files:
        assert path.name in whole
    for one in wanted.notes:
        assert one.patient.split(",")[0] in whole
    assert "no exceptions" in whole
    assert "1 exception" in whole
    assert "Infusion reaction" in whole
    assert "signed, 1" in whole
    assert "Nakamura, Kenji, 20 Nov 2026 15:00, Routine infusion: completed, not signed" in whole
    assert "Ines Halvorsen" in whole
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
    assert len(texts) <= 3


def many_of_one(lived: Lived, count: int, size: int) -> tuple[UUID, ...]:
    """The same signed bytes under `count` visits, each with a file of `size` bytes."""
    note = lived.sign()
    made = []
    with lived.new_unit() as unit:
        for number in range(count):
            visit = unit.ids.new()
            made.append(visit)
            head = {
                "patient_id": lived.patient,
                "kind": "routine_infusion",
                "zone": "America/New_York",
                "scheduled_at": lived.clock.now(),
                "nurse_id": unit.member,
            }
            cells.put(unit, VisitTable, {"id": visit}, head)
            file = number.to_bytes(4, "big") + os.urandom(size - 4)
            cells.add(unit, NoteFile, {"visit_id": visit, "seq": 1, "layout": 2, "file": file})
            signature = {
                "visit_id": visit,
                "target": f"{number:064x}",
                "signer_id": unit.member,
                "public_key": note.signing.public_key,
                "signature": note.signature,
                "signed_at": unit.now,
            }
            cells.add(unit, SignatureTable, {"id": unit.ids.new(), **signature})
            snapshot = {"envelope": note.envelope, "sha256": f"{number:064x}"}
            cells.add(unit, VisitSnapshot, {"visit_id": visit, **snapshot})
        unit.commit()
    return tuple(made)


def test_three_hundred_notes_take_the_memory_of_a_few(completed: Lived, tmp_path: Path) -> None:
    count, size = 300, 50_000
    many_of_one(completed, count, size)
    with completed.new_unit() as unit:
        wanted = bulk_export.not_handed_over(unit)
    assert len(wanted.notes) == count + 1
    record = completed.unlocked.record.folder
    tracemalloc.start()
    try:
        done = export(completed.new_unit, wanted, tmp_path / "out", record, lambda *_: None)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert done.whole
    assert len({path.name for path in done.files}) == count + 1
    assert sum(path.stat().st_size for path in done.files) >= count * size
    assert peak < 5_000_000, f"{peak} bytes for {count} notes of {size}"
