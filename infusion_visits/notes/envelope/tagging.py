"""The tree of what stands on the pages, written into the file: a screen reader gets it in order.

ISO 32000-1, 14.7 (structure) and 14.8 (tagged PDF); ISO 14289-1 (PDF/UA-1). reportlab draws the
marked content, but knows no tree.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from infusion_visits.notes.structure import Content, Kind

if TYPE_CHECKING:
    from infusion_visits.notes.structure import Element

SIGNATURE_FIELD = "Signature"
"""The empty field that the signature of the file fills."""

_PRINTED_AND_LOCKED = 4 | 128
_SIGNATURES_EXIST, _APPEND_ONLY = 1, 2


def write_tree(pdf: Pdf, structure: Element, *, to_sign: bool) -> None:
    """Writes `structure` into the file; `to_sign` adds the empty signature field and its place.

    The field stands in the tree before the file is signed: what is signed is never changed.
    """
    writer = _Writer(pdf)
    document = writer.element(structure, writer.root)
    if to_sign:
        form = writer.form(_signature_field(pdf), document)
        document.K = Array([*_kids(document), form])
    writer.finish(document)
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _kids(element: Dictionary) -> list[Object]:
    kids = element.get(Name.K)
    return list(kids) if isinstance(kids, Array) else []


class _Writer:
    """Makes the elements, and remembers which content of which page belongs to which."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._of_page: list[dict[int, Object]] = [{} for _ in self._pages]
        self._next_key = count(len(self._pages))
        self._of_object: list[tuple[int, Object]] = []
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def element(self, told: Element, parent: Object) -> Any:
        """One element with all below it."""
        made = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{told.kind.value}"), P=parent)
        )
        kids = Array()
        for child in told.children:
            if isinstance(child, Content):
                kids.append(self._content(child, made))
            else:
                kids.append(self.element(child, made))
        if len(kids) or told.kind is Kind.DOCUMENT:
            made.K = kids
        if told.alt or told.kind is Kind.FIGURE:
            made.Alt = String(told.alt)
        if attributes := _attributes(told):
            made.A = attributes
        return made

    def form(self, field: Object, parent: Object) -> Object:
        """The place of a form field in the tree."""
        key = next(self._next_key)
        field.StructParent = key
        made = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=parent,
                Alt=String(str(field.TU)),
                K=Dictionary(Type=Name.OBJR, Obj=field, Pg=field.P),
            )
        )
        self._of_object.append((key, made))
        return made

    def finish(self, document: Object) -> None:
        """Closes the tree: from each page's content, and from each field, back to its element."""
        numbers: list[Any] = []
        for at, found in enumerate(self._of_page):
            self._pages[at].StructParents = at
            self._pages[at].Tabs = Name.S
            in_order = Array([found[mcid] for mcid in range(len(found))])
            numbers.extend([at, self._pdf.make_indirect(in_order)])
        for key, element in self._of_object:
            numbers.extend([key, element])
        self.root.K = Array([document])
        self.root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self.root.ParentTreeNextKey = next(self._next_key)
        self._pdf.Root.StructTreeRoot = self.root

    def _content(self, content: Content, element: Object) -> Dictionary:
        self._of_page[content.page][content.mcid] = element
        return Dictionary(Type=Name.MCR, Pg=self._pages[content.page], MCID=content.mcid)


def _attributes(told: Element) -> Dictionary | None:
    if told.scope is not None:
        return Dictionary(O=Name.Table, Scope=Name(f"/{told.scope.value}"))
    if told.kind is Kind.LIST:
        # A list whose items have labels must not say that it has none (ISO 14289-1, 7.6).
        return Dictionary(O=Name.List, ListNumbering=Name.Disc)
    if told.box is not None:
        box = Array([round(edge, 2) for edge in told.box])
        return Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    return None


def _signature_field(pdf: Pdf) -> Object:
    """An empty field without a place on the page: the page says in its own words who signed."""
    page = pdf.pages[-1].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(SIGNATURE_FIELD),
            TU=String("Signature of the nurse over the whole file"),
            F=_PRINTED_AND_LOCKED,
            Rect=Array([0, 0, 0, 0]),
            P=page,
        )
    )
    page.Annots = Array([field])
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(Fields=Array([field]), SigFlags=_SIGNATURES_EXIST | _APPEND_ONLY)
    )
    return field
