"""`keys.json`: the record's data key, locked once for each member. No secret stands in it open.

Two copies lie beside each other, because losing this file is losing the record. Reading it needs
neither the database nor its libraries: the unlock screen shows the names from here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import BadFile, DeviceTrouble, Missing, WrongPassphrase
from infusion_visits.core.moments import utc_text
from infusion_visits.records.whole_file import write_whole
from infusion_visits.vault import keys
from infusion_visits.vault.keys import Sealed, Stretch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "keys.json"
COPY_NAME = "keys.json.1"
GUESSES_NAME = "guesses.json"
_VERSION = 1
_UNLOCK = "unlock"
_LONGEST_WAIT_S = 60
_LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key, locked for one member; `name` is what the unlock screen shows.

    `role` is the role at the making of the slot (empty in slots that name none), so that a command
    can be told `--as coordinator`. It opens nothing: what a member may do is asked of the record.
    """

    id: UUID
    member: UUID
    name: str
    created: datetime
    sealed: Sealed
    role: str = ""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Which record this is, and its slots in the order in which they were made."""

    record: UUID
    slots: tuple[Slot, ...] = ()

    def slot_of(self, member: UUID) -> Slot | None:
        """The slot of this member."""
        return next((slot for slot in self.slots if slot.member == member), None)

    def slots_as(self, wanted: str) -> tuple[Slot, ...]:
        """The slots that `wanted` may mean: a name or an id before a role; all where it is empty.

        Needs no passphrase, so that no wrong guess is counted against a member who was not meant.
        """
        if not wanted:
            return self.slots
        folded = wanted.casefold()
        named = [s for s in self.slots if folded in {s.name.casefold(), str(s.member)}]
        return tuple(named or (s for s in self.slots if s.role.casefold() == folded))

    def bound(self, slot: UUID, member: UUID, role: str = "") -> dict[str, Any]:
        """What a slot is tied to.

        Threat: a slot copied from another record, put under another member's name, or given
        another role.
        """
        bound = {
            "v": _VERSION,
            "record": str(self.record),
            "slot": str(slot),
            "member": str(member),
        }
        return {**bound, "role": role} if role else bound

    def with_slot(
        self,
        slot: UUID,
        member: UUID,
        name: str,
        passphrase: str,
        data_key: bytes,
        now: datetime,
        stretch: Stretch | None = None,
        *,
        role: str = "",
    ) -> KeyFile:
        """The file with a new slot for the member (in place of a former one). Takes some 0.2 s."""
        bound = self.bound(slot, member, role)
        sealed = keys.seal(passphrase, data_key, bound, _UNLOCK, stretch)
        others = tuple(one for one in self.slots if one.member != member)
        return replace(self, slots=(*others, Slot(slot, member, name, now, sealed, role)))

    def without(self, member: UUID) -> KeyFile:
        """The file without this member's slot."""
        return replace(self, slots=tuple(one for one in self.slots if one.member != member))

    def data_key(self, member: UUID, passphrase: str) -> bytes:
        """The record's key. Raises WrongPassphrase; as slowly and alike for an unknown member."""
        slot = self.slot_of(member)
        if slot is None:
            # Threat: the time of an answer tells who is a member.
            keys.seal(passphrase, b"", {}, _UNLOCK)
            raise WrongPassphrase("wrong-passphrase", "That passphrase opens nothing here.")
        bound = self.bound(slot.id, member, slot.role)
        return keys.unseal(passphrase, slot.sealed, bound, _UNLOCK)


def load(folder: Path) -> KeyFile:
    """The key file of the record in `folder`, from its copy where the first is damaged.

    Raises Missing when there is no record, DeviceTrouble when both are damaged, BadFile when the
    file asks for less protection than is allowed.
    """
    found = [path for path in (folder / NAME, folder / COPY_NAME) if path.is_file()]
    if not found:
        raise Missing("no-record", "There is no record in this folder.")
    weak: BadFile | None = None
    for path in found:
        try:
            return read(path)
        except BadFile as error:
            weak = weak or (error if error.code != "key-file" else None)
    if weak is not None:
        raise weak
    raise DeviceTrouble(
        "keys-damaged",
        "The key file of this record is damaged, and so is its copy. Put keys.json back from a "
        "backup; the record itself was not touched.",
    )


def save(folder: Path, file: KeyFile) -> None:
    """Writes both copies, one after the other, each whole or not at all. Raises DeviceTrouble."""
    content = _text(file)
    write_whole(folder / NAME, content)
    write_whole(folder / COPY_NAME, content)


def mend(folder: Path, file: KeyFile) -> None:
    """Writes the copies anew where one of them is missing, damaged or older."""
    content = _text(file)
    for path in (folder / NAME, folder / COPY_NAME):
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)


def _text(file: KeyFile) -> bytes:
    plain = {
        "v": _VERSION,
        "record": str(file.record),
        "slots": [
            {
                "id": str(slot.id),
                "member": str(slot.member),
                "name": slot.name,
                "created": utc_text(slot.created),
                **({"role": slot.role} if slot.role else {}),
                **slot.sealed.plain(),
            }
            for slot in file.slots
        ],
    }
    whole = {"keys": plain, "sha256": _digest(plain)}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(path: Path) -> KeyFile:
    """One copy. Raises BadFile: `key-file` when damaged, other codes when it asks too little."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise BadFile("key-file", "The key file is far too large.")
        whole = json.loads(path.read_bytes())
        plain = whole["keys"]
        # Finds damage, such as a flipped bit, before it looks like a wrong passphrase. It keeps
        # nobody from changing the file; the locked parts themselves do that.
        if whole["sha256"] != _digest(plain):
            raise BadFile("key-file", "The key file is damaged.")
        if plain["v"] != _VERSION:
            raise BadFile("newer-key-file", "The key file was made by a newer program.")
        return KeyFile(UUID(plain["record"]), tuple(_slot(slot) for slot in plain["slots"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadFile("key-file", "The key file cannot be read.") from None


def _slot(plain: Mapping[str, Any]) -> Slot:
    return Slot(
        UUID(plain["id"]),
        UUID(plain["member"]),
        str(plain["name"]),
        datetime.fromisoformat(plain["created"]),
        Sealed.from_plain(plain),
        str(plain.get("role", "")),
    )


def _digest(plain: Any) -> str:
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def wait_before_guess(folder: Path, member: UUID, now: datetime) -> float:
    """Seconds until the next passphrase of this member may be tried: 0, 0, 1, 2, 4 up to 60.

    Threat: somebody at the keyboard tries one passphrase after another, over restarts too. The
    record is never wiped: a child at the keyboard must not destroy it.
    """
    failed, last = _guesses(folder).get(str(member), (0, None))
    if failed < 2 or last is None:
        return 0.0
    wait = min(_LONGEST_WAIT_S, 2 ** min(failed - 2, 10))
    since = (now - last).total_seconds()
    # A clock set back must not make the wait longer than it is.
    return max(0.0, wait - since) if since >= 0 else float(wait)


def count_guess(folder: Path, member: UUID, now: datetime) -> None:
    """Counts a try before it is made, so that ending the program does not save the wait."""
    guesses = _guesses(folder)
    failed, _ = guesses.get(str(member), (0, None))
    _save_guesses(folder, {**guesses, str(member): (failed + 1, now)})


def forget_guesses(folder: Path, member: UUID) -> None:
    """The right passphrase came."""
    guesses = _guesses(folder)
    if guesses.pop(str(member), None) is not None:
        _save_guesses(folder, guesses)


_Guesses = dict[str, tuple[int, datetime | None]]


def _guesses(folder: Path) -> _Guesses:
    try:
        plain = json.loads((folder / GUESSES_NAME).read_bytes())
        return {
            str(member): (int(one["failed"]), datetime.fromisoformat(one["last"]))
            for member, one in plain.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Who can damage this file can also copy keys.json; the stretching answers that.
        return {}


def _save_guesses(folder: Path, guesses: _Guesses) -> None:
    plain = {
        member: {"failed": failed, "last": utc_text(last)}
        for member, (failed, last) in guesses.items()
        if last is not None
    }
    write_whole(folder / GUESSES_NAME, json.dumps(plain, indent=1, sort_keys=True).encode())
