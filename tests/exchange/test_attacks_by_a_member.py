"""Files that a member makes with other means than this program: the right key is not enough."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from infusion_visits.core.errors import BadFile
from infusion_visits.exchange import note_parts
from infusion_visits.exchange.note_file import finish
from infusion_visits.exchange.note_intake import Outcome, take_in
from infusion_visits.exchange.verdict import PointKey
from infusion_visits.exchange.verifying import verify
from infusion_visits.notes.envelope import limits, sealing
from infusion_visits.notes.envelope.opening import open_file
from infusion_visits.notes.envelope.sealing import sign_pdf
from infusion_visits.visits.queries import list_visits
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import digest_of
from tests.fixtures.signed_files import one_signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.exchange.verdict import Point, Verdict
    from infusion_visits.visits.signed_note import SignedNote
    from tests.fixtures.office_and_nurse import TwoLaptops

# The lived visit first: whoever imports it before it is a plugin keeps it from being rewritten.
pytest_plugins = [
    "tests.fixtures.lived_visit",
    "tests.fixtures.kept_visit",
    "tests.fixtures.office_and_nurse",
]


def edited(change: Callable[[pikepdf.Pdf], None]) -> Verdict:
    """The verdict on a file that was changed before its own nurse signed it."""
    one, out = one_signed(), BytesIO()
    with pikepdf.open(BytesIO(note_parts.unsigned_file(one.note, "letter"))) as pdf:
        change(pdf)
        pdf.save(out)
    return verify(sign_pdf(out.getvalue(), one.signatory, one.note.signing), one.trust)


def answer(verdict: Verdict, key: PointKey) -> Point:
    """The answer to one question."""
    point = verdict.point(key)
    assert point is not None
    return point


def a_program(pdf: pikepdf.Pdf) -> None:
    """One more part inside."""
    pdf.attachments["update.exe"] = b"MZ"


def another_list(pdf: pikepdf.Pdf) -> None:
    """The page's list of parts names a record of its own."""
    part = pdf.make_stream(b"{}", Type=Name.EmbeddedFile)
    pdf.Root.AF = Array([pdf.make_indirect(Dictionary(F=String("r.json"), EF=Dictionary(F=part)))])


def two_records(pdf: pikepdf.Pdf) -> None:
    """Readers that go by the longer name open another record."""
    for one in list(pdf.Root.Names.EmbeddedFiles.Names)[1::2]:
        one.EF.UF = pdf.make_stream(b'{"other": "record"}', Type=Name.EmbeddedFile)


def another_name(pdf: pikepdf.Pdf) -> None:
    """The part is offered under the name of a program."""
    for one in list(pdf.Root.Names.EmbeddedFiles.Names)[1::2]:
        one.UF = String("update.exe")


def no_stream(pdf: pikepdf.Pdf) -> None:
    """What is said of a part is left out."""
    for one in list(pdf.Root.Names.EmbeddedFiles.Names)[1::2]:
        del one.EF.F.Params


@pytest.mark.parametrize("change", [a_program, another_list, two_records, another_name, no_stream])
def test_nothing_but_the_parts_of_a_note_lies_inside(
    change: Callable[[pikepdf.Pdf], None],
) -> None:
    verdict = edited(change)
    assert not verdict.good
    assert answer(verdict, PointKey.WHOLE).holds, "the key and the bytes are right"
    page = answer(verdict, PointKey.PAGE)
    assert page.holds is False
    assert "carries something beside them" in page.words


def a_lock(pdf: pikepdf.Pdf) -> None:
    """An entry of the signature field that nobody reads."""
    pdf.Root.AcroForm.Fields[0].Lock = Dictionary(X=String("hidden"))


def shown_over_the_page(pdf: pikepdf.Pdf) -> None:
    """The signature field is a white box over the findings."""
    box = pdf.make_stream(b"1 1 1 rg 0 0 400 200 re f", Type=Name.XObject, Subtype=Name.Form)
    box.BBox = Array([0, 0, 400, 200])
    field = pdf.Root.AcroForm.Fields[0]
    field.Rect, field.AP, field.F = Array([70, 500, 470, 700]), Dictionary(N=box), 4


def a_script(pdf: pikepdf.Pdf) -> None:
    """A script that runs when the file is opened."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@pytest.mark.parametrize("change", [a_lock, shown_over_the_page, a_script])
def test_nothing_is_drawn_or_done_that_the_record_does_not_give(
    change: Callable[[pikepdf.Pdf], None],
) -> None:
    page = answer(edited(change), PointKey.PAGE)
    assert page.holds is False
    assert "not drawn as the record gives them" in page.words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "Dr. Gregory House"}, "another signer or reason"),
        ({"reason": "approved"}, "another signer or reason"),
        ({"location": "Princeton"}, "not as this program makes it"),
        ({"contact_info": "call me"}, "not as this program makes it"),
    ],
)
def test_what_other_readers_show_beside_the_signature_is_the_records(
    said: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sealing, "SignatureObject", lambda **kept: SignatureObject(**{**kept, **said})
    )
    whole = answer(edited(lambda pdf: None), PointKey.WHOLE)
    assert whole.holds is False
    assert words in whole.words


def enveloped(change: Callable[[dict[str, Any]], None]) -> SignedNote:
    """The note with another envelope, signed by its own nurse."""
    one = one_signed()
    plain = json.loads(one.note.envelope)
    change(plain)
    envelope = canonical(plain)
    return replace(one.note, envelope=envelope, signature=one.signatory.key.sign(envelope))


@pytest.mark.parametrize(
    "head",
    [{"visit": str(UUID(int=5))}, {"agency": str(UUID(int=5))}, {"record_sha256": "0" * 64}],
)
def test_the_head_of_a_record_speaks_of_the_record(head: dict[str, str]) -> None:
    note = enveloped(lambda plain: plain.update(head))
    verdict = verify(finish(note, one_signed().signatory), one_signed().trust)
    assert not verdict.good
    assert "contradicts itself" in answer(verdict, PointKey.RECORD).words


def test_a_record_has_one_way_of_being_written() -> None:
    one = one_signed()
    envelope = one.note.envelope + b"\n"
    note = replace(one.note, envelope=envelope, signature=one.signatory.key.sign(envelope))
    assert (
        "contradicts itself"
        in answer(verify(finish(note, one.signatory), one.trust), PointKey.RECORD).words
    )


@pytest.mark.parametrize(
    "head",
    [
        {"v": True},
        {"layout": True},
        {"layout": "3"},
        {"layout": 10**13},
        {"patient_chain": {"n": -5, "prev": ""}},
        {"signed_at": {"utc": "0001-01-01T00:00:00Z", "zone": "America/Chicago"}},
        {"signed_at": {"utc": "9999-12-31T23:59:59Z", "zone": "Asia/Tokyo"}},
    ],
)
def test_a_head_that_cannot_be_meant_is_not_read(head: dict[str, Any]) -> None:
    note = enveloped(lambda plain: plain.update(head))
    with pytest.raises(BadFile):
        note_parts.note_of({note_parts.RECORD: note.envelope})


@pytest.mark.parametrize("change", [{"target_sha256": "f" * 64}, {"note": "seen by Dr. House"}])
def test_nothing_else_stands_beside_the_signatures(
    change: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, written = one_signed(), note_parts.signatures_part
    with monkeypatch.context() as patched:
        patched.setattr(
            note_parts,
            "signatures_part",
            lambda note: canonical({**json.loads(written(note)), **change}),
        )
        file = finish(one.note, one.signatory)
    verdict = verify(file, one.trust)
    assert not verdict.good
    assert "not written as this program writes it" in verdict.words


def test_a_text_that_speaks_of_pdf_is_no_pdf_and_a_cut_one_is_cut() -> None:
    own = Path(limits.__file__).read_bytes()
    spoken = b"Notes of a talk\n%PDF-1.7 and what came of it\n" * 20
    for text in (own, spoken):
        with pytest.raises(BadFile, match=r"not a PDF"):
            open_file(text, note_parts.NAMES)
    file = one_signed().file
    last = file.rindex(b"startxref")
    for at in (20, len(file) // 2, last - 200, last - 2, last + 4):
        with pytest.raises(BadFile, match="cut off"):
            open_file(file[:at], note_parts.NAMES)


@pytest.mark.parametrize(
    ("figure", "words"), [(10**29, "contradicts itself"), (1.5e300, "too large or too small")]
)
def test_figures_that_no_record_holds_are_refused_in_words(figure: float, words: str) -> None:
    one = one_signed()
    plain = json.loads(one.note.envelope)
    plain["audit_head"]["n"] = figure
    envelope = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    note = replace(one.note, envelope=envelope, signature=one.signatory.key.sign(envelope))
    verdict = verify(finish(note, one.signatory), one.trust)
    assert words in answer(verdict, PointKey.RECORD).words


def test_a_value_that_cannot_be_kept_is_refused_in_words_and_writes_nothing(
    laptops: TwoLaptops, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, file = laptops.coordinator, laptops.nurse.file(laptops.visit)
    verdict = office.verdict(file)
    assert verdict.note is not None
    broken = replace(verdict, note=replace(verdict.note))
    monkeypatch.setattr(type(broken.note), "layout", 10**30)
    with pytest.raises(BadFile, match="Nothing was filed"):
        take_in(office.unit, file, "note.pdf", broken)
    monkeypatch.undo()
    with office.unit() as unit:
        assert not list_visits(unit)
    assert office.take(file).outcome is Outcome.FILED


def test_a_time_of_the_year_one_is_filed_as_it_stands(laptops: TwoLaptops) -> None:
    nurse, office = laptops.nurse, laptops.coordinator
    hand, base = nurse.signatory(), nurse.note(laptops.visit)
    plain = json.loads(base.envelope)
    plain["record"]["visit"]["scheduled"] = "0001-01-01T00:00:00Z"
    plain["record_sha256"] = digest_of(canonical(plain["record"]))
    envelope = canonical(plain)
    note = replace(base, envelope=envelope, signature=hand.key.sign(envelope))
    filed = office.take(finish(note, hand))
    assert filed.outcome is Outcome.FILED


def test_an_empty_unit_or_a_task_without_words_is_refused_in_words(laptops: TwoLaptops) -> None:
    """Signed by the nurse's own key, so that checking says that it holds: filing says why not."""
    nurse, office = laptops.nurse, laptops.coordinator
    hand, base = nurse.signatory(), nurse.note(laptops.visit)
    for change in (_without_unit, _without_words):
        plain = json.loads(base.envelope)
        change(plain["record"])
        plain["record_sha256"] = digest_of(canonical(plain["record"]))
        envelope = canonical(plain)
        note = replace(base, envelope=envelope, signature=hand.key.sign(envelope))
        with pytest.raises(BadFile, match="Nothing was filed"):
            office.take(finish(note, hand))
    with office.unit() as unit:
        assert not list_visits(unit)


def _without_unit(record: dict[str, Any]) -> None:
    record["sections"]["vitals"]["vital_signs"][0]["mark"]["as_entered"]["respirations"] = ""


def _without_words(record: dict[str, Any]) -> None:
    record["planned"][0]["what"] = ""
