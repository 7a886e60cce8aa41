"""A folder of hundreds of files: the memory of one, a line for each, an end when asked."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

from infusion_visits.core.errors import Cancelled
from infusion_visits.exchange.note_files import plan, take_file, take_files
from infusion_visits.patients.queries import list_patients
from infusion_visits.review.queries import inbox, load_received

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.fixtures.office_and_nurse import TwoLaptops

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]

MANY = 500
EACH = 100_000
PEAK = 12_000_000
"""Bytes of Python at most, for files of 50 million bytes together."""


def test_what_is_ours_is_found_once_in_any_depth(tmp_path: Path) -> None:
    deep = tmp_path / "b" / "c"
    deep.mkdir(parents=True)
    for name in ("1.PDF", "2.ivanswer", "3.json", "4.pdf.bak", ".pdf"):
        (deep / name).write_bytes(b"x")
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    found = plan([tmp_path, deep / "1.PDF", tmp_path / "missing.pdf", deep / "3.json"])
    names = [path.name for path in found]
    assert names == ["a.pdf", "1.PDF", "2.ivanswer", "missing.pdf"]


def test_hundreds_of_foreign_files_need_the_memory_of_one(
    laptops: TwoLaptops, tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:04}.pdf").write_bytes(b"%%PDF scan %d" % number + b"x" * EACH)
    office = laptops.coordinator
    tracemalloc.start()
    report = take_files([folder], office.unit)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.counts() == {"not filed": MANY}
    assert report.failed
    assert peak < PEAK
    with office.unit() as unit:
        assert list_patients(unit) == ()
        lines = inbox(unit)
    assert len(lines) == MANY
    assert take_files([folder], office.unit).counts() == {"not filed": MANY}
    with office.unit() as unit:
        assert len(inbox(unit)) == MANY


def test_what_was_read_before_a_cancel_stays(laptops: TwoLaptops, tmp_path: Path) -> None:
    good = tmp_path / "1.pdf"
    good.write_bytes(laptops.nurse.file(laptops.visit))
    for number in range(2, 6):
        (tmp_path / f"{number}.pdf").write_bytes(b"%PDF")

    def progress(done: int, of: int, words: str = "") -> None:
        assert of == 5
        if done == 2:
            raise Cancelled

    report = take_files([tmp_path], laptops.coordinator.unit, progress)
    assert (report.cancelled, len(report.files)) == (True, 2)
    assert report.files[0].outcome == "filed"
    assert "Cancelled" in report.summary()


def test_a_large_file_of_others_is_told_and_not_kept(
    laptops: TwoLaptops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infusion_visits.exchange.note_intake.LARGEST_KEPT", 1_000)
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF" + b"x" * 2_000)
    line = take_file(file, laptops.coordinator.unit)
    assert line.waits
    assert line.filed is not None
    assert line.filed.id is not None
    with laptops.coordinator.unit() as unit:
        assert load_received(unit, line.filed.id).file == b""
