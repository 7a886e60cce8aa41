"""The file as an archive keeps it: what PDF/A-3 asks of its structure, and the files inside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream

from infusion_visits.core.blocks import Paragraph, Span, Voice, plain
from infusion_visits.core.resources import resources_folder
from infusion_visits.notes.envelope.attachments import Attachment, Relationship
from tests.notes.sample_note import draft, note
from tests.notes.tagged_file import file_of, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = Attachment(
    "visit-record.json",
    "application/json",
    json.dumps({"pulse": "112", "words": "ünï <b>"}).encode(),
    Relationship.SOURCE,
    "The signed record",
)
BUNDLE = Attachment("visit.fhir.json", "application/fhir+json", b"{}", Relationship.DATA, "FHIR R4")
HARD = Paragraph((Span("Ω ≥ 5 \u2192"), Span(" code", Voice.CODE), Span(" \u05d0 \U0001f600")))
XML = "{http://www.w3.org/XML/1998/namespace}"
_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


@pytest.fixture(scope="module")
def data() -> bytes:
    """The sample note with two files inside."""
    return file_of(note(HARD, *note().blocks), RECORD, BUNDLE)


@pytest.fixture(scope="module")
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The same, opened."""
    with opened(data) as found:
        yield found


def metadata(pdf: pikepdf.Pdf) -> dict[str, str]:
    """The properties of XMP by prefix and name, each with its words."""
    root = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    found = {}
    for prefix, space in _NAMES.items():
        for one in root.iter():
            if one.tag.startswith(f"{{{space}}}"):
                found[f"{prefix}:{one.tag.partition('}')[2]}"] = "".join(one.itertext()).strip()
    return found


def streams(pdf: pikepdf.Pdf) -> list[Any]:
    """Every stream of the file."""
    return [one for one in pdf.objects if isinstance(one, Stream)]


def test_the_file_begins_as_an_archive_asks(data: bytes, pdf: pikepdf.Pdf) -> None:
    assert data.startswith(b"%PDF-1.7\n%")
    second = data.split(b"\n", 2)[1]
    assert len(second) >= 5
    assert all(byte > 127 for byte in second[1:5])
    assert Name.ID in pdf.trailer
    assert Name.Encrypt not in pdf.trailer
    assert Name.Version not in pdf.Root


def test_nothing_in_it_runs_opens_or_hides(pdf: pikepdf.Pdf) -> None:
    for forbidden in ("/OpenAction", "/AA", "/OCProperties", "/Threads", "/Perms"):
        assert forbidden not in pdf.Root
    acts = [str(one.get("/S", "")) for one in pdf.objects if isinstance(one, Dictionary)]
    assert not {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR"} & set(acts)
    assert not any("LZW" in str(one.get("/Filter", "")) for one in streams(pdf))
    for page in pdf.pages:
        assert "/AA" not in page.obj
        assert "/Trans" not in page.obj
        for field in page.obj.get("/Annots", []):
            assert int(field.F) & 4
            assert not int(field.F) & (2 | 32)


def test_what_the_file_says_of_itself_is_said_twice_alike(pdf: pikepdf.Pdf) -> None:
    said, info = metadata(pdf), pdf.trailer.Info
    assert said["dc:title"] == str(info.Title) == note().title
    assert said["dc:creator"] == str(info.Author)
    assert said["dc:description"] == str(info.Subject)
    assert said["pdf:Producer"] == str(info.Producer) == "Infusion Visits"
    assert said["xmp:CreatorTool"] == str(info.Creator)
    assert str(info.CreationDate) == str(info.ModDate) == "D:20261121180900+00'00'"
    assert said["xmp:CreateDate"] == said["xmp:ModifyDate"] == "2026-11-21T18:09:00+00:00"
    assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("3", "A")
    assert said["pdfuaid:part"] == "1"
    assert Name.Filter not in pdf.Root.Metadata
    assert str(pdf.Root.Lang) == "en-US"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_a_title_full_of_signs_stays_one_line_of_well_formed_xml() -> None:
    nasty = "<b> & ]]> \x00 \x0b\ud800\nO'Hara {title} \u202e \U0001f600"
    document = replace(note(), title=nasty, author=nasty)
    with opened(file_of(document)) as pdf:
        said = metadata(pdf)
        assert said["dc:title"] == str(pdf.trailer.Info.Title)
        assert said["dc:creator"] == str(pdf.trailer.Info.Author)
    shown = said["dc:title"]
    assert shown.startswith("<b> & ]]> [U+0000]  [U+D800] O'Hara {title}")
    assert "\n" not in shown


def test_colours_have_their_profile(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    profile = intent.DestOutputProfile.read_bytes()
    assert profile == (resources_folder() / "note" / "sRGB.icc").read_bytes()
    assert profile[36:40] == b"acsp"
    assert profile[16:20] == b"RGB "
    assert profile[8:10] <= b"\x04\x20"
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert intent.DestOutputProfile.N == 3


def test_every_font_is_inside_and_says_its_letters(pdf: pikepdf.Pdf) -> None:
    fonts = [one for one in pdf.objects if isinstance(one, Dictionary) and "/BaseFont" in one]
    assert len(fonts) >= 4
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
        assert "/FontFile2" in font.FontDescriptor
        assert "/ToUnicode" in font


def test_the_files_inside_come_back_byte_for_byte(pdf: pikepdf.Pdf) -> None:
    assert list(pdf.attachments) == [RECORD.name, BUNDLE.name]
    for one in (RECORD, BUNDLE):
        found = pdf.attachments[one.name]
        assert found.get_file().read_bytes() == one.data
        assert found.get_file().mime_type == one.mime
        assert found.obj.AFRelationship == Name(f"/{one.relationship.value}")
        assert str(found.obj.UF) == str(found.obj.F) == one.name
        assert str(found.obj.Desc) == one.description
        assert str(found.obj.EF.F.Params.ModDate) == "D:20261121180900+00'00'"
        assert found.obj.EF.F.Params.Size == len(one.data)
    assert [str(spec.F) for spec in pdf.Root.AF] == [RECORD.name, BUNDLE.name]


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"visit-record\.json"):
        file_of(note(), RECORD, RECORD)


def test_a_note_without_files_says_so_by_having_none() -> None:
    with opened(file_of(draft(), to_sign=False)) as pdf:
        assert "/AF" not in pdf.Root
        assert "/Names" not in pdf.Root


def test_bookmarks_stay(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
    assert titles[:3] == ["2 exceptions", "Ordered and given", "Line"]


def test_the_same_input_gives_the_same_bytes(data: bytes) -> None:
    assert file_of(note(HARD, *note().blocks), RECORD, BUNDLE) == data
    assert file_of(note(Paragraph(plain("x"))), RECORD, BUNDLE) != data


PRINTS_ITS_DIGEST = """
import hashlib
from tests.notes.test_archive_file import BUNDLE, HARD, RECORD, file_of, note
print(hashlib.sha256(file_of(note(HARD, *note().blocks), RECORD, BUNDLE)).hexdigest())
"""


def test_neither_the_zone_nor_the_language_nor_the_day_of_the_machine_tells() -> None:
    digests = set()
    for zone, language, seed, epoch in (
        ("Pacific/Auckland", "tr_TR.UTF-8", "1", "0"),
        ("America/Los_Angeles", "C", "4711", "1900000000"),
    ):
        told = {"TZ": zone, "LC_ALL": language, "LANG": language, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", PRINTS_ITS_DIGEST],
            env={**os.environ, **told, "SOURCE_DATE_EPOCH": epoch},
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        digests.add(ran.stdout.strip())
    assert len(digests) == 1
