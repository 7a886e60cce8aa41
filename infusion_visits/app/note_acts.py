"""What the note's screen has done on the io lane: the draft, signing, addenda, the file saved,
and whether the kept file holds.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from infusion_visits.exchange import handing_over, note_file
from infusion_visits.notes.panel.acts import Holds
from infusion_visits.team import actions as team
from infusion_visits.team.queries import trust

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.app.house import House
    from infusion_visits.exchange.verdict import Verdict
    from infusion_visits.vault.certificates import Signatory
    from infusion_visits.visits.signed_note import AddendumKind, Correction, SignedNote


class NoteActs:
    """Every write waits its turn; never on the interface thread."""

    def __init__(self, house: House) -> None:
        self._house = house

    def draft(self, visit: UUID) -> bytes:
        """The draft as it would print, read beside the writer."""
        house = self._house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            return note_file.draft(unit, visit, house.clock.now())

    def sign(self, visit: UUID, passphrase: str) -> SignedNote:
        """The whole act of signing."""
        house = self._house
        signatory = self._signatory(passphrase)
        return note_file.sign(house.unit, visit, signatory, house.member, house.clock)

    def add(
        self,
        visit: UUID,
        kind: AddendumKind,
        words: str,
        corrections: tuple[Correction, ...],
        answers: tuple[str, ...],
        passphrase: str,
    ) -> SignedNote:
        """An addendum, signed, and the note printed with it."""
        house = self._house
        return note_file.add(
            house.unit,
            visit,
            kind,
            words,
            corrections,
            self._signatory(passphrase),
            house.member,
            house.clock,
            answers=answers,
        )

    def save(self, visit: UUID, path: Path) -> Path:
        """The finished file leaves this laptop."""
        house = self._house
        return handing_over.save(house.unit, visit, path, house.unlocked.record.folder)

    def holds(self, file: bytes, *, from_elsewhere: bool) -> Holds:
        """What verifying says of the kept file; one from elsewhere is read in the worker."""
        verdict = self._verdict(file, from_elsewhere=from_elsewhere)
        if verdict.kind.value == "earlier":
            return Holds(None, verdict.words)
        return Holds(verdict.good, verdict.words)

    def _verdict(self, file: bytes, *, from_elsewhere: bool) -> Verdict:
        from infusion_visits.exchange.verdict import Known
        from infusion_visits.exchange.verifying import verify, verify_apart

        house = self._house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            trusted = trust(unit)
        if from_elsewhere:
            return verify_apart(file, trusted)
        # This file was made here and lies in the encrypted record: no stranger wrote it.
        kept = frozenset({hashlib.sha256(file).hexdigest()})
        return verify(file, trusted, Known(files=kept))

    def _signatory(self, passphrase: str) -> Signatory:
        with self._house.unit() as unit:
            return team.signatory(unit, self._house.member.id, passphrase)
