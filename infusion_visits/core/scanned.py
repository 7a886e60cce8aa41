"""What a scanner types from the code on a product: GTIN, lot, expiry, serial number.

GS1 element strings (General Specifications, release 24): with or without brackets, with FNC1 as the
group separator or as a symbology identifier in front. The day 00 is the last of its month; years
follow GS1's sliding century. The grammar is biip's (Apache-2.0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biip.gs1_messages import GS1Message

SEPARATOR = "\x1d"
"""FNC1 between two fields, as most scanners type it (Ctrl and `]`)."""
_WRITTEN = re.compile(r"<GS>|\{GS\}|\[GS\]|␝", re.IGNORECASE)
_HEADS = ("]d2", "]C1", "]Q3", "]e0")
_BRACKETS = re.compile(r"^\(\d{2,4}\)")
_GTIN_FIRST = re.compile(r"^01\d{14}(?:$|[12])")
_EXPIRY_FIRST = re.compile(r"^17\d{6}(?:10|21)\S")
_RUN_TOGETHER = re.compile(r"^.+17\d{6}(?:21.+)?$")
_US_DRUG = "03"


class ScanRefused(ValueError):
    """A code that cannot be right; its words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code says; empty or None where it does not. `doubt` says what has to be typed.

    `ndc` is the ten digits inside the GTIN of a US drug; where its hyphens stand is not in it.
    """

    gtin: str = ""
    ndc: str = ""
    lot: str = ""
    serial: str = ""
    expiry: date | None = None
    doubt: str = ""


def looks_scanned(text: str) -> bool:
    """Whether the text is a code and not a lot number that somebody typed."""
    text = _WRITTEN.sub(SEPARATOR, text.strip(" \r\n\t"))
    if text.startswith((*_HEADS, SEPARATOR)) or _BRACKETS.match(text):
        return True
    return bool(_GTIN_FIRST.match(text) or _EXPIRY_FIRST.match(text))


def read_scan(text: str) -> Scanned | None:
    """What the code says; None where the text is no code. Raises ScanRefused for a wrong one."""
    if not looks_scanned(text):
        return None
    found = _fields(_message(_WRITTEN.sub(SEPARATOR, text.strip(" \r\n\t"))))
    gtin = found.get("01", "")
    if gtin and not _checks(gtin):
        raise ScanRefused("The check digit of the GTIN is wrong. Scan it again, or type the label.")
    lot, expiry = found.get("10", ""), found.get("17", "")
    doubt = ""
    if lot and not expiry and _RUN_TOGETHER.match(lot):
        # Without separators nobody can tell where the lot ends: better no lot than a wrong one.
        lot, doubt = "", "The scanner left out the separators: type lot and expiry from the label."
    return Scanned(
        gtin=gtin,
        ndc=gtin[3:13] if gtin[1:3] == _US_DRUG else "",
        lot=lot,
        serial=found.get("21", ""),
        expiry=date.fromisoformat(expiry) if expiry else None,
        doubt=doubt,
    )


def _message(text: str) -> GS1Message:
    from biip import ParseError  # the first screen scans nothing
    from biip.gs1_messages import GS1Message

    for head in _HEADS:
        text = text.removeprefix(head)
    try:
        if _BRACKETS.match(text):
            return GS1Message.parse_hri(text)
        return GS1Message.parse(text.strip(SEPARATOR))
    except (ParseError, ValueError) as error:
        raise ScanRefused("This code is not understood. Type lot and expiry.") from error


def _fields(message: GS1Message) -> dict[str, str]:
    """The values by application identifier, dates as ISO; the first where one stands twice."""
    found: dict[str, str] = {}
    for element in message.element_strings:
        value = element.date.isoformat() if element.date else element.value
        found.setdefault(element.ai.ai, value)
    return found


def _checks(gtin: str) -> bool:
    digits = [int(digit) for digit in reversed(gtin)]
    return sum(n * (3 if place % 2 else 1) for place, n in enumerate(digits)) % 10 == 0
