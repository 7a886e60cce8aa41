"""What verifying says: of a file that holds, of one by a stranger, and of each kind of change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pikepdf
import pytest

from infusion_visits.core.blocks import Heading, Paragraph, plain
from infusion_visits.core.desk import Who
from infusion_visits.core.resources import as_if, resources_folder
from infusion_visits.exchange import note_parts
from infusion_visits.exchange.note_file import finish
from infusion_visits.exchange.verdict import Known, Point, PointKey, Verdict, VerdictKind
from infusion_visits.exchange.verifying import verify
from infusion_visits.notes.compose import LAYOUT, compose
from infusion_visits.notes.envelope.sealing import sign_pdf
from infusion_visits.notes.pdf import render
from infusion_visits.vault.certificates import Trust, issue, new_authority
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import PatientChain, SignedNote
from tests.fixtures.signatories import signatory
from tests.fixtures.signed_files import (
    added,
    altered_record,
    an_authority,
    nurse,
    one_signed,
    sample,
    sealed,
    signed,
)

if TYPE_CHECKING:
    from infusion_visits.notes.envelope.attachments import Attachment

LATER = timedelta(hours=3)


def holds(verdict: Verdict, key: PointKey) -> bool | None:
    """The answer to one question."""
    return said(verdict, key).holds


def said(verdict: Verdict, key: PointKey) -> Point:
    """One question with its words."""
    point = verdict.point(key)
    assert point is not None
    return point


def test_what_was_signed_holds_and_is_the_note_that_was_signed() -> None:
    one = one_signed()
    verdict = verify(one.file, one.trust)
    assert [point.key for point in verdict.points] == list(PointKey)
    assert {point.holds for point in verdict.points} == {True}
    assert verdict.good
    assert verdict.kind is VerdictKind.HOLDS
    assert verdict.words.startswith("Holds: signed by Ines Halvorsen, RN, CRNI on 21 Nov 2026")
    assert verdict.note == one.note
    assert verdict.certificate == one.signatory.certificate


def test_the_plain_form_says_the_same_and_nothing_that_was_charted() -> None:
    one = one_signed()
    plain_form = verify(one.file, one.trust).plain()
    assert plain_form["good"] is True
    assert plain_form["digest"] == one.note.digest
    assert plain_form["visit"] == str(one.note.record.visit.id)
    assert "Okafor" not in str(plain_form)


def test_a_signer_whom_nobody_here_knows_is_no_forger_and_not_trusted() -> None:
    verdict = verify(one_signed().file, Trust())
    assert (verdict.kind, verdict.good) == (VerdictKind.STRANGER, False)
    words = said(verdict, PointKey.SIGNER).words
    assert "someone this agency doesn't know" in words
    assert "Its six words:" in words
    assert holds(verdict, PointKey.WHOLE)


def test_an_authority_of_the_same_name_is_another_authority() -> None:
    own, theirs = an_authority(), an_authority()
    copied = signed(theirs)
    verdict = verify(copied.file, Trust((own.certificate,)))
    assert verdict.kind is VerdictKind.STRANGER
    assert verify(copied.file, Trust((own.certificate, theirs.certificate))).good


def test_a_certificate_counts_only_in_its_time_and_until_it_is_revoked() -> None:
    one = one_signed()
    at = one.note.signing.at
    revoked = {one.signatory.certificate.sha256: at - LATER}
    since = {one.signatory.certificate.sha256: at + LATER}
    authorities = (one.authority.certificate,)
    gone = verify(one.file, Trust(authorities, revoked))
    assert (gone.kind, gone.good) == (VerdictKind.LAPSED, False)
    assert "had been revoked" in said(gone, PointKey.SIGNER).words
    later = verify(one.file, Trust(authorities, since))
    assert later.good
    assert "revoked since" in said(later, PointKey.SIGNER).words


@pytest.mark.parametrize(
    ("made", "words"),
    [(timedelta(days=-1000), "had run out"), (timedelta(days=30), "did not count yet")],
)
def test_a_certificate_counts_for_two_years(made: timedelta, words: str) -> None:
    at = sample().signing.at
    issuer = new_authority(
        sample().record.agency.id, "Riverbend Home Infusion", at - timedelta(days=2000)
    )
    hand = signatory(nurse(), at + made, issuer)
    verdict = verify(finish(sealed(hand), hand), Trust((issuer.certificate,)))
    assert (verdict.kind, verdict.good) == (VerdictKind.LAPSED, False)
    assert words in said(verdict, PointKey.SIGNER).words


def test_a_stranger_who_signs_a_copy_of_the_file_is_named_as_such() -> None:
    """The record of the nurse, the pages as they were; only the file's signature is another's."""
    one = one_signed()
    thief = signatory(nurse(), one.note.signing.at, an_authority())
    unsigned = note_parts.unsigned_file(one.note, "letter")
    copied = sign_pdf(unsigned, thief, one.note.signing)
    verdict = verify(copied, one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.CHANGED, False)
    assert holds(verdict, PointKey.WHOLE)
    assert holds(verdict, PointKey.RECORD)
    assert holds(verdict, PointKey.SAME_KEY) is False
    assert "another key" in verdict.words


def with_pages_of(shown: SignedNote, inside: SignedNote) -> bytes:
    """The pages of one note around the record of another."""
    return note_parts.packed(compose(shown), note_parts.parts_of(inside), to_sign=True)


def test_a_valid_record_in_altered_pages_is_caught_even_by_the_nurses_own_key() -> None:
    one = one_signed()
    other = sealed(one.signatory, record=altered_record("76", "67"))
    forged = sign_pdf(with_pages_of(other, one.note), one.signatory, one.note.signing)
    verdict = verify(forged, one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.CHANGED, False)
    assert holds(verdict, PointKey.SAME_KEY)
    words = said(verdict, PointKey.PAGE).words
    assert "page 1 shows “67” where the record gives “76”" in words


def test_pages_with_the_same_figures_and_other_words_are_caught() -> None:
    one = one_signed()
    document = compose(one.note)
    blocks = (*document.blocks, Heading("Addition"), Paragraph(plain("Nothing else was wrong.")))
    parts = note_parts.parts_of(one.note)
    file = note_parts.packed(replace(document, blocks=blocks), parts, to_sign=True)
    verdict = verify(sign_pdf(file, one.signatory, one.note.signing), one.trust)
    assert holds(verdict, PointKey.PAGE) is False
    assert not verdict.good


def test_a_record_that_was_changed_is_caught_though_the_file_is_signed_anew() -> None:
    one = one_signed()
    changed = replace(one.note, envelope=one.note.envelope.replace(b"Okafor", b"Okafur"))
    file = sign_pdf(note_parts.unsigned_file(changed, "letter"), one.signatory, one.note.signing)
    verdict = verify(file, one.trust)
    assert holds(verdict, PointKey.WHOLE)
    assert holds(verdict, PointKey.RECORD) is False
    assert "does not fit" in verdict.words


def parts_with(note: SignedNote, name: str, data: bytes | None) -> tuple[Attachment, ...]:
    """What lies inside, one of it exchanged or taken out."""
    return tuple(
        replace(part, data=data or part.data) if part.name == name else part
        for part in note_parts.parts_of(note)
        if part.name != name or data is not None
    )


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        (note_parts.FHIR, b'{"resourceType":"Bundle"}', PointKey.FHIR),
        (note_parts.FHIR, None, PointKey.FHIR),
        (note_parts.SIGNATURES, None, PointKey.RECORD),
        (note_parts.SIGNATURES, b'{"type":"x"}', PointKey.RECORD),
        (note_parts.RECORD, b"{}", PointKey.RECORD),
        (note_parts.RECORD, b'{"a":1,"a":2}', PointKey.RECORD),
        (note_parts.RECORD, b"[" * 100_000, PointKey.RECORD),
        (note_parts.RECORD, None, PointKey.RECORD),
    ],
)
def test_what_lies_inside_is_looked_at_though_the_nurses_key_signed_around_it(
    name: str, data: bytes | None, key: PointKey
) -> None:
    one = one_signed()
    parts = parts_with(one.note, name, data)
    file = note_parts.packed(compose(one.note), parts, to_sign=True)
    verdict = verify(sign_pdf(file, one.signatory, one.note.signing), one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.CHANGED, False)
    assert holds(verdict, key) is False


def test_another_members_certificate_does_not_fit_the_record() -> None:
    one = one_signed()
    somebody = Who(UUID(int=99), "Somebody Else", "RN", "nurse")
    hand = replace(
        one.signatory,
        certificate=issue(
            one.authority,
            somebody.id,
            somebody.name,
            somebody.credential,
            somebody.role,
            one.signatory.key.public_key,
            one.note.signing.at,
        ),
    )
    note = sealed(hand, nurse())
    verdict = verify(finish(note, hand), one.trust)
    assert holds(verdict, PointKey.RECORD) is False
    assert "names another signer" in verdict.words


def test_addenda_are_checked_each_and_the_file_is_by_who_signed_last() -> None:
    one = one_signed()
    at = one.note.signing.at
    colleague = Who(UUID(int=98), "Bo Lind", "RN", "nurse")
    theirs = signatory(colleague, at, one.authority)
    longer = added(one.note, theirs, at + LATER, colleague)
    verdict = verify(finish(longer, theirs), one.trust)
    assert verdict.good
    assert said(verdict, PointKey.ADDENDA).words.startswith("1 addendum, each signed: correction")
    assert verdict.note == longer
    by_the_first = verify(finish(longer, one.signatory), one.trust)
    assert holds(by_the_first, PointKey.SAME_KEY) is False
    stranger = signatory(colleague, at, an_authority())
    foreign = added(one.note, stranger, at + LATER, colleague)
    assert verify(finish(foreign, stranger), one.trust).kind is VerdictKind.STRANGER
    broken = replace(longer.addenda[0], signature=bytes(64))
    changed = replace(longer, addenda=(broken,))
    verdict = verify(finish(changed, theirs), one.trust)
    assert holds(verdict, PointKey.ADDENDA) is False
    elsewhere = added(sealed(one.signatory, at=at + LATER), one.signatory, at + LATER)
    moved = one.note.with_addenda(elsewhere.addenda)
    verdict = verify(finish(moved, one.signatory), one.trust)
    assert "speaks of another note" in said(verdict, PointKey.ADDENDA).words


def test_an_earlier_note_of_the_chain_is_there_missing_or_cannot_be_said() -> None:
    first = one_signed()
    second = signed(first.authority, chain=PatientChain(2, first.note.digest))
    digest = first.note.digest
    alone = verify(second.file, first.trust)
    assert holds(alone, PointKey.CHAIN) is None
    assert alone.good
    here = verify(second.file, first.trust, Known({digest: ""}, whole=True))
    assert holds(here, PointKey.CHAIN) is True
    gone = verify(second.file, first.trust, Known({}, whole=True))
    assert holds(gone, PointKey.CHAIN) is False
    assert gone.words.endswith(
        f"Note 1 of this patient is missing in this record (digest {digest[:12]})."
    )
    third = replace(second, note=sealed(second.signatory, chain=PatientChain(3, "b" * 64)))
    gap = Known({"b" * 64: digest, "c" * 64: ""})
    verdict = verify(finish(third.note, third.signatory), first.trust, gap)
    assert "Note 1 of this patient is missing among the files given" in verdict.words


def test_a_note_without_its_files_signature_is_not_signed_and_says_so() -> None:
    one = one_signed()
    verdict = verify(finish(one.note), one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.UNSIGNED, False)
    assert verdict.words.startswith("Not signed as a file.")
    assert holds(verdict, PointKey.PAGE)
    assert holds(verdict, PointKey.RECORD)


def test_a_later_print_says_that_it_is_one_and_agrees() -> None:
    one = one_signed()
    verdict = verify(finish(one.note, one.signatory, printed_again=True), one.trust)
    assert verdict.good
    assert "later print" in said(verdict, PointKey.PAGE).words


def test_a4_agrees_as_well() -> None:
    one = one_signed()
    assert verify(finish(one.note, one.signatory, paper="a4"), one.trust).good


def test_a_layout_that_is_not_known_is_compared_figure_by_figure() -> None:
    one = one_signed()
    later = sealed(one.signatory, layout=LAYOUT + 1)
    verdict = verify(finish(later, one.signatory), one.trust)
    assert verdict.good
    assert "Each figure of the record stands on the pages" in said(verdict, PointKey.PAGE).words
    other = sealed(one.signatory, record=altered_record("76", "67"), layout=LAYOUT + 1)
    forged = sign_pdf(with_pages_of(other, later), one.signatory, later.signing)
    assert holds(verify(forged, one.trust), PointKey.PAGE) is False


def test_a_note_of_an_earlier_version_says_what_holds() -> None:
    old = verify(render(compose(sample())), Trust())
    assert (old.kind, old.good) == (VerdictKind.EARLIER, False)
    assert "Made by an earlier version" in old.words


def test_a_note_signed_before_certificates_is_known_by_the_key_of_its_addendum() -> None:
    """Its nurse has a certificate by now, of the same key."""
    one = one_signed()
    plain_form = dict(one.note.plain)
    signer: dict[str, Any] = dict(plain_form["signer"])
    del signer["certificate_sha256"], plain_form["patient_chain"]
    envelope = canonical({**plain_form, "signer": signer})
    old = SignedNote(envelope, one.signatory.key.sign(envelope))
    longer = added(old, one.signatory, old.signing.at + LATER)
    verdict = verify(finish(longer, one.signatory), one.trust)
    assert verdict.good, verdict.points
    bare = verify(finish(old), one.trust)
    assert holds(bare, PointKey.SIGNER) is None
    assert holds(bare, PointKey.CHAIN) is None


def test_a_draft_is_no_note() -> None:
    document = replace(compose(one_signed().note), draft="DRAFT", title="Draft, Visit note")
    verdict = verify(note_parts.packed(document), Trust())
    assert (verdict.kind, verdict.good) == (VerdictKind.DRAFT, False)


def test_a_foreign_pdf_is_named_as_such() -> None:
    from io import BytesIO

    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    verdict = verify(out.getvalue(), Trust())
    assert (verdict.kind, verdict.good) == (VerdictKind.FOREIGN, False)


def test_an_agencys_own_figures_on_the_laptop_that_reads_change_no_byte() -> None:
    """Else an honest note would look altered wherever other catalogues count."""
    one = one_signed()
    poison = {file.stem: {"poison": 1} for file in (resources_folder() / "clinical").glob("*.toml")}
    fresh = SignedNote(one.note.envelope, one.note.signature, (), one.note.certificates)
    with as_if(poison):
        assert note_parts.unsigned_file(fresh, "letter") == one.file[: one.file.index(b"%%EOF") + 6]
        assert verify(one.file, one.trust).good


def test_a_note_of_a_later_version_is_not_called_altered() -> None:
    one = one_signed()
    envelope = canonical({**one.note.plain, "v": 99})
    parts = parts_with(one.note, note_parts.RECORD, envelope)
    file = note_parts.packed(compose(one.note), parts, to_sign=True)
    verdict = verify(sign_pdf(file, one.signatory, one.note.signing), one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.UNREADABLE, False)
    assert "made by a later version. Update first." in verdict.words
