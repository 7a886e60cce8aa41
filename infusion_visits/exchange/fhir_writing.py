"""FHIR resources as JSON bytes: figures as they stand, never through a binary number.

The same resources always give the same bytes. What says nothing is left out, because FHIR has no
empty text, list or object.
"""

from __future__ import annotations

import re
from decimal import Decimal
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Mapping

# FHIR text has no control characters but these three, and a lone surrogate is no text at all. They
# are spelled out: nothing that was signed vanishes, and nothing breaks the file.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN_EXPONENT = 40


def write(resource: Mapping[str, Any]) -> bytes:
    """The bytes of one resource, UTF-8. Raises BadFile for a figure that is none."""
    parts: list[str] = []
    _write(pruned(resource) or {}, parts.append)
    parts.append("\n")
    return "".join(parts).encode("utf-8")


def pruned(value: Any) -> Any:
    """The value without what says nothing; None when nothing is left."""
    if isinstance(value, dict):
        kept = {name: one for name, part in value.items() if (one := pruned(part)) is not None}
        return kept or None
    if isinstance(value, list | tuple):
        return [one for part in value if (one := pruned(part)) is not None] or None
    if isinstance(value, str):
        return value if value.strip() else None
    return value


def _write(value: Any, put: Any) -> None:
    if isinstance(value, str):
        put(encode_basestring(_NOT_TEXT.sub(_spelled, value)))
    elif isinstance(value, dict):
        for number, (name, part) in enumerate(value.items()):
            put(f',"{name}":' if number else f'{{"{name}":')
            _write(part, put)
        put("}" if value else "{}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            put("," if number else "[")
            _write(part, put)
        put("]")
    elif isinstance(value, bool):
        put("true" if value else "false")
    elif isinstance(value, int):
        put(str(value))
    elif isinstance(value, Decimal):
        put(_figure(value))
    else:
        raise TypeError(type(value).__name__)


def _figure(value: Decimal) -> str:
    if not value.is_finite():
        raise BadFile("figure", "A figure of this record is no number.")
    # Threat: "1E+999999999" of a record from outside would be written as a billion digits.
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) > _PLAIN_EXPONENT:
        return str(value)
    return f"{value:f}"


def _spelled(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
