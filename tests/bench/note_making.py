"""One note, from the signed record to its PDF, against the same page drawn straight on a canvas."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.notes.compose import LAYOUT, compose
from infusion_visits.notes.pdf import pages, render
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.visits import sealing, signing
from infusion_visits.visits.queries import load_people
from infusion_visits.visits.signed_note import SignedNote
from tests.bench.filled_record import ZONE, Filled
from tests.bench.timing import Line, in_turns
from tests.fixtures.signatories import signatory
from tests.fixtures.whole_visit import admitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.notes.document import NoteDocument

ROUNDS = 9
AIM_MS = 1000.0
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def measure(record: Filled) -> Line:
    """A whole routine infusion, signed; then its note in turns with its bare drawing."""
    note = _signed(record)
    document = compose(note)
    direct = _straight(document)

    def ours() -> bytes:
        # A record is read from its bytes anew each time, as when a note is opened.
        return render(compose(SignedNote(note.envelope, note.signature)))

    if ours() != render(document):
        raise RuntimeError("the same note gave two files")
    times = in_turns(ROUNDS, ours, direct)
    return Line(
        "one note, the same page straight on a canvas beside",
        *times,
        f"at most {AIM_MS / 1000:.1f} s",
        times[0] <= AIM_MS,
    )


def _signed(record: Filled) -> SignedNote:
    with record.new_unit() as unit:
        clock = SteppingClock(unit.now)
        who = load_people(unit)[0]
    ids = seeded_ids(clock, 1)
    whole = admitted(lambda: UnitOfWork(record.engine, who.id, clock, ids, ZONE), clock)
    whole.live()
    with whole.new_unit() as unit:
        unsealed = signing.prepare(unit, whole.visit)
    return sealing.seal(unsealed, signatory(who, clock.now()), who, clock.now(), layout=LAYOUT)


class _Listening:
    """A canvas that remembers what is drawn on it."""

    def __init__(self, canvas: Any, calls: list[Call]) -> None:
        self._canvas, self._calls = canvas, calls

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._canvas, name)
        if not callable(method):
            return method

        def called(*given: Any, **named: Any) -> Any:
            self._calls.append((name, given, named))
            return method(*given, **named)

        return called


def _straight(document: NoteDocument) -> Callable[[], bytes]:
    """Draws what the note draws, the same strokes and words at the same places."""
    calls: list[Call] = []
    real = pages._canvas

    def listening(*given: Any) -> Any:
        return _Listening(real(*given), calls)

    with patch.object(pages, "_canvas", listening):
        render(document)
    sheet = pages._sheet(document)

    def draw() -> bytes:
        buffer = BytesIO()
        canvas = real(buffer, document, (sheet.width, sheet.height))
        for name, given, named in calls:
            getattr(canvas, name)(*given, **named)
        return buffer.getvalue()

    return draw
