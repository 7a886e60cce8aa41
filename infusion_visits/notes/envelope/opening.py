"""Any bytes in, plain values out: what a PDF holds, and what its signature says.

Everything here works on files from strangers and is meant to run in the worker process only
(exchange/apart). Nothing from inside a file is ever used as a path, run, or followed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from infusion_visits.core.errors import BadFile
from infusion_visits.notes.envelope import limits
from infusion_visits.notes.envelope.file_signature import FileSignature, first_signature

CHANGED = "Changed after it was signed: the bytes are not those that were signed."
_READERS = ("pikepdf", "pyhanko", "pyhanko_certvalidator", "pypdfium2")
_DEEPEST_TREE = 32
_FLATE = "/FlateDecode"


@dataclass(frozen=True)
class Opened:
    """A PDF as it was read. `attachments` are those of the signed revision where it is signed."""

    pages: int
    creator: str
    title: str
    page_size: tuple[float, float]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    signatures: int = 0
    signature: FileSignature | None = None


def open_file(data: bytes, wanted: frozenset[str]) -> Opened:
    """Reads a PDF; of its attachments only those named in `wanted`.

    Raises BadFile, with a code for each way in which a file can be unreadable: `empty-file`,
    `too-big`, `not-pdf`, `too-much`, `encrypted`, `cut-off`, `bomb`, `twice`, `broken`, and
    `changed` where it cannot be read because it was changed after it was signed.
    """
    limits.look_over(data)
    for name in _READERS:
        # A reader's warnings quote what stands in the file; a log carries ids only.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return _opened(data, wanted)


def _opened(data: bytes, wanted: frozenset[str]) -> Opened:
    whole = _Pdf(data)
    try:
        count = whole.signature_count()
        signature = first_signature(data) if count else None
        if signature is None and _ends_early(data):
            # A reader that mends what it can would show the part that is there.
            raise BadFile("cut-off", "The PDF is cut off: its end is missing.")
        if signature is None or signature.whole:
            return _told(whole, wanted, count, signature)
    finally:
        whole.close()
    # Threat: an attachment replaced after signing. What was signed is read, not what came later.
    signed = _Pdf(data[: signature.signed_length])
    try:
        return _told(signed, wanted, count, signature)
    finally:
        signed.close()


def _told(pdf: _Pdf, wanted: frozenset[str], count: int, signature: FileSignature | None) -> Opened:
    try:
        return pdf.told(wanted, count, signature)
    except BadFile:
        if signature is None or signature.intact:
            raise
        raise BadFile("changed", CHANGED) from None


class _Pdf:
    """One revision of a file under pikepdf."""

    def __init__(self, data: bytes) -> None:
        import pikepdf

        self._errors = (
            pikepdf.PdfError,
            pikepdf.ForeignObjectError,
            ArithmeticError,
            AttributeError,
            LookupError,
            NotImplementedError,
            RecursionError,
            RuntimeError,
            TypeError,
            ValueError,
        )
        try:
            self._pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
        except pikepdf.PasswordError:
            raise BadFile("encrypted", "The PDF is locked with a password.") from None
        except self._errors:
            raise _broken(data) from None
        if self._pdf.is_encrypted:
            self._pdf.close()
            raise BadFile("encrypted", "The PDF is encrypted; a note never is.")

    def close(self) -> None:
        self._pdf.close()

    def told(
        self, wanted: frozenset[str], signatures: int, signature: FileSignature | None
    ) -> Opened:
        """Everything as plain values."""
        try:
            return Opened(
                pages=self._page_count(),
                creator=self._said("/Creator"),
                title=self._said("/Title"),
                page_size=self._page_size(),
                attachments=self._attachments(wanted),
                signatures=signatures,
                signature=signature,
            )
        except self._errors:
            raise BadFile("broken", "The PDF is broken: its parts do not fit together.") from None

    def signature_count(self) -> int:
        """How many signature fields are filled in."""
        try:
            return sum(
                1
                for one in self._fields()
                if one.get("/FT") == "/Sig" and one.get("/V") is not None
            )
        except self._errors:
            raise BadFile("broken", "The PDF is broken: its form cannot be read.") from None

    def _fields(self) -> list[Any]:
        form = self._pdf.Root.get("/AcroForm")
        found: list[Any] = []
        queue = list(form.get("/Fields", [])) if form is not None else []
        seen: set[tuple[int, int]] = set()
        while queue:
            one = queue.pop()
            if one.objgen in seen and one.objgen != (0, 0):
                continue
            seen.add(one.objgen)
            found.append(one)
            if len(found) > limits.MOST_OBJECTS:
                raise ValueError("form without end")
            queue.extend(one.get("/Kids", []))
        return found

    def _page_count(self) -> int:
        count = len(self._pdf.pages)
        if count > limits.MOST_PAGES:
            raise BadFile("too-much", f"The PDF has {count} pages; a note has a few.")
        return count

    def _page_size(self) -> tuple[float, float]:
        if not len(self._pdf.pages):
            return 0.0, 0.0
        left, low, right, high = (float(one) for one in self._pdf.pages[0].mediabox)
        return right - left, high - low

    def _said(self, key: str) -> str:
        try:
            return str(self._pdf.docinfo.get(key, ""))[: limits.LONGEST_NAME]
        except self._errors:
            return ""

    def _attachments(self, wanted: frozenset[str]) -> dict[str, bytes]:
        names = self._pdf.Root.get("/Names")
        tree = names.get("/EmbeddedFiles") if names is not None else None
        kept: dict[str, bytes] = {}
        count = 0
        for name, spec in self._leaves(tree):
            count += 1
            if count > limits.MOST_ATTACHMENTS:
                raise BadFile("too-much", "The PDF has more attachments than are read here.")
            if name not in wanted:
                continue
            if name in kept:
                # Threat: two parts of one name, so that two readers read two different ones.
                raise BadFile("twice", "The PDF carries two attachments of one name.")
            kept[name] = _content(spec)
        return kept

    def _leaves(self, tree: Any) -> Any:
        queue = [(tree, 0)] if tree is not None else []
        seen: set[tuple[int, int]] = set()
        while queue:
            node, depth = queue.pop()
            if depth > _DEEPEST_TREE or (node.objgen in seen and node.objgen != (0, 0)):
                raise BadFile("broken", "The PDF is broken: its attachments go in a circle.")
            seen.add(node.objgen)
            pairs = list(node.get("/Names", []))
            for at in range(0, len(pairs) - 1, 2):
                yield str(pairs[at]), pairs[at + 1]
            kids = list(node.get("/Kids", []))
            if len(kids) > limits.MOST_ATTACHMENTS:
                raise BadFile("too-much", "The PDF has more attachments than are read here.")
            queue.extend((kid, depth + 1) for kid in kids)


def _content(spec: Any) -> bytes:
    stream = spec.EF.F
    filters = stream.get("/Filter")
    raw = bytes(stream.read_raw_bytes())
    if filters is None:
        if len(raw) > limits.LARGEST_ATTACHMENT:
            raise BadFile("bomb", "An attachment is larger than is read here.")
        return raw
    single = filters if str(filters) == _FLATE else None
    if single is None and [str(one) for one in filters] != [_FLATE]:
        # Ours are packed once; filters upon filters are how a bomb is built.
        raise BadFile("broken", "An attachment is packed in a way that is not read here.")
    return limits.inflated(raw)


def _broken(data: bytes) -> BadFile:
    if not limits.begins_as_pdf(data):
        # A text that speaks of PDF in its first lines.
        return BadFile("not-pdf", "This is not a PDF.")
    if _ends_early(data):
        return BadFile("cut-off", "The PDF is cut off: its end is missing.")
    return BadFile("broken", "The PDF is broken: its parts do not fit together.")


def _ends_early(data: bytes) -> bool:
    return b"%%EOF" not in data[-1024:]
