"""The faces of the note: which font sets a character, and how wide it is.

Atkinson Hyperlegible first, Inter for what it lacks; a character that neither has is spelled out
as its code point, so that no name and no dose ever loses a letter. Figures are the tabular ones,
so that columns of figures stand under each other.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from struct import unpack_from
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from infusion_visits.core.resources import resources_folder


class Face(StrEnum):
    """A face of the note."""

    REGULAR = "regular"
    STRONG = "strong"
    MONO = "mono"


_FALLBACKS: dict[Face, tuple[str, ...]] = {
    Face.REGULAR: ("AtkinsonHyperlegibleNext_400Regular", "Inter_400Regular"),
    Face.STRONG: ("AtkinsonHyperlegibleNext_700Bold", "Inter_700Bold"),
    Face.MONO: ("AtkinsonHyperlegibleMono_400Regular", "Inter_400Regular"),
}

# Controls and invisible format characters could hide or reorder what was charted; unassigned and
# private ones have no agreed picture. Their code points are what can honestly be printed.
_SPELLED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS_ON_A_LETTER = 2
_MANY = _MARKS_ON_A_LETTER + 1


@cache
def _font(name: str) -> Any:
    font = TTFont(name, resources_folder() / "fonts" / f"{name}.ttf", shapable=False)
    _use_tabular_figures(font.face)
    pdfmetrics.registerFont(font)
    return font


def _use_tabular_figures(face: Any) -> None:
    """Sets the figures 0 to 9 of the face in their tabular forms, where the font has them."""
    if "GSUB" not in face.table:
        return
    forms = _single_substitutions(face.get_table("GSUB"), b"tnum")
    metrics = face.get_table("hmtx")
    (metric_count,) = unpack_from(">H", face.get_table("hhea"), 34)
    for figure in range(ord("0"), ord("9") + 1):
        glyph = forms.get(face.charToGlyph.get(figure))
        if glyph is None:
            continue
        (advance,) = unpack_from(">H", metrics, 4 * min(glyph, metric_count - 1))
        face.charToGlyph[figure] = glyph
        face.charWidths[figure] = advance * 1000.0 / face.unitsPerEm


def _single_substitutions(table: bytes, feature: bytes) -> dict[int, int]:
    """Glyph to glyph of all single substitutions of a feature (OpenType 1.9, GSUB lookup 1)."""
    feature_list, lookup_list = unpack_from(">HH", table, 6)
    (count,) = unpack_from(">H", table, feature_list)
    forms: dict[int, int] = {}
    for index in range(count):
        tag, offset = unpack_from(">4sH", table, feature_list + 2 + 6 * index)
        if tag != feature:
            continue
        at = feature_list + offset
        (lookups,) = unpack_from(">H", table, at + 2)
        for lookup in unpack_from(f">{lookups}H", table, at + 4):
            (lookup_at,) = unpack_from(">H", table, lookup_list + 2 + 2 * lookup)
            forms.update(_lookup(table, lookup_list + lookup_at))
    return forms


def _lookup(table: bytes, at: int) -> dict[int, int]:
    kind, _, count = unpack_from(">HHH", table, at)
    forms: dict[int, int] = {}
    for offset in unpack_from(f">{count}H", table, at + 6):
        sub, sub_kind = at + offset, kind
        if sub_kind == 7:
            _, sub_kind, far = unpack_from(">HHI", table, sub)
            sub += far
        if sub_kind != 1:
            continue
        form, coverage, last = unpack_from(">HHH", table, sub)
        glyphs = _covered(table, sub + coverage)
        if form == 1:
            forms.update({glyph: (glyph + last) & 0xFFFF for glyph in glyphs})
        else:
            forms.update(zip(glyphs, unpack_from(f">{last}H", table, sub + 6), strict=True))
    return forms


def _covered(table: bytes, at: int) -> list[int]:
    form, count = unpack_from(">HH", table, at)
    if form == 1:
        return list(unpack_from(f">{count}H", table, at + 4))
    glyphs: list[int] = []
    for index in range(count):
        first, last, _ = unpack_from(">HHH", table, at + 4 + 6 * index)
        glyphs.extend(range(first, last + 1))
    return glyphs


@lru_cache(maxsize=4096)
def _font_for(character: str, face: Face) -> str | None:
    """The first font of the face that has a picture of `character`."""
    code = ord(character)
    for name in _FALLBACKS[face]:
        if code in _font(name).face.charToGlyph:
            return name
    return None


def legible(text: str) -> str:
    """`text` with everything that has no picture spelled out, such as `[U+1F600]`.

    Line breaks stay; a tab becomes blanks. Combining marks beyond two on a letter are spelled out.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    shown: list[str] = []
    marks = 0
    before = ""
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        # The same mark twice would lie on itself and look like one.
        shown.append(_shown(character, _MANY if marks and character == before else marks))
        before = character
    return "".join(shown)


def _shown(character: str, marks: int) -> str:
    if character == "\n":
        return character
    if (
        marks > _MARKS_ON_A_LETTER
        or unicodedata.category(character) in _SPELLED
        or _font_for(character, Face.REGULAR) is None
    ):
        return f"[U+{ord(character):04X}]"
    return character


def runs(text: str, face: Face) -> list[tuple[str, str]]:
    """`text` in stretches of one font each: font name and stretch. `text` is legible already."""
    first = _FALLBACKS[face][0]
    glyphs = _font(first).face.charToGlyph
    if all(ord(character) in glyphs for character in text):
        return [(first, text)]
    stretches: list[tuple[str, str]] = []
    for cluster in _clusters(text):
        name = _cluster_font(cluster, face)
        if stretches and stretches[-1][0] == name:
            stretches[-1] = (name, stretches[-1][1] + cluster)
        else:
            stretches.append((name, cluster))
    return stretches


def _clusters(text: str) -> list[str]:
    """Letters with the combining marks that belong to them."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _cluster_font(cluster: str, face: Face) -> str:
    for name in _FALLBACKS[face]:
        glyphs = _font(name).face.charToGlyph
        if all(ord(character) in glyphs for character in cluster):
            return name
    return _font_for(cluster[0], face) or _FALLBACKS[face][-1]


@lru_cache(maxsize=8192)
def text_width(text: str, face: Face, size: float) -> float:
    """The width in points of `text` (legible already) set in `face`."""
    return sum(float(_font(name).stringWidth(stretch, size)) for name, stretch in runs(text, face))


def start_font() -> str:
    """The font in which a page begins; reportlab's own would be a Helvetica not embedded."""
    name = _FALLBACKS[Face.REGULAR][0]
    _font(name)
    return name
