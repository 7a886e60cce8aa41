"""From the review to the kept note: nothing else is signed than what was shown, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import BadFile, Refused
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.exchange import note_file
from infusion_visits.exchange.note_parts import unsigned_file
from infusion_visits.visits import charting, sealing, signing
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import AddendumKind, SignedAddendum, SignedNote
from tests.fixtures.signatories import signatory

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def test_an_infusion_without_an_end_is_not_signed(lived: Lived) -> None:
    lived.live()
    (infusion,) = lived.read().sections["infusion"].infusion
    end = infusion.infusion_event[-1].mark.row
    with lived.new_unit() as unit:
        charting.strike(unit, lived.visit, "infusion", end, StrikeReason.TYPING_ERROR)
        unit.commit()
    with pytest.raises(Refused) as refused:
        lived.sign()
    assert "infusion-still-running" in {one.code for one in refused.value.findings}


def test_a_text_that_is_half_typed_while_signing_is_not_left_behind(lived: Lived) -> None:
    lived.live()
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    key, who = lived.signatory(), lived.unlocked.member
    note = sealing.seal(unsealed, key, who, lived.clock.now(), layout=1)
    with lived.new_unit() as unit:
        cell = Cell("departure", Row("departure"), "plan")
        charting.typing(unit, lived.visit, cell, "Next infusion in 6 weeks")
        unit.commit()
    with lived.new_unit() as unit, pytest.raises(Refused, match="changed"):
        signing.keep(unit, note, b"%PDF")


def test_a_key_that_is_not_the_members_own_signs_nothing(lived: Lived) -> None:
    lived.live()
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    who = lived.unlocked.member
    note = sealing.seal(
        unsealed, signatory(who, lived.clock.now()), who, lived.clock.now(), layout=1
    )
    with lived.new_unit() as unit, pytest.raises(Refused) as refused:
        signing.keep(unit, note, b"%PDF")
    assert refused.value.code == "signer"


def test_a_signature_that_does_not_fit_is_not_kept(lived: Lived) -> None:
    lived.live()
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    note = sealing.seal(
        unsealed, lived.signatory(), lived.unlocked.member, lived.clock.now(), layout=1
    )
    other = replace(note, signature=bytes(64))
    with lived.new_unit() as unit, pytest.raises(Refused) as refused:
        signing.keep(unit, other, b"%PDF")
    assert refused.value.code == "signer"


def test_an_addendum_is_signed_by_who_unlocked_and_speaks_of_this_note(lived: Lived) -> None:
    lived.live()
    note = lived.sign()
    who, now = lived.unlocked.member, lived.clock.now()
    with lived.new_unit() as unit:
        other = replace(who, id=unit.ids.new(), name="Somebody Else")
        made = unit.ids.new()
    forged = [
        sealing.seal_addendum(
            note, made, AddendumKind.ADDITION, "Seen.", (), lived.signatory(), other, now
        ),
        sealing.seal_addendum(
            note, made, AddendumKind.ADDITION, "Seen.", (), signatory(who, now), who, now
        ),
    ]
    plain = json.loads(forged[0].envelope)
    plain["signer"]["member"] = str(who.id)
    plain["target_sha256"] = "0" * 64
    envelope = canonical(plain)
    forged.append(SignedAddendum(made, envelope, lived.signatory().key.sign(envelope)))
    for one in forged:
        with lived.new_unit() as unit, pytest.raises(Refused) as refused:
            signing.keep_addendum(unit, note, one, b"%PDF")
        assert refused.value.code in {"signer", "target"}


def test_the_latest_file_carries_the_addendum(lived: Lived) -> None:
    lived.live()
    lived.sign()
    longer = note_file.add(
        lived.new_unit,
        lived.visit,
        AddendumKind.CORRECTION,
        "The pulse at 10:05 was 67, not 76.",
        (),
        lived.signatory(),
        lived.unlocked.member,
        lived.clock,
    )
    with lived.new_unit() as unit:
        assert signing.load_note(unit, lived.visit) == longer
        made = unsigned_file(longer, "letter")
        assert signing.load_file(unit, lived.visit).startswith(made)
        assert signing.faults_of_signed(unit) == []


def test_a_group_that_was_charted_after_all_is_not_called_not_done(lived: Lived) -> None:
    lived.arrive()
    cell = Cell("vitals", Row("vital_signs"), "at")
    with lived.new_unit() as unit:
        charting.not_done(unit, lived.visit, cell, NotDoneReason.REFUSED)
        unit.commit()
    assert [one.group for one in lived.read().absent] == ["vital_signs"]
    lived.vitals()
    assert lived.read().absent == ()
    with lived.new_unit() as unit:
        charting.strike(
            unit, lived.visit, "vitals", Row("vital_signs", (1,)), StrikeReason.WRONG_PATIENT
        )
        unit.commit()
    assert [one.group for one in lived.read().absent] == ["vital_signs"]


@pytest.fixture(scope="module")
def envelope() -> bytes:
    """A signed note as small as one can be, with every part that a reader looks at."""
    someone = "0193f1c0-0000-7000-8000-000000000001"
    at = "2026-11-21T17:00:00Z"
    return canonical(
        {
            "type": "visit-note",
            "v": 1,
            "layout": 1,
            "record": {
                "visit": {
                    "id": someone,
                    "patient": someone,
                    "kind": "routine_infusion",
                    "zone": "America/New_York",
                    "scheduled": at,
                    "nurse": someone,
                },
                "agency": {"id": someone, "name": "Riverbend"},
                "patient": {},
                "sections": {"vitals": {"vital_signs": []}},
            },
            "signer": {
                "member": someone,
                "name": "Ines Halvorsen",
                "credential": "RN",
                "role": "nurse",
                "public_key": "04",
            },
            "meaning": "performed and documented",
            "signed_at": {"utc": at, "zone": "America/New_York", "offset": "-0500"},
        }
    )


def read_all(envelope: bytes) -> None:
    note = SignedNote(envelope, b"")
    assert note.record.visit.zone
    assert note.signing.signer.name
    assert note.layout


def test_the_smallest_envelope_reads(envelope: bytes) -> None:
    read_all(envelope)


NOT_READABLE: list[Any] = [None, [], "x", {}, {"vital_signs": 3}, True, "2026-13-41", -1, [[]]]


@settings(max_examples=300)
@given(data=st.data())
def test_whatever_is_broken_in_an_envelope_is_a_bad_file(
    envelope: bytes, data: st.DataObject
) -> None:
    plain = json.loads(envelope)
    holder: Any = plain
    while True:
        key = data.draw(st.sampled_from(sorted(holder)))
        if not isinstance(holder[key], dict) or not holder[key] or data.draw(st.booleans()):
            break
        holder = holder[key]
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(st.sampled_from(NOT_READABLE))
    try:
        read_all(canonical(plain))
    except BadFile:
        pass
    except AssertionError:
        pass


@pytest.mark.parametrize(
    "envelope_bytes",
    [b"", b"\xff", b"{}", b"[]", b"[" * 100_000, b'{"type": "visit-note"}', b'{"type": 1e999}'],
)
def test_what_is_no_envelope_is_a_bad_file(envelope_bytes: bytes) -> None:
    with pytest.raises(BadFile):
        read_all(envelope_bytes)


def test_a_broken_addendum_is_a_bad_file() -> None:
    for plain in (
        {"type": "addendum"},
        {"type": "addendum", "kind": "song", "words": 1, "corrects": [{}]},
    ):
        one = SignedAddendum(None, canonical(plain), b"")  # type: ignore[arg-type]
        for name in ("kind", "words", "corrections", "signing", "target"):
            if name == "words" and "words" in plain:
                continue
            with pytest.raises(BadFile):
                getattr(one, name)
