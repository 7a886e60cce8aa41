"""Any file gets an answer in seconds, in plain words, with bounded memory; none does harm."""

from __future__ import annotations

import contextlib
import resource
import threading
import time
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import BadFile, Cancelled
from infusion_visits.exchange import apart
from infusion_visits.exchange.apart import Apart, draw_apart, verify_apart
from infusion_visits.exchange.verdict import VerdictKind
from infusion_visits.exchange.verifying import verify
from infusion_visits.vault.certificates import Trust
from tests.faults import hostile_pdfs as hostile
from tests.fixtures.signed_files import one_signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 30.0
NOBODY = Trust()


@pytest.fixture(scope="module")
def worker() -> Iterator[Apart]:
    """One worker for all of them, started anew where one of them ended it."""
    made = Apart()
    yield made
    made.close()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert largest <= apart.MOST_MEMORY


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "The file is empty."),
    "zeros": (lambda: bytes(100_000), "The file is empty."),
    "text": (lambda: b"%PD, but this is a letter" * 50, "This is not a PDF."),
    "only the first line": (lambda: b"%PDF-1.7\n", ""),
    "too large": (lambda: b"%PDF-1.7\n" + b"x" * (51 * 1024 * 1024), "larger than 50 MB"),
    "attachment bomb": (hostile.attachment_bomb, "unpacks to more than is read here"),
    "attachment bomb in a bomb": (
        lambda: hostile.attachment_bomb(b"[/FlateDecode /FlateDecode]"),
        "packed in a way that is not read here",
    ),
    "page tree loop": (hostile.page_tree_loop, "broken"),
    "attachment loop": (hostile.attachment_loop, "go in a circle"),
    "a million objects": (hostile.million_objects, "more parts than are read here"),
    "thousands of attachments": (hostile.thousands_of_attachments, "more attachments"),
    "thousands of pages": (lambda: hostile.many_pages(2_500), "2500 pages"),
    "locked": (lambda: hostile.encrypted("secret"), "locked with a password"),
    "encrypted for everybody": (lambda: hostile.encrypted(""), "encrypted"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_plain_words(name: str, worker: Apart) -> None:
    make, words = UNREADABLE[name]
    data = make()
    started = time.monotonic()
    verdict = verify_apart(data, NOBODY, by=worker)
    assert time.monotonic() - started < SECONDS
    assert (verdict.kind, verdict.good) == (VerdictKind.UNREADABLE, False)
    assert words in verdict.words


ODD: dict[str, Callable[[], bytes]] = {
    "page bomb": hostile.page_bomb,
    "bomb in a bomb": hostile.bomb_in_a_bomb,
    "xref loop": hostile.xref_loop,
    "nested arrays": hostile.nested_arrays,
    "objects that are not there": hostile.hidden_objects,
    "five hundred pages": lambda: hostile.many_pages(500),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_foreign_or_unreadable_and_drawing_it_harms_nobody(
    name: str, worker: Apart
) -> None:
    data = ODD[name]()
    started = time.monotonic()
    verdict = verify_apart(data, NOBODY, by=worker)
    assert verdict.kind in {VerdictKind.FOREIGN, VerdictKind.UNREADABLE}
    with contextlib.suppress(BadFile):
        assert draw_apart(data, 0, 600, by=worker).width <= 601
    assert time.monotonic() - started < SECONDS + apart.MOST_TIME


def test_a_signed_file_cut_off_anywhere_is_never_good(worker: Apart) -> None:
    one = one_signed()
    for part in range(1, 24):
        cut = one.file[: len(one.file) * part // 24]
        verdict = verify_apart(cut, one.trust, by=worker)
        assert not verdict.good
        assert verdict.kind in {VerdictKind.UNREADABLE, VerdictKind.CHANGED, VerdictKind.UNSIGNED}


def test_the_worker_says_what_would_be_said_here_and_serves_file_after_file(
    worker: Apart,
) -> None:
    one = one_signed()
    first = verify_apart(one.file, one.trust, by=worker)
    same = worker.process_id
    assert first == verify(one.file, one.trust)
    assert verify_apart(one.file, NOBODY, by=worker).kind is VerdictKind.STRANGER
    assert worker.process_id == same


def test_a_page_is_drawn_as_a_picture(worker: Apart) -> None:
    picture = draw_apart(one_signed().file, 0, 300, by=worker)
    assert (picture.width, picture.pages) == (300, 3)
    assert len(picture.rgb) == 3 * picture.width * picture.height
    assert min(picture.rgb) < 100, "letters are dark"
    assert picture.rgb[:3] == b"\xff\xff\xff"
    with pytest.raises(BadFile, match="no such page"):
        draw_apart(one_signed().file, 3, 300, by=worker)
    with pytest.raises(BadFile):
        draw_apart(b"no pdf", 0, 300, by=worker)


def test_a_worker_that_died_is_followed_by_another(worker: Apart) -> None:
    one = one_signed()
    assert verify_apart(one.file, one.trust, by=worker).good
    assert worker._process is not None
    worker._process.kill()
    worker._process.join()
    assert verify_apart(one.file, one.trust, by=worker).good


def test_reading_can_be_cancelled(worker: Apart) -> None:
    data = hostile.million_objects()
    with pytest.raises(Cancelled):
        verify_apart(data, NOBODY, cancelled=lambda: True, by=worker)
    assert verify_apart(one_signed().file, one_signed().trust, by=worker).good


def test_a_file_that_takes_too_long_is_given_up(
    worker: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MOST_TIME", 0.0)
    verdict = verify_apart(hostile.million_objects(), NOBODY, by=worker)
    assert "more memory or time than a note may take" in verdict.words


def test_a_worker_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that took the worker over lets it say that a stranger's note holds."""
    one = one_signed()
    liar = Apart()
    said, parts = apart._verified(one.file, one.trust, apart.NOBODY)
    monkeypatch.setattr(liar, "ask", lambda asked, cancelled: (said, parts))
    assert verify_apart(one.file, one.trust, by=liar).good
    assert not verify_apart(one.file, NOBODY, by=liar).good
    forged = parts.replace(b"Okafor", b"Okafur")
    monkeypatch.setattr(liar, "ask", lambda asked, cancelled: (said, forged))
    assert verify_apart(one.file, one.trust, by=liar).kind is VerdictKind.UNREADABLE


def test_at_the_lock_the_worker_ends_at_once_and_nothing_is_said_of_its_file(worker: Apart) -> None:
    asked = threading.Event()

    def stopped() -> bool:
        if not asked.is_set():
            asked.set()
            worker.stop()
        return False

    with pytest.raises(Cancelled):
        verify_apart(hostile.million_objects(), NOBODY, cancelled=stopped, by=worker)
    assert verify_apart(one_signed().file, one_signed().trust, by=worker).good
