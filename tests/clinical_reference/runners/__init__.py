"""What drives the program for a kind of case: one module for each family of rules."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from tests.clinical_reference.runners.given import RUNNERS, Given

if TYPE_CHECKING:
    from tests.clinical_reference.cases import Case


@cache
def _load() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def run(case: Case) -> dict[str, object]:
    """What the program makes of a case. Raises KeyError for a kind that no runner has."""
    _load()
    if case.kind not in RUNNERS:
        raise KeyError(f"no runner is marked @kind({case.kind!r})")
    given = Given(case.given)
    came_out = RUNNERS[case.kind](given)
    if unused := given.unused():
        raise KeyError(f"{case.kind} does not use {', '.join(unused)}")
    return came_out
