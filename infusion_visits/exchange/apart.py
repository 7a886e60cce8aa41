"""Files from outside are read in a process of their own, with limits, never in the window's.

Threat T6: a file that is made to break a parser, to fill the memory or to go on for ever. The
worker has no key and no record, may write no file, and is ended when it takes too long; what
comes back from it are JSON and pixels, never objects. Its word alone is not enough either: the
record's signature and its certificate are looked at once more here.

One worker serves file after file (starting it takes a second) and is started anew after it
ended. On Windows the system offers no such limits for memory and processor time: there the size
limits and the wall clock are what remains.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import multiprocessing
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile, Cancelled
from infusion_visits.exchange.bounded_json import parse
from infusion_visits.exchange.verdict import Known, Point, Verdict, VerdictKind, unreadable
from infusion_visits.vault.certificates import Trust, Trusted
from infusion_visits.vault.signatures import verify as verify_signature

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from infusion_visits.notes.envelope.drawn import Picture

MOST_MEMORY = 1024 * 1024 * 1024
"""Of the worker's address space, bytes."""
MOST_PROCESSOR = 20
"""Seconds of processor time for one file."""
MOST_TIME = 40.0
"""Seconds by the clock for one file."""
MOST_FILES = 200
"""Files read by one worker: what one of them leaked is given back then."""
_LARGEST_ANSWER = 256 * 1024 * 1024
_LOOK = 0.05
_TOO_MUCH = "Reading it takes more memory or time than a note may take."
NOBODY = Known()
log = logging.getLogger("infusion_visits")


class Apart:
    """The worker, as seen from the program. Safe from any thread; one file at a time."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._process: Any = None
        self._pipe: Connection | None = None
        self._served = 0
        self._stopped = False

    def ask(
        self, asked: tuple[Any, ...], cancelled: Callable[[], bool] | None = None
    ) -> tuple[Any, bytes]:
        """One question to the worker: JSON and bytes back.

        Raises BadFile `limits` where it died or took too long, Cancelled.
        """
        with self._one_at_a_time:
            if self._served >= MOST_FILES:
                self._end()
            self._stopped = False
            pipe = self._running()
            self._served += 1
            if self._stopped:
                self._end()
                raise Cancelled
            try:
                pipe.send(asked)
                _get_ready()
                self._wait(pipe, cancelled)
                said = parse(pipe.recv_bytes(_LARGEST_ANSWER).decode())
                return said, pipe.recv_bytes(_LARGEST_ANSWER)
            except (EOFError, OSError, ValueError):
                self._end()
                if self._stopped:
                    raise Cancelled from None
                raise BadFile("limits", _TOO_MUCH) from None
            except BaseException:
                self._end()
                raise

    def close(self) -> None:
        """Ends the worker; the next question starts another."""
        with self._one_at_a_time:
            self._end()

    def stop(self) -> None:
        """Ends the worker at once, without waiting for it; a question under way is Cancelled.

        Threat: the record is locked, and the last file from outside still lies in a process.
        """
        process, self._stopped = self._process, True
        if process is not None:
            with contextlib.suppress(ValueError):
                process.kill()

    @property
    def process_id(self) -> int | None:
        """Of the worker that runs, if one does."""
        return self._process.pid if self._process is not None else None

    def _running(self) -> Connection:
        if self._pipe is not None and self._process.is_alive():
            return self._pipe
        self._end()
        # A fork would carry the record's key and its open file along.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        # Known only once it runs: a lock from another thread would kill what is not there yet.
        self._process = process
        theirs.close()
        return self._pipe

    def _wait(self, pipe: Connection, cancelled: Callable[[], bool] | None) -> None:
        until = time.monotonic() + MOST_TIME
        while not pipe.poll(_LOOK):
            if cancelled is not None and cancelled():
                raise Cancelled
            if time.monotonic() > until:
                raise BadFile("limits", _TOO_MUCH)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe, self._served = None, None, 0


SHARED = Apart()
"""The worker of this program: started with the first file from outside."""
atexit.register(SHARED.close)


def verify_apart(
    data: bytes,
    trust: Trust,
    known: Known = NOBODY,
    *,
    cancelled: Callable[[], bool] | None = None,
    by: Apart = SHARED,
) -> Verdict:
    """The verdict on a file from outside, found in the worker. Not on the interface thread.

    Raises Cancelled when `cancelled` says so; nothing else for what is in the file.
    """
    try:
        said, parts = by.ask(("verify", data, trust, known), cancelled)
        _refused(said)
        return _checked_again(_verdict(said, parts), trust)
    except BadFile as bad:
        return unreadable(bad.words)


def draw_apart(
    data: bytes,
    page: int,
    width: int,
    *,
    cancelled: Callable[[], bool] | None = None,
    by: Apart = SHARED,
) -> Picture:
    """The picture of a page (from 0) of a file from outside, `width` pixels wide.

    Raises BadFile, Cancelled. Not on the interface thread.
    """
    from infusion_visits.notes.envelope.drawn import Picture

    said, rgb = by.ask(("draw", data, page, width), cancelled)
    _refused(said)
    picture = Picture(int(said["width"]), int(said["height"]), rgb, int(said["pages"]))
    if len(rgb) != 3 * picture.width * picture.height:
        raise BadFile("limits", _TOO_MUCH)
    return picture


def _get_ready() -> None:
    """What reads the answer is loaded while the worker loads what reads the file."""
    import_module("infusion_visits.exchange.points")
    import_module("infusion_visits.exchange.note_parts")


def _refused(said: Any) -> None:
    if "wrong" in said:
        raise BadFile(str(said["code"]), str(said["wrong"]))


def _verdict(said: Any, parts: bytes) -> Verdict:
    from infusion_visits.exchange.note_parts import RECORD, SIGNATURES, note_of

    try:
        at = int(said["record_bytes"])
        note = note_of({RECORD: parts[:at], SIGNATURES: parts[at:]}) if at else None
        plain = said["verdict"]
        return Verdict(
            VerdictKind(plain["kind"]),
            str(plain["words"]),
            tuple(_point(one) for one in plain["points"]),
            note,
            _certificate(note),
            good=plain["good"] is True,
            pages=plain.get("pages"),
        )
    except (KeyError, TypeError, ValueError):
        raise BadFile("limits", _TOO_MUCH) from None


def _point(plain: Any) -> Point:
    holds = plain["holds"]
    if holds not in {True, False, None}:
        raise ValueError("neither yes nor no")
    return Point(str(plain["key"]), holds, str(plain["words"]))


def _certificate(note: Any) -> Any:
    from infusion_visits.exchange.points import certificate_of

    return certificate_of(note, note.signing) if note is not None else None


def _checked_again(verdict: Verdict, trust: Trust) -> Verdict:
    # Threat: a file that took the worker over lets it say that all is well. It could not make a
    # signature of the nurse's, nor a certificate of the agency's.
    if not verdict.good:
        return verdict
    note, certificate = verdict.note, verdict.certificate
    if note is None or certificate is None:
        raise BadFile("limits", _TOO_MUCH)
    signing = note.signing
    at = signing.at if signing.certificate else max(signing.at, certificate.starts)
    if (
        not verify_signature(signing.public_key, note.envelope, note.signature)
        or certificate.public_key != signing.public_key
        or trust.says(certificate, at) is not Trusted.TRUSTED
    ):
        raise BadFile("limits", _TOO_MUCH)
    return verdict


def serve(pipe: Connection) -> None:
    """The worker: answers until nobody asks any more."""
    import sys
    import warnings

    sys.dont_write_bytecode = True
    # What a library has to say of a file may quote it.
    warnings.simplefilter("ignore")
    _limit_memory()
    while True:
        try:
            asked = pipe.recv()
        except (EOFError, OSError):
            return
        _limit_processor()
        said, beside = _answered(asked)
        pipe.send_bytes(json.dumps(said).encode())
        pipe.send_bytes(beside)


def _answered(asked: tuple[Any, ...]) -> tuple[dict[str, Any], bytes]:
    try:
        return _verified(*asked[1:]) if asked[0] == "verify" else _drawn(*asked[1:])
    except BadFile as bad:
        return {"wrong": bad.words, "code": bad.code}, b""
    except Exception as error:  # noqa: BLE001 (whatever a hostile file makes of the libraries)
        log.warning("a file could not be read: %s", type(error).__name__)
        return {"wrong": "Its parts do not fit together.", "code": "broken"}, b""


def _drawn(data: bytes, page: int, width: int) -> tuple[dict[str, Any], bytes]:
    from infusion_visits.notes.envelope.drawn import draw_page

    picture = draw_page(data, page, width)
    said = {"width": picture.width, "height": picture.height, "pages": picture.pages}
    return said, picture.rgb


def _verified(data: bytes, trust: Trust, known: Known) -> tuple[dict[str, Any], bytes]:
    from infusion_visits.exchange.note_parts import signatures_part
    from infusion_visits.exchange.verifying import verify

    verdict = verify(data, trust, known)
    said: dict[str, Any] = {"verdict": verdict.plain(), "record_bytes": 0}
    if verdict.note is None:
        return said, b""
    said["record_bytes"] = len(verdict.note.envelope)
    return said, verdict.note.envelope + signatures_part(verdict.note)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    # Threat: memory of a worker that broke is written to a disk that is not encrypted; a file
    # makes it write another.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_processor() -> None:
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + MOST_PROCESSOR
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
