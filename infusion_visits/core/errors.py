"""The errors that a person can do something about; everything else is our bug.

Messages carry no patient data, because they may reach a log. Lower floors raise these;
only app/reporting turns them into words for the user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.findings import Finding


class InfusionVisitsError(Exception):
    """Base of all expected errors: a stable code, and words without patient data."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class Refused(InfusionVisitsError):
    """A rule or a state forbids the act: signing with stops open, changing a signed visit."""

    def __init__(self, code: str, words: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(code, words)
        self.findings = tuple(findings)


class Missing(InfusionVisitsError):
    """The thing asked for is not in the record."""


class DeviceTrouble(InfusionVisitsError):
    """The laptop is the cause: disk full, file locked or damaged, record in use elsewhere."""


class WrongPassphrase(InfusionVisitsError):
    """The passphrase opens nothing; deliberately the same for an unknown member."""


class BadFile(InfusionVisitsError):
    """A file from outside cannot be read; `where` names the place in it, never its content."""

    def __init__(self, code: str, words: str, where: str = "") -> None:
        super().__init__(code, words)
        self.where = where


class Offline(InfusionVisitsError):
    """Something that needs a network was asked for without one."""


class Cancelled(InfusionVisitsError):
    """The user said no; nothing is shown."""

    def __init__(self) -> None:
        super().__init__("cancelled", "Cancelled.")
