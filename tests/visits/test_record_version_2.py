"""Record version 2 as it was signed before members had certificates: it is read for good."""

from __future__ import annotations

import json

from infusion_visits.notes.compose import compose
from infusion_visits.notes.pdf import render
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.record import canonical, to_plain
from infusion_visits.visits.signed_note import digest_of
from tests.fixtures.signed_files import sample


def test_it_still_verifies_and_its_bytes_come_back_the_same() -> None:
    note = sample()
    assert note.plain["v"] == 2
    assert verify(note.signing.public_key, note.envelope, note.signature)
    assert canonical(json.loads(note.envelope)) == note.envelope
    again = canonical(to_plain(note.record))
    assert again == canonical(note.plain["record"])
    assert digest_of(again) == note.plain["record_sha256"]


def test_it_names_no_certificate_and_no_note_before() -> None:
    note = sample()
    assert (note.signing.certificate, note.chain, note.certificates) == ("", None, ())


def test_it_is_read_as_what_it_said_and_can_be_printed() -> None:
    note = sample()
    assert note.record.planned is not None
    assert {"vitals", "infusion", "complications"} <= set(note.record.sections)
    assert note.signing.signer.signed_name == "Ines Halvorsen, RN, CRNI"
    assert render(compose(note)).startswith(b"%PDF")
