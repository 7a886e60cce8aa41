"""The file's signature: as PAdES asks, over the bytes as they stood, and nothing beside it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name

from infusion_visits.core.errors import BadFile, DeviceTrouble
from infusion_visits.exchange.note_parts import NAMES, RECORD, SIGNATURES, note_of, unsigned_file
from infusion_visits.notes.compose import compose
from infusion_visits.notes.envelope import limits
from infusion_visits.notes.envelope.opening import open_file
from infusion_visits.notes.envelope.sealing import sign_pdf
from infusion_visits.notes.pdf import render
from tests.fixtures.signed_files import added, one_signed


def test_what_is_signed_stands_before_the_signature_unchanged() -> None:
    one = one_signed()
    assert one.file.startswith(unsigned_file(one.note, "letter"))
    assert unsigned_file(one.note, "letter") == unsigned_file(one.note, "letter")


def test_the_signature_dictionary_says_who_when_and_why() -> None:
    one = one_signed()
    with pikepdf.open(BytesIO(one.file)) as pdf:
        assert pdf.pdf_version == "1.7"
        assert Name.Version not in pdf.Root
        assert Name.Extensions not in pdf.Root
        signature = pdf.Root.AcroForm.Fields[0].V
        assert signature.SubFilter == Name("/ETSI.CAdES.detached")
        assert str(signature.Name) == "Ines Halvorsen, RN, CRNI"
        assert str(signature.Reason) == "performed and documented"
        assert str(signature.M).startswith(f"D:{one.note.signing.at:%Y%m%d%H%M%S}")
        assert Name.Location not in signature
        assert pdf.Root.Perms.DocMDP.objgen == signature.objgen
        assert signature.Reference[0].TransformParams.P == 2


def test_reading_gives_back_what_was_put_in() -> None:
    one = one_signed()
    opened = open_file(one.file, NAMES)
    assert opened.attachments[RECORD] == one.note.envelope
    assert note_of(opened.attachments) == one.note
    signature = opened.signature
    assert signature is not None
    assert (signature.intact, signature.whole, signature.proper) == (True, True, True)
    assert signature.certificate == one.signatory.certificate.der
    assert signature.others == (one.authority.certificate.der,)
    assert signature.claimed_at == one.note.signing.at
    assert (opened.pages, opened.creator) == (3, "Infusion Visits")


def test_only_what_is_wanted_is_unpacked() -> None:
    assert set(open_file(one_signed().file, frozenset({SIGNATURES})).attachments) == {SIGNATURES}


def test_an_addendum_signs_as_of_its_own_time() -> None:
    one = one_signed()
    at = one.note.signing.at + timedelta(hours=2)
    longer = added(one.note, one.signatory, at)
    file = sign_pdf(unsigned_file(longer, "letter"), one.signatory, longer.latest.signing)
    signature = open_file(file, NAMES).signature
    assert signature is not None
    assert (signature.claimed_at, signature.reason) == (at, "correction")


def test_a_file_without_a_place_for_it_is_not_signed() -> None:
    one = one_signed()
    with pytest.raises(DeviceTrouble, match="no place for a signature"):
        sign_pdf(render(compose(one.note)), one.signatory, one.note.signing)


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 99, b"GIF89a", b"%PDF-1.7" + b"1 0 obj " * 200_001]
)
def test_what_is_no_note_is_refused_before_it_is_parsed(data: bytes) -> None:
    with pytest.raises(BadFile):
        limits.look_over(data)


def test_inflating_stops_at_the_limit() -> None:
    import zlib

    packed = zlib.compress(bytes(1_000_000))
    assert limits.inflated(packed) == bytes(1_000_000)
    for bad, code in ((packed, "bomb"), (packed[:-9], "cut-off"), (b"no", "broken")):
        with pytest.raises(BadFile) as refused:
            limits.inflated(bad, 999_999 if code == "bomb" else limits.LARGEST_ATTACHMENT)
        assert refused.value.code == code
