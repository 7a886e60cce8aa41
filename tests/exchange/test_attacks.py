"""Whoever changes a signed file anywhere, or puts another in its place, is caught by name."""

from __future__ import annotations

import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from infusion_visits.core.errors import BadFile
from infusion_visits.exchange import note_parts, points
from infusion_visits.exchange.note_file import finish
from infusion_visits.exchange.verdict import PointKey, VerdictKind
from infusion_visits.exchange.verifying import verify
from infusion_visits.notes.envelope.opening import open_file
from infusion_visits.notes.envelope.sealing import sign_pdf
from tests.fixtures.signatories import signatory
from tests.fixtures.signed_files import an_authority, nurse, one_signed, sealed

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = 200


def test_a_byte_changed_at_any_place_is_caught() -> None:
    """Two hundred places over the whole file; asked of the file's own signature alone."""
    file = one_signed().file
    passed = []
    for number in range(PLACES):
        at = number * (len(file) - 1) // (PLACES - 1)
        changed = file[:at] + bytes([file[at] ^ 0x01]) + file[at + 1 :]
        try:
            opened = open_file(changed, note_parts.NAMES)
        except BadFile:
            continue
        point = points.whole_point(opened.signature, opened.signatures, None)
        if point.holds:
            passed.append(at)
    assert passed == []


def gap_of(file: bytes) -> tuple[int, int]:
    """Where the signature stands between the signed stretches."""
    start = file.rindex(b"/Contents <") + len(b"/Contents ")
    return start, file.index(b">", start)


@pytest.mark.parametrize("where", ["padding", "case", "inside", "certificate"])
def test_what_no_signature_covers_is_looked_at_as_well(where: str) -> None:
    one = one_signed()
    start, end = gap_of(one.file)
    places = {
        "padding": end - 3,
        "case": start + 1 + one.file[start + 1 : end].index(b"F"),
        "inside": start + 60,
        "certificate": start + 1 + one.file[start + 1 : end].index(b"0603550403"),
    }
    at = places[where]
    other = {"padding": b"1", "case": b"f"}.get(where) or (
        b"1" if one.file[at : at + 1] == b"0" else b"0"
    )
    verdict = verify(one.file[:at] + other + one.file[at + 1 :], one.trust)
    assert not verdict.good
    whole = verdict.point(PointKey.WHOLE)
    assert whole is not None
    assert whole.holds is False


def rewritten(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The file saved anew after a change, as an editor does it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(one_signed().file)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def remove_last_page(pdf: pikepdf.Pdf) -> None:
    """Page three was never there."""
    del pdf.pages[-1]


def replace_record(pdf: pikepdf.Pdf) -> None:
    """Another record in the place of the signed one."""
    stream = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    stream.write(b'{"type":"visit-note"}')


def drop_signature(pdf: pikepdf.Pdf) -> None:
    """As though it had never been signed."""
    del pdf.Root.AcroForm
    del pdf.Root.Perms
    for page in pdf.pages:
        if Name.Annots in page.obj:
            del page.obj.Annots


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (remove_last_page, "the file has 2 pages, the record gives 3"),
        (replace_record, "cannot be read"),
        (drop_signature, "not signed"),
    ],
)
def test_a_file_that_an_editor_saved_anew_is_caught(
    change: Callable[[pikepdf.Pdf], None], words: str
) -> None:
    verdict = verify(rewritten(change), one_signed().trust)
    assert not verdict.good
    assert any(words in point.words for point in verdict.points if point.holds is False)


def appended(objects: dict[int, bytes], file: bytes) -> bytes:
    """An incremental update by hand: objects replaced after the signed end."""
    body = bytearray(file)
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    with pikepdf.open(BytesIO(file)) as pdf:
        size = len(pdf.objects) + 1
        root = pdf.Root.objgen[0]
    body += b"xref\n"
    for number, place in sorted(places.items()):
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    before = int(file.rsplit(b"startxref", 1)[1].split()[0])
    trailer = b"<< /Size %d /Root %d 0 R /Prev %d >>" % (size, root, before)
    body += b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(body)


def content_of_page_one() -> int:
    """The number of the object that draws page one."""
    with pikepdf.open(BytesIO(one_signed().file)) as pdf:
        contents = pdf.pages[0].Contents
        first = contents[0] if isinstance(contents, Array) else contents
        return int(first.objgen[0])


def test_an_update_after_signing_is_named_though_other_readers_call_it_valid() -> None:
    one = one_signed()
    text = zlib.compress(b"BT /F1 12 Tf 72 700 Td (No exceptions) Tj ET")
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(text), text)
    update = appended({content_of_page_one(): stream}, one.file)
    verdict = verify(update, one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.CHANGED, False)
    assert "added to the file after it was signed" in verdict.words
    assert verdict.note == one.note


def test_an_attachment_replaced_by_an_update_is_never_read() -> None:
    one = one_signed()
    with pikepdf.open(BytesIO(one.file)) as pdf:
        number = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.objgen[0]
    stream = b"<< /Type /EmbeddedFile /Length 2 >>\nstream\n{}\nendstream"
    verdict = verify(appended({number: stream}, one.file), one.trust)
    assert not verdict.good
    assert verdict.note == one.note, "the record of the signed revision"


def test_even_nothing_at_all_appended_is_named() -> None:
    one = one_signed()
    for tail in (b"\n", b"%%EOF\n", b" " * 1000):
        verdict = verify(one.file + tail, one.trust)
        assert not verdict.good
        assert "added to the file after it was signed" in verdict.words


def test_a_shadow_behind_the_page_is_caught_before_and_after_it_is_let_out() -> None:
    """Signed with a hidden layer, shown later: the pages are not those that the record gives."""
    one = one_signed()
    unsigned = BytesIO()
    with pikepdf.open(BytesIO(note_parts.unsigned_file(one.note, "letter"))) as pdf:
        hidden = pdf.make_stream(b"0 0 0 rg 100 100 200 20 re f")
        hidden.Type, hidden.Subtype = Name.XObject, Name.Form
        hidden.BBox = Array([0, 0, 612, 792])
        pdf.pages[0].obj["/PieceInfo"] = Dictionary(Shadow=hidden)
        pdf.save(unsigned)
    file = sign_pdf(unsigned.getvalue(), one.signatory, one.note.signing)
    verdict = verify(file, one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.CHANGED, False)
    page = verdict.point(PointKey.PAGE)
    assert page is not None
    assert page.holds is False


def test_a_second_signature_on_top_is_not_the_nurses() -> None:
    one = one_signed()
    update = BytesIO()
    with pikepdf.open(BytesIO(one.file)) as pdf:
        fields = pdf.Root.AcroForm.Fields
        fields.append(
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    FT=Name.Sig,
                    T=String("Second"),
                    F=132,
                    Rect=Array([0, 0, 0, 0]),
                )
            )
        )
        pdf.save(update)
    thief = signatory(nurse(), one.note.signing.at, an_authority())
    verdict = verify(sign_pdf(update.getvalue(), thief, one.note.signing), one.trust)
    assert not verdict.good


def test_the_signature_of_another_note_does_not_fit_this_one() -> None:
    one = one_signed()
    other = sealed(one.signatory, layout=one.note.layout + 1)
    swapped = replace(one.note, signature=other.signature)
    verdict = verify(finish(swapped, one.signatory), one.trust)
    record = verdict.point(PointKey.RECORD)
    assert record is not None
    assert record.holds is False
    start, end = gap_of(one.file)
    theirs = finish(other, one.signatory)
    begin, over = gap_of(theirs)
    moved = one.file[:start] + theirs[begin:over] + one.file[end:]
    assert not verify(moved, one.trust).good


def test_two_records_of_one_name_are_refused() -> None:
    one = one_signed()
    out = BytesIO()
    with pikepdf.open(BytesIO(note_parts.unsigned_file(one.note, "letter"))) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        names.extend([names[0], names[1]])
        pdf.save(out)
    file = sign_pdf(out.getvalue(), one.signatory, one.note.signing)
    verdict = verify(file, one.trust)
    assert (verdict.kind, verdict.good) == (VerdictKind.UNREADABLE, False)
    assert "two attachments of one name" in verdict.words
