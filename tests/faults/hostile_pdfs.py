"""Files that are made to break, to fill or to hang what reads them."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def pdf_of(objects: Mapping[int, bytes], *, root: int = 1, size: int | None = None) -> bytes:
    """A PDF written by hand, with a table of its objects."""
    body = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    body += b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (size or max(objects) + 1, root)
    return bytes(body) + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object, packed already."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def packed_zeros(gigabytes: int) -> bytes:
    """Zeros under Flate, a thousandth of their size, without packing them all.

    One packed stretch, closed by a full flush, stands again and again.
    """
    packer = zlib.compressobj(9)
    head = packer.compress(bytes(16)) + packer.flush(zlib.Z_FULL_FLUSH)
    stretch = packer.compress(bytes(16 * 1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + stretch * (gigabytes * 64) + packer.flush()


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"


def page_bomb() -> bytes:
    """Ten gigabytes behind ten megabytes, as what a page draws."""
    packed = stream(packed_zeros(10), b"/Filter /FlateDecode")
    return pdf_of({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: packed})


def bomb_in_a_bomb() -> bytes:
    """Flate in Flate: some kilobytes of zeros' zeros."""
    twice = zlib.compress(packed_zeros(10), 9)
    packed = stream(twice, b"/Filter [/FlateDecode /FlateDecode]")
    return pdf_of({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: packed})


def attachment_bomb(filters: bytes = b"/FlateDecode") -> bytes:
    """Our record's name, ten gigabytes behind it."""
    data = packed_zeros(10)
    if b"[" in filters:
        data = zlib.compress(data, 9)
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names"
            b" [(visit-record.json) 5 0 R] >> >> >>",
            2: _PAGES,
            3: _PAGE,
            4: stream(b""),
            5: b"<< /Type /Filespec /F (visit-record.json) /EF << /F 6 0 R >> >>",
            6: stream(data, b"/Filter " + filters),
        }
    )


def page_tree_loop() -> bytes:
    """A page tree that is its own child."""
    pages = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"
    return pdf_of({1: _CATALOG, 2: pages})


def attachment_loop() -> bytes:
    """A tree of attachments that goes in a circle."""
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 5 0 R >> >>",
            2: _PAGES,
            3: _PAGE,
            4: stream(b""),
            5: b"<< /Kids [6 0 R] >>",
            6: b"<< /Kids [5 0 R] >>",
        }
    )


def xref_loop() -> bytes:
    """A table of objects that names itself as the one before."""
    whole = pdf_of({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(b"")})
    start = int(whole.rsplit(b"startxref", 1)[1].split()[0])
    return whole.replace(b"/Size 5", b"/Size 5 /Prev %d" % start)


def nested_arrays() -> bytes:
    """A hundred thousand brackets."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return pdf_of({1: _CATALOG.replace(b">>", b"/Deep 5 0 R >>"), 2: _PAGES, 3: _PAGE, 5: deep})


def million_objects() -> bytes:
    """A million objects, each of them nothing."""
    many = b"".join(b"endobj\n%d 0 obj\nnull\n" % number for number in range(6, 1_000_006))
    return pdf_of({1: _CATALOG, 2: _PAGES, 3: _PAGE, 5: b"null\n" + many})


def hidden_objects() -> bytes:
    """A stream that claims to hold three hundred million objects."""
    lie = b"/Type /ObjStm /N 300000000 /First 100 /Filter /FlateDecode"
    return pdf_of({1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: stream(zlib.compress(bytes(500)), lie)})


def saved(change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    """A small PDF after a change."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def thousands_of_attachments() -> bytes:
    """Five thousand files inside."""

    def attach(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_indirect(
            Dictionary(Type=Name.Filespec, EF=Dictionary(F=pdf.make_stream(b"x")))
        )
        entries = Array()
        for number in range(5_000):
            entries.extend([String(f"{number:05}.bin"), one])
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=entries))

    return saved(attach)


def many_pages(count: int) -> bytes:
    """Blank pages."""

    def add(pdf: pikepdf.Pdf) -> None:
        for _ in range(count - 1):
            pdf.add_blank_page()

    return saved(add)


def encrypted(password: str) -> bytes:
    """Locked; with an empty password everybody may read it."""
    return saved(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", user=password, R=6))
