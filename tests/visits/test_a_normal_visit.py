"""A visit where all went well says so: no exception, nothing missing, nothing left shut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.findings import Level
from infusion_visits.notes.exceptions import NO_EXCEPTIONS, exceptions

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def test_a_normal_infusion_has_no_exceptions(lived: Lived) -> None:
    lived.live()
    assert [one.words for one in lived.found() if one.level is not Level.ADVICE] == []
    note = lived.sign()
    box = exceptions(note.record, lived.facts(), note.record.findings, signed=True)
    assert (box.rows, box.none) == ((), NO_EXCEPTIONS)
