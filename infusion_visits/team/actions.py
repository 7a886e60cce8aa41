"""What is done with the team: set the agency up, unlock its record, add members, choose."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile, Missing, Refused, WrongPassphrase
from infusion_visits.core.logo import packed_logo
from infusion_visits.core.writing import tidy
from infusion_visits.records import cells, change_log, record_folder
from infusion_visits.records.record_folder import OpenRecord
from infusion_visits.records.rows import table_of
from infusion_visits.team import authority, queries, trust_file
from infusion_visits.team.passphrases import weakness
from infusion_visits.team.queries import AgencyFacts
from infusion_visits.team.tables import (
    Agency,
    CatalogueOverride,
    Member,
    MemberSecret,
    Setting,
)
from infusion_visits.vault import keys, signatures
from infusion_visits.vault.certificates import Signatory, Trusted
from infusion_visits.vault.keys import Sealed

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.core.clock import Clock
    from infusion_visits.core.ids import Ids
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.vault.keys import Stretch
    from infusion_visits.vault.signatures import SigningKey

SECRET = table_of(MemberSecret)
_SIGN = "sign"
ROLES = ("nurse", "coordinator")


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is to be added. `role` is `nurse` or `coordinator`, `credential` such as `RN, CRNI`."""

    name: str
    credential: str = ""
    role: str = "nurse"


@dataclass(frozen=True)
class Unlocked:
    """An open record and who opened it."""

    record: OpenRecord
    member: Who
    agency: AgencyFacts

    def unit(self, clock: Clock, ids: Ids, zone: str, *, write: bool = True) -> UnitOfWork:
        """An act of the member who unlocked; `zone` is the IANA zone of the laptop."""
        return self.record.unit(clock, ids, zone, write=write)

    def close(self) -> None:
        """Locks the record again."""
        self.record.close()


def set_up(
    folder: Path,
    agency_name: str,
    first: NewMember,
    passphrase: str,
    clock: Clock,
    ids: Ids,
    zone: str,
    *,
    telephone: str = "",
    stretch: Stretch | None = None,
) -> Unlocked:
    """A new record for a new agency, with its first member; open afterwards.

    The key file comes last: until it is there, nothing was set up. Raises Refused (`name`,
    `weak-passphrase`, `exists`, `synced-folder`), DeviceTrouble. Takes about a second.
    """
    _refuse_nameless(agency_name, "The agency needs a name.")
    _refuse_weak(first, passphrase, agency_name)
    agency, member = ids.new(), ids.new()
    record = record_folder.create(folder, agency, member)
    try:
        with record.unit(clock, ids, zone) as unit:
            cells.append(
                unit,
                Agency,
                {"id": agency},
                {
                    "name": tidy(agency_name),
                    "telephone": tidy(telephone) or None,
                    "zone": zone,
                },
                sequence=None,
            )
            key = _add_rows(unit, member, first, passphrase, stretch)
            facts = queries.agency(unit)
            made = authority.found(unit, facts, member, passphrase, stretch)
            authority.certify(unit, made, queries.member(unit, member), key)
            unit.commit()
        record.give_key(
            ids.new(),
            member,
            tidy(first.name),
            passphrase,
            clock.now(),
            stretch,
            role=first.role,
        )
        opened = _known(record, clock, ids, zone)
        trust_file.keep(opened, clock, ids)
        return opened
    except BaseException:
        record.close()
        raise


def unlock(
    folder: Path, member: UUID, passphrase: str, clock: Clock, ids: Ids, zone: str
) -> Unlocked:
    """Opens the record for a member and notes it in the audit trail. Raises as record_folder."""
    record = record_folder.unlock(folder, member, passphrase, clock.now())
    try:
        known = _known(record, clock, ids, zone)
        with record.unit(clock, ids, zone) as unit:
            change_log.note_event(unit, "unlocked", member)
            _care(unit, passphrase)
            unit.commit()
        trust_file.keep_quietly(known, clock, ids)
    except BaseException:
        record.close()
        raise
    return known


def _care(unit: UnitOfWork, passphrase: str) -> None:
    """The authority is seen to; one that cannot be opened keeps nobody out of the record."""
    try:
        authority.care(unit, passphrase)
    except (WrongPassphrase, Refused, BadFile, Missing) as error:
        logging.getLogger(__name__).warning("the authority was not opened: %s", error.code)


def unlock_beside(
    folder: Path, member: UUID, passphrase: str, clock: Clock, ids: Ids, zone: str
) -> Unlocked:
    """Opens the record for reading, also beside the window that has it open."""
    record = record_folder.unlock_beside(folder, member, passphrase, clock.now())
    try:
        return _known(record, clock, ids, zone)
    except BaseException:
        record.close()
        raise


def add_member(
    unlocked: Unlocked,
    new: NewMember,
    passphrase: str,
    clock: Clock,
    ids: Ids,
    zone: str,
    *,
    authority_passphrase: str | None = None,
    stretch: Stretch | None = None,
) -> Who:
    """Adds a member with a passphrase of their own and a signing key that only it opens.

    Where this laptop holds the agency's authority, `authority_passphrase` is its holder's, and
    the member gets a certificate; elsewhere the member asks for one by a request. Raises Refused
    (`name`, `role`, `weak-passphrase`, `authority-passphrase`), WrongPassphrase, DeviceTrouble;
    then nothing was added.
    """
    _refuse_weak(new, passphrase, unlocked.agency.name)
    member = ids.new()
    with unlocked.unit(clock, ids, zone) as unit:
        # Threat: whoever unlocked the shared laptop makes a member, and signs as one of the
        # agency. What the agency says of its members takes the passphrase of the holder.
        opened = None
        if queries.authority_row(unit) is not None:
            if authority_passphrase is None:
                words = "The passphrase of the holder of the agency's authority is needed."
                raise Refused("authority-passphrase", words)
            opened = authority.opened(unit, authority_passphrase)
        key = _add_rows(unit, member, new, passphrase, stretch)
        if opened is not None:
            authority.certify(unit, opened, queries.member(unit, member), key)
        unlocked.record.give_key(
            ids.new(), member, tidy(new.name), passphrase, clock.now(), stretch, role=new.role
        )
        try:
            unit.commit()
        except BaseException:
            unlocked.record.take_key(member)
            raise
    return Who(member, tidy(new.name), tidy(new.credential), new.role)


def signing_key(unit: UnitOfWork, member: UUID, passphrase: str) -> SigningKey:
    """The member's private key, for one act of signing; the passphrase is asked for afresh.

    Threat: a nurse who unlocked the shared laptop signs as another. The record's key does not
    open this one. Takes some 0.2 s. Raises WrongPassphrase, Missing.
    """
    row = unit.one(select(SECRET).where(SECRET.c.member_id == member))
    if row is None:
        raise Missing("no-signing-key", "This member has no signing key in this record.")
    sealed = Sealed.from_plain(json.loads(row["wrapped"]))
    key = signatures.signing_key(keys.unseal(passphrase, sealed, _bound(member), _SIGN))
    if key.public_key != row["public_key"]:
        raise WrongPassphrase("wrong-key", "The signing key of this member was exchanged.")
    return key


def signatory(unit: UnitOfWork, member: UUID, passphrase: str) -> Signatory:
    """Key, certificate and authority for one signature; the passphrase is asked for afresh.

    What the agency's readers would not trust is not signed at all: a signed visit is frozen, and
    no later certificate mends it, while a draft waits. Raises WrongPassphrase, Missing
    (`no-signing-key`, `no-certificate`), Refused (`certificate`).
    """
    key = signing_key(unit, member, passphrase)
    own, trust = queries.own_agency(unit), queries.trust(unit)
    held = [
        one
        for one in queries.certificates_of(unit, member)
        if own is not None and one.public_key == key.public_key and one.issued_by(own.certificate)
    ]
    if own is None or not held:
        raise Missing(
            "no-certificate",
            "You have no certificate of this agency yet. Settings, Team says how to get one.",
        )
    good = [one for one in held if trust.says(one, unit.now) is Trusted.TRUSTED]
    if not good:
        raise Refused("certificate", _not_now(trust.says(held[-1], unit.now)))
    return Signatory(key, max(good, key=lambda one: one.ends), own.certificate)


def _not_now(says: Trusted) -> str:
    if says is Trusted.REVOKED:
        return "The agency has ended your certificate. The visit stays as it is; ask the agency."
    if says is Trusted.EXPIRED:
        return (
            "Your certificate has run out by this laptop's clock. Look at the date; if it is "
            "right, get a new team packet from the agency. The visit stays as it is."
        )
    return "Your certificate does not count yet by this laptop's clock. Look at the date."


def choose(unit: UnitOfWork, key: str, value: Any) -> None:
    """Keeps a choice of the agency (units, paper, language); any JSON value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    cells.put(unit, Setting, {"key": key}, {"value": text})


def choose_logo(unit: UnitOfWork, png: bytes) -> str:
    """Keeps the agency's logo for notes from now on; no bytes take it away. As it is kept.

    Raises Refused `role`, and BadFile `logo` for a picture that a record cannot carry.
    """
    if not queries.may_change_catalogues(unit):
        raise Refused("role", "Only a coordinator changes the agency's logo.")
    try:
        words = packed_logo(png) if png else ""
    except ValueError as error:
        raise BadFile("logo", "This picture cannot be the logo of the notes.") from error
    choose(unit, queries.LOGO, words)
    return words


def load_catalogue(unit: UnitOfWork, name: str, text: str) -> UUID:
    """Keeps a clinical catalogue of the agency's own; from now on the newest of this name counts.

    What the file says is checked before by who asks for it (`app.catalogues`); here it is only
    kept, whole and for good. Raises Refused `role`.
    """
    _refuse_other_roles(unit)
    return _keep_catalogue(unit, name, text=text, digest=digest_of_text(text))


def withdraw_catalogue(unit: UnitOfWork, name: str) -> None:
    """The program's own catalogue of this name counts again; the row of the other stays.

    Raises Refused `role`, Missing where the agency has none of this name.
    """
    _refuse_other_roles(unit)
    standing = {one.name: one for one in queries.loaded_catalogues(unit)}
    if name not in standing:
        raise Missing("no-catalogue", "The agency has no catalogue of this name.")
    former = standing[name]
    _keep_catalogue(unit, name, digest=former.digest, withdraws=former.id)


def digest_of_text(text: str) -> str:
    """SHA-256 of a catalogue's text, by which a kept one proves to be as it was loaded."""
    return hashlib.sha256(text.encode()).hexdigest()


def _keep_catalogue(unit: UnitOfWork, name: str, **columns: Any) -> UUID:
    made = unit.ids.new()
    head = {"id": made, "name": name, "loaded_at": unit.now, "member_id": unit.member}
    cells.add(unit, CatalogueOverride, {**head, **columns})
    return made


def _refuse_other_roles(unit: UnitOfWork) -> None:
    # Threat: one nurse loosens a limit for the whole agency from her own laptop.
    if not queries.may_change_catalogues(unit):
        raise Refused("role", "Only a coordinator changes the agency's catalogues.")


def _known(record: OpenRecord, clock: Clock, ids: Ids, zone: str) -> Unlocked:
    with record.unit(clock, ids, zone, write=False) as unit:
        return Unlocked(record, queries.member(unit, record.member), queries.agency(unit))


def _add_rows(
    unit: UnitOfWork, member: UUID, new: NewMember, passphrase: str, stretch: Stretch | None
) -> bytes:
    """The rows of a new member; gives the public key."""
    cells.append(
        unit,
        Member,
        {"id": member},
        {"name": tidy(new.name), "credential": tidy(new.credential), "role": new.role},
        sequence=None,
    )
    key = signatures.new_signing_key()
    sealed = keys.seal(passphrase, key.private_bytes(), _bound(member), _SIGN, stretch)
    cells.append(
        unit,
        MemberSecret,
        {"member_id": member},
        {
            "wrapped": json.dumps(sealed.plain(), sort_keys=True).encode(),
            "public_key": key.public_key,
        },
        sequence=None,
    )
    return key.public_key


def _bound(member: UUID) -> dict[str, Any]:
    return {"v": 1, "member": str(member), "use": _SIGN}


def _refuse_weak(new: NewMember, passphrase: str, agency_name: str) -> None:
    _refuse_nameless(new.name, "The member needs a name.")
    if new.role not in ROLES:
        raise Refused("role", f"The role is one of: {', '.join(ROLES)}.")
    weak = weakness(passphrase, (new.name, agency_name))
    if weak:
        raise Refused("weak-passphrase", weak)


def _refuse_nameless(name: str, words: str) -> None:
    if not tidy(name):
        raise Refused("name", words)
