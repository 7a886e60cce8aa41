"""The finished note leaves the laptop: written whole where the nurse said, and only then noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.errors import Refused
from infusion_visits.notes.file_name import SUFFIX, file_name, pattern_of
from infusion_visits.records.whole_file import refuse_inside, said_of_files, write_whole
from infusion_visits.visits import actions, signing
from infusion_visits.visits.handed import Way
from infusion_visits.visits.queries import is_signed, load_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork

    NewUnit = Callable[[], UnitOfWork]


def hand_over(unit: UnitOfWork, visit: UUID, way: Way, file: bytes) -> None:
    """Notes that the finished note left this laptop as `file`. Raises Missing for a draft."""
    actions.hand_over(unit, visit, way, file)


def name_of(unit: UnitOfWork, visit: UUID) -> str:
    """The file name of a visit's note by the agency's pattern, signed or draft."""
    pattern = pattern_of(unit)
    if is_signed(unit, visit):
        return file_name(signing.load_note(unit, visit), pattern)
    return file_name(load_record(unit, visit), pattern)


def save(new_unit: NewUnit, visit: UUID, path: Path, record: Path) -> Path:
    """Writes the finished note of a signed visit to `path`, and notes that it left.

    What stood there is replaced: the person chose that very file. `record` is the folder of the
    record, in which nothing is ever written in clear. Returns the path, with `.pdf` where it had
    no such end. Raises Missing for a draft, Refused `inside-record`, DeviceTrouble.
    """
    whole = path if path.suffix.casefold() == SUFFIX else path.with_name(f"{path.name}{SUFFIX}")
    refuse_inside(whole.parent, record)
    with new_unit() as unit:
        file = signing.load_file(unit, visit)
    write_whole(whole, file)
    with new_unit() as unit:
        hand_over(unit, visit, Way.SAVED, file)
        unit.commit()
    return whole


def ready_folder(folder: Path, record: Path) -> Path:
    """`folder`, made where it is not yet. Raises Refused `inside-record`, `folder`."""
    whole = folder.expanduser().absolute()
    refuse_inside(whole, record)
    with said_of_files():
        try:
            whole.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            words = "This is a file, not a folder. Name a folder for the notes."
            raise Refused("folder", words) from None
    return whole
