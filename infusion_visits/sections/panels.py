"""The sections whose form is more than the common one."""

from __future__ import annotations

from typing import Any

PANELS: dict[str, type[Any]] = {}
