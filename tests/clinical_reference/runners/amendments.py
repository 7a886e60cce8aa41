"""What is added to a signed note: with its reason, above it, the signed bytes as they were.

kind = "amendment"
given = { as = "correction", words = "Pulse was 76, typed as 67." }
expect = { kept = true, heading = "Addendum", printed = true, untouched = true }
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from infusion_visits.core.blocks import Heading
from infusion_visits.core.desk import Who
from infusion_visits.core.errors import Refused
from infusion_visits.notes.compose import compose
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.sealing import seal_addendum
from infusion_visits.visits.signed_note import AddendumKind, SignedNote
from tests.clinical_reference.runners.given import Given, kind
from tests.clinical_reference.runners.visit_kinds import NOW
from tests.fixtures.signatories import signatory

SIGNED = Path(__file__).parents[2] / "data" / "record-v1.json"
ONE = UUID(int=1)
NURSE = Who(ONE, "Ines Halvorsen", "RN", "nurse")


@kind("amendment")
def amendment(given: Given) -> dict[str, object]:
    """A signed note with what was added to it later."""
    kept = json.loads(SIGNED.read_text("utf-8"))
    note = SignedNote(kept["envelope"].encode(), bytes.fromhex(kept["signature"]))
    words = given.text("words")
    try:
        added = seal_addendum(
            note, ONE, AddendumKind(given.text("as")), words, (), signatory(NURSE, NOW), NURSE, NOW
        )
    except Refused as refused:
        return {"kept": False, "refused": refused.code}
    amended = replace(note, addenda=(added,))
    first = compose(amended).blocks[0]
    signed = verify(note.signing.public_key, amended.envelope, amended.signature)
    return {
        "kept": True,
        "heading": first.text if isinstance(first, Heading) else None,
        "printed": words in str(compose(amended).blocks),
        "untouched": signed and amended.record == note.record and added.target == note.digest,
    }
