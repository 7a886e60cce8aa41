"""A program of its own for the tests of what it leaves behind: a whole visit, halting on the way.

`python -m tests.faults.whole_day FOLDER` lives a visit in a new record in FOLDER/record. At each
halt it says where it is on standard output and waits for a line on standard input.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.exchange import note_file
from infusion_visits.patients import actions as patients
from infusion_visits.team import actions as team
from infusion_visits.vault.keys import FLOOR
from infusion_visits.visits import charting
from infusion_visits.visits.signed_note import AddendumKind
from tests.fixtures.whole_visit import PERSON, ZONE, WholeVisit, admitted

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork

FAMILY, GIVEN, NUMBER, CANARY = "Zyxqv", "Plantedname", "987650123", "QQCANARYQQ"
PASSPHRASE = "copper lantern walks home"
START = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


def halt(where: str) -> None:
    """Says where the day has come to and waits to be sent on."""
    sys.stdout.write(f"{where}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main(folder: Path) -> None:
    """The whole day: set up, admit, chart, sign, add, close."""
    logging.basicConfig(level=logging.DEBUG, filename=folder / "logs" / "debug.log")
    clock = SteppingClock(START)
    ids = seeded_ids(clock, 7)
    first = team.NewMember("Ines Halvorsen", "RN")
    unlocked = team.set_up(
        folder / "record", "Willow", first, PASSPHRASE, clock, ids, ZONE, stretch=FLOOR
    )

    def unit() -> UnitOfWork:
        return unlocked.unit(clock, ids, ZONE)

    whole = admitted(unit, clock, {**PERSON, "family": FAMILY, "given": GIVEN})
    _number(whole)
    halt("admitted")
    whole.arrive(f"Slept well, says {GIVEN}. {CANARY}")
    whole.look_at_line()
    with unit() as half:
        cell = Cell("departure", Row("departure"), "plan")
        charting.typing(half, whole.visit, cell, f"half typed {CANARY}")
        half.commit()
    with unit() as open_act:
        charting.record(open_act, whole.visit, cell, f"not yet kept {CANARY} " * 2000)
        halt("in the middle of an act")
    whole.infuse()
    whole.teach(f"{CANARY} told to {GIVEN} {FAMILY}")
    whole.leave(f"Next infusion of {FAMILY} in 8 weeks. {CANARY}")
    halt("completed")
    with unit() as signing:
        key = team.signatory(signing, unlocked.member.id, PASSPHRASE)
    note_file.sign(unit, whole.visit, key, unlocked.member, clock)
    words = f"{CANARY}: the lot of {FAMILY} was read again."
    kind = AddendumKind.CORRECTION
    note_file.add(unit, whole.visit, kind, words, (), key, unlocked.member, clock)
    unlocked.record.copy_to(folder / "record" / "backups" / "one")
    halt("signed")
    _refused(whole)
    unlocked.close()
    halt("closed")


def _number(whole: WholeVisit) -> None:
    with whole.new_unit() as unit:
        row = {"system": "urn:oid:2.16.840.1.113883.4.1", "value": NUMBER}
        made = patients.append(unit, whole.patient, Row("patient_identifier"), row)
        if not isinstance(made, tuple):
            raise TypeError(made)
        unit.commit()


def _refused(whole: WholeVisit) -> None:
    """Errors on the way: what was typed must not stand in what is logged of them."""
    cell = Cell("arrival", Row("arrival"), "note")
    for visit in (whole.visit, UUID(int=5)):
        try:
            with whole.new_unit() as unit:
                charting.record(unit, visit, cell, f"{CANARY} of {FAMILY}")
        except Exception:
            logging.getLogger("infusion_visits").exception("refused")
    with tempfile.NamedTemporaryFile() as proof:
        proof.write(b"the temporary folder is the one that is looked at")
        proof.flush()
        halt(f"temporary {Path(proof.name).parent}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
