"""The colours of the look, light and dark, as plain values; no Qt, so that all may compute."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme. A sign and words stand beside every colour: no colour says anything alone."""

    name: str
    canvas: str
    surface: str
    hair: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_wash: str
    ok: str
    ok_wash: str
    warn: str
    warn_wash: str
    danger: str
    danger_wash: str
    focus: str
    on_accent: str


LIGHT = Tokens(
    name="light",
    canvas="#F5F6F8",
    surface="#FFFFFF",
    hair="#DDE2E8",
    # A little darker than first drawn: a border must reach 3:1 on canvas and washes too.
    line="#7C8796",
    text="#17202B",
    quiet="#4A5766",
    accent="#0A6C7D",
    accent_wash="#E3F3F5",
    ok="#176B41",
    ok_wash="#E4F4EA",
    warn="#7A4A00",
    warn_wash="#FFF1D6",
    danger="#A61B1B",
    danger_wash="#FCE8E6",
    focus="#1257C7",
    on_accent="#FFFFFF",
)

DARK = Tokens(
    name="dark",
    canvas="#11161C",
    surface="#1A2129",
    hair="#2C3641",
    line="#7C8998",
    text="#E8EDF3",
    quiet="#A7B3C0",
    accent="#63CBDA",
    accent_wash="#12333A",
    ok="#74D6A0",
    ok_wash="#12301F",
    warn="#F2C26B",
    warn_wash="#38290C",
    danger="#FF9F97",
    danger_wash="#3F1B19",
    focus="#8AB4FF",
    on_accent="#0B1216",
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(value: str) -> float:
    red, green, blue = (_linear(int(value[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
