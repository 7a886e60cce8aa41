"""A note names its signer's certificate and the patient's note before; what is kept knows both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import Refused
from infusion_visits.core.kinds import VisitKind
from infusion_visits.exchange.known_notes import known_here
from infusion_visits.exchange.verdict import PointKey, VerdictKind
from infusion_visits.exchange.verifying import verify
from infusion_visits.team.queries import trust
from infusion_visits.visits import actions, sealing, signing
from infusion_visits.visits.signed_note import PatientChain
from tests.fixtures.signatories import signatory
from tests.fixtures.whole_visit import ZONE, admitted

if TYPE_CHECKING:
    from uuid import UUID

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def next_visit(lived: Lived, patient: UUID) -> UUID:
    """One more visit of a patient, begun and left."""
    lived.clock.forward(minutes=5)
    with lived.new_unit() as unit:
        now = lived.clock.now()
        visit = actions.schedule(unit, patient, VisitKind.TELEPHONE, now, ZONE)
        actions.start(unit, visit)
        actions.complete(unit, visit)
        unit.commit()
    return visit


def test_the_next_note_of_the_patient_names_the_one_before(lived: Lived) -> None:
    lived.live()
    first = lived.sign()
    assert first.chain == PatientChain(1, "")
    again = next_visit(lived, lived.patient)
    other = admitted(lived.new_unit, lived.clock).patient
    with lived.new_unit() as unit:
        assert signing.prepare(unit, again).chain == PatientChain(2, first.digest)
    of_another = next_visit(lived, other)
    with lived.new_unit() as unit:
        assert signing.prepare(unit, of_another).chain == PatientChain(1, "")


def test_what_is_kept_holds_with_its_certificates_and_is_known(lived: Lived) -> None:
    lived.live()
    note = lived.sign()
    with lived.new_unit() as unit:
        assert signing.load_note(unit, lived.visit) == note
        file, trusted, known = signing.load_file(unit, lived.visit), trust(unit), known_here(unit)
    assert note.certificates == (lived.signatory().certificate.der,)
    assert known.notes == {note.digest: ""}
    verdict = verify(file, trusted, known)
    assert (verdict.kind, verdict.good) == (VerdictKind.HOLDS, True)
    chain = verdict.point(PointKey.CHAIN)
    assert chain is not None
    assert chain.holds


def test_a_certificate_that_is_not_the_members_own_is_not_kept(lived: Lived) -> None:
    """The right key under another authority: nobody of the agency would trust it."""
    lived.live()
    who, now = lived.unlocked.member, lived.clock.now()
    foreign = replace(signatory(who, now - timedelta(days=1)), key=lived.signatory().key)
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    note = sealing.seal(unsealed, foreign, who, now, layout=1)
    with lived.new_unit() as unit, pytest.raises(Refused) as refused:
        signing.keep(unit, note, b"%PDF")
    assert refused.value.code == "signer"
