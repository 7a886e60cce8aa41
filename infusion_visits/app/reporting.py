"""The one place that turns errors into words: what happened, what is safe, what to do.

Knows no window: the window hands in how words are shown, the command line prints them. Logs get
codes, types and places in the code; never what was typed, never a name.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.errors import (
    BadFile,
    Cancelled,
    DeviceTrouble,
    InfusionVisitsError,
    Missing,
    Refused,
    WrongPassphrase,
)
from infusion_visits.core.moments import show_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import TracebackType

log = logging.getLogger("infusion_visits")


@dataclass(frozen=True, slots=True)
class Said:
    """An error in words. `grave` asks for attention; otherwise a quiet line is enough.

    `passes` says that it is over as soon as something is saved again.
    """

    what: str
    safe: str = ""
    do: str = ""
    grave: bool = False
    passes: bool = False

    @property
    def line(self) -> str:
        """All of it on one line, for the command line."""
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


def in_words(
    error: BaseException, *, saved_at: datetime | None = None, zone: str = "UTC"
) -> Said | None:
    """What to say of `error`; None when nothing is to be said (the user said no)."""
    safe = f"Your work up to {show_time(saved_at, zone)} is saved." if saved_at else ""
    if isinstance(error, Cancelled):
        return None
    if isinstance(error, Refused):
        return Said(error.words, do=_first_findings(error))
    if isinstance(error, BadFile):
        where = f" ({error.where})" if error.where else ""
        return Said(f"{error.words}{where}")
    if isinstance(error, Missing | WrongPassphrase):
        return Said(error.words)
    if isinstance(error, DeviceTrouble):
        return Said(error.words, safe, grave=True, passes=True)
    if isinstance(error, InfusionVisitsError):
        return Said(error.words, safe)
    number = _log_mistake(error)
    return Said(
        "Something went wrong in the program.",
        safe or "What was saved is safe.",
        f"Go on working; when you report it, give the number {number}.",
        grave=True,
    )


def _first_findings(error: Refused) -> str:
    return " ".join(finding.words for finding in error.findings[:5])


def _log_mistake(error: BaseException) -> str:
    """Logs frames without values and without the message, which could quote what was typed."""
    number = os.urandom(4).hex()
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    log.error("mistake %s %s at %s", number, type(error).__name__, places)
    return number


class Reporter:
    """Says errors to the user through `show`, and stands behind the interpreter's own hooks."""

    def __init__(self, show: Callable[[Said], None]) -> None:
        self._show = show
        self.saved_at: datetime | None = None
        self.zone = "UTC"

    def __call__(self, error: BaseException) -> None:
        """Says one error; nothing where the user said no."""
        said = in_words(error, saved_at=self.saved_at, zone=self.zone)
        if said is not None:
            self._show(said)

    def stand_behind_hooks(self) -> None:
        """Every uncaught error comes here, from any thread."""

        def uncaught(
            kind: type[BaseException],
            error: BaseException,
            trace: TracebackType | None,
        ) -> None:
            if not isinstance(error, KeyboardInterrupt | SystemExit):
                self._tell_whoever_is_there(error)

        def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                self._tell_whoever_is_there(args.exc_value)

        def unraisable(args: sys.UnraisableHookArgs) -> None:
            if args.exc_value is not None:
                self._tell_whoever_is_there(args.exc_value)

        sys.excepthook = uncaught
        sys.unraisablehook = unraisable
        threading.excepthook = uncaught_in_thread

    def _tell_whoever_is_there(self, error: BaseException) -> None:
        # Threat: an error within a hook has the interpreter print both of them with their texts,
        # and a text may quote a patient. Qt raises one where the window is gone already.
        with contextlib.suppress(RuntimeError):
            self(error)
