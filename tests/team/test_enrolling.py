"""A nurse's laptop joins an agency by two files and words; every other way is refused."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile, InfusionVisitsError, Missing, Refused
from infusion_visits.records import key_file
from infusion_visits.team import actions, enrolling, queries
from infusion_visits.team.packet_file import make_packet, read_packet
from infusion_visits.team.request_file import make_request, read_request
from infusion_visits.team.trust_file import trust_beside
from infusion_visits.vault import signed_json
from infusion_visits.vault.certificates import Trusted, issue, new_authority
from infusion_visits.vault.keys import FLOOR
from infusion_visits.vault.signatures import new_signing_key
from tests.fixtures.records import NOW, OTHER_PASSPHRASE, PASSPHRASE, ZONE
from tests.fixtures.two_laptops import ANAS_PASSPHRASE

if TYPE_CHECKING:
    from tests.fixtures.two_laptops import Laptop

DAY = timedelta(days=1)
ANA = Who(UUID(int=77), "Ana Ortiz", "RN", "nurse")
KEY = new_signing_key()
REQUEST = make_request(ANA, KEY, NOW)


def pins(laptop: Laptop) -> dict[str, bool]:
    with laptop.unit() as unit:
        return {one.name: one.own for one in queries.pinned_agencies(unit)}


def test_she_joins_and_signs_for_the_agency(office: Laptop, anas: Laptop) -> None:
    before = anas.agency_name()
    joined = anas.join(office.accept(anas.request()))
    assert before == "Ana"
    assert joined.unlocked.agency.name == anas.agency_name() == "Riverbend Home Infusion"
    assert joined.unlocked.agency.id == office.unlocked.agency.id
    assert joined.without == ()
    assert pins(anas) == {"Riverbend Home Infusion": True, "Ana": False}
    with anas.unit() as unit:
        signs = actions.signatory(unit, anas.member.id, ANAS_PASSPHRASE)
    with office.unit() as unit:
        assert queries.trust(unit).says(signs.certificate, NOW) is Trusted.TRUSTED
        assert queries.member(unit, anas.member.id) == anas.member
    for folder in (office.folder, anas.folder):
        assert trust_beside(folder).says(signs.certificate, NOW) is Trusted.TRUSTED
    anas.again()
    assert anas.unlocked.agency.name == "Riverbend Home Infusion"


def test_joining_makes_no_second_authority_and_never_the_own_one_again(
    office: Laptop, anas: Laptop
) -> None:
    anas.join(office.accept(anas.request()))
    anas.again()
    with anas.unit() as unit:
        assert queries.authority_row(unit) is None
    with pytest.raises(Missing) as none:
        anas.packet()
    assert none.value.code == "no-authority"


def test_a_second_nurse_of_the_laptop_is_named_as_one_who_still_has_to_ask(
    office: Laptop, anas: Laptop
) -> None:
    tom = actions.add_member(
        anas.unlocked,
        actions.NewMember("Tom Reyes", "RN"),
        OTHER_PASSPHRASE,
        anas.clock,
        anas.ids,
        ZONE,
        authority_passphrase=ANAS_PASSPHRASE,
        stretch=FLOOR,
    )
    joined = anas.join(office.accept(anas.request()))
    assert joined.without == (tom,)
    with anas.unit() as unit, pytest.raises(Missing) as none:
        actions.signatory(unit, tom.id, OTHER_PASSPHRASE)
    assert none.value.code == "no-certificate"


def test_a_member_added_after_joining_asks_for_a_certificate(office: Laptop, anas: Laptop) -> None:
    anas.join(office.accept(anas.request()))
    tom = actions.add_member(
        anas.unlocked,
        actions.NewMember("Tom Reyes", "RN"),
        OTHER_PASSPHRASE,
        anas.clock,
        anas.ids,
        ZONE,
        stretch=FLOOR,
    )
    with anas.unit() as unit:
        assert queries.certificates_of(unit, tom.id) == ()


def test_a_coordinators_fresh_laptop_trusts_without_joining(office: Laptop, anas: Laptop) -> None:
    anas.trust(office.packet())
    assert anas.agency_name() == "Ana"
    assert pins(anas) == {"Ana": True, "Riverbend Home Infusion": False}
    with office.unit() as unit:
        signs = actions.signatory(unit, office.member.id, PASSPHRASE)
    assert trust_beside(anas.folder).says(signs.certificate, NOW) is Trusted.TRUSTED


def test_a_newer_packet_needs_no_words_and_brings_revocations(office: Laptop, anas: Laptop) -> None:
    anas.join(office.accept(anas.request()))
    office.clock.at = anas.clock.at = NOW + 10 * DAY
    second = next(s.member for s in office.unlocked.record.keys.slots if s.name.startswith("Paula"))
    packet = enrolling.revoke(
        office.unlocked,
        second,
        NOW + 5 * DAY,
        "laptop lost",
        PASSPHRASE,
        office.clock,
        office.ids,
        ZONE,
    )
    joined = enrolling.join(anas.unlocked, packet, None, anas.clock, anas.ids, ZONE)
    assert joined.packet.serial == read_packet(packet).serial
    with office.unit() as unit:
        hers = queries.certificates_of(unit, second)[0]
    for folder in (office.folder, anas.folder):
        trust = trust_beside(folder)
        assert trust.says(hers, NOW + 5 * DAY - timedelta(seconds=1)) is Trusted.TRUSTED
        assert trust.says(hers, NOW + 5 * DAY) is Trusted.REVOKED


def test_who_was_revoked_opens_and_signs_nothing_and_comes_back_by_no_old_request(
    office: Laptop, anas: Laptop
) -> None:
    old_request = anas.request()
    anas.join(office.accept(old_request))
    packet = enrolling.revoke(
        office.unlocked,
        anas.member.id,
        NOW,
        "left",
        PASSPHRASE,
        office.clock,
        office.ids,
        ZONE,
    )
    anas.join(packet)
    with anas.unit() as unit, pytest.raises(Refused, match="ended your certificate"):
        actions.signatory(unit, anas.member.id, ANAS_PASSPHRASE)
    with pytest.raises(Refused) as left:
        office.accept(old_request)
    assert left.value.code == "left"
    # Though a restored row says that they are still here, what was revoked is not renewed.
    with office.unit(write=True) as unit:
        unit.run("UPDATE member SET left_at = NULL WHERE id = ?", (anas.member.id.bytes,))
        unit.commit()
    office.clock.at = NOW + 700 * DAY
    office.again()
    with office.unit() as unit:
        assert len(queries.certificates_of(unit, anas.member.id)) == 1


def test_a_member_of_this_laptop_who_was_revoked_loses_the_slot(office: Laptop) -> None:
    second = office.unlocked.record.keys.slots[1].member
    _revoke(office, second, NOW)
    assert [s.member for s in key_file.load(office.folder).slots] == [office.member.id]


def test_revoked_twice_the_earlier_day_counts(office: Laptop) -> None:
    second = office.unlocked.record.keys.slots[1].member
    for at in (NOW - DAY, NOW - 3 * DAY, NOW):
        _revoke(office, second, at)
    with office.unit() as unit:
        hers = queries.certificates_of(unit, second)[0]
        assert queries.trust(unit).revoked_from(hers) == NOW - 3 * DAY
    assert trust_beside(office.folder).revoked_from(hers) == NOW - 3 * DAY


@pytest.mark.parametrize("code", ["own-key", "future", "no-certificate"])
def test_what_cannot_be_revoked(office: Laptop, code: str) -> None:
    second = office.unlocked.record.keys.slots[1].member
    who, since = {
        "own-key": (office.member.id, NOW),
        "future": (second, NOW + timedelta(minutes=1)),
        "no-certificate": (_member_without_certificate(office), NOW),
    }[code]
    with pytest.raises(Refused) as refused:
        _revoke(office, who, since)
    assert refused.value.code == code


def _revoke(office: Laptop, who: UUID, since: Any) -> bytes:
    return enrolling.revoke(
        office.unlocked, who, since, "", PASSPHRASE, office.clock, office.ids, ZONE
    )


def _member_without_certificate(office: Laptop) -> UUID:
    with office.unit(write=True) as unit:
        unit.run(
            "INSERT INTO member SELECT created_at, created_by, updated_at, updated_by, revision, "
            "struck_at, struck_by, struck_reason, ?, 'Old', '', role, left_at FROM member LIMIT 1",
            (UUID(int=5).bytes,),
        )
        unit.commit()
    return UUID(int=5)


def test_a_request_holds_the_proof_of_its_key() -> None:
    read = read_request(REQUEST)
    assert (read.who, read.public_key) == (ANA, KEY.public_key)
    assert len(read.words) == 6
    other = make_request(ANA, new_signing_key(), NOW)
    assert read_request(other).words != read.words


def request_with(**changed: object) -> bytes:
    body = {**signed_json.read(REQUEST).body, **changed}
    return signed_json.written(body, KEY)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"public_key": new_signing_key().public_key.hex()}, "not-theirs"),
        ({"public_key": "04"}, "unreadable"),
        ({"public_key": 4}, "unreadable"),
        ({"role": "owner"}, "unreadable"),
        ({"name": ""}, "unreadable"),
        ({"name": "Ana\u202eitr"}, "unreadable"),
        ({"name": "A" * 10_001}, "unreadable"),
        ({"credential": None}, "unreadable"),
        ({"member": "ana"}, "unreadable"),
        ({"type": "infusion-visits team"}, "no-request"),
        ({"v": 2}, "newer"),
    ],
)
def test_a_request_that_is_not_whole_is_refused(changed: dict[str, object], code: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_request(request_with(**changed))
    assert bad.value.code == code


def test_no_byte_of_a_request_can_be_changed() -> None:
    for at in range(len(REQUEST)):
        changed = REQUEST[:at] + bytes([REQUEST[at] ^ 1]) + REQUEST[at + 1 :]
        with pytest.raises(BadFile):
            read_request(changed)


def test_a_request_with_other_words_is_not_accepted(office: Laptop) -> None:
    words = read_request(make_request(ANA, new_signing_key(), NOW)).words
    with pytest.raises(Refused) as refused:
        enrolling.accept(
            office.unlocked, REQUEST, words, PASSPHRASE, office.clock, office.ids, ZONE
        )
    assert refused.value.code == "words"
    with office.unit() as unit:
        assert ANA.id not in {one.id for one in queries.members(unit)}


def test_a_request_under_a_known_members_id_with_another_key_is_refused(office: Laptop) -> None:
    office.accept(REQUEST)
    stranger = new_signing_key()
    for member in (ANA, office.member):
        theirs = make_request(member, stranger, NOW)
        with pytest.raises(Refused) as refused:
            office.accept(theirs)
        assert refused.value.code == "other-key"
    with office.unit() as unit:
        assert queries.all_certificates(unit, office.unlocked.agency.id)
        assert stranger.public_key not in {
            one.public_key for one in queries.all_certificates(unit, office.unlocked.agency.id)
        }


def test_the_same_request_again_certifies_the_same_person(office: Laptop) -> None:
    first = read_packet(office.accept(REQUEST))
    second = read_packet(office.accept(REQUEST))
    assert second.serial > first.serial
    assert {one.member for one in second.of(KEY.public_key)} == {ANA.id}


RIVER = UUID(int=0x21)
AUTHORITY = new_authority(RIVER, "Riverbend", NOW)
HERS = issue(AUTHORITY, ANA.id, ANA.name, "RN", "nurse", KEY.public_key, NOW)
PACKET = make_packet(AUTHORITY, "Riverbend", None, [HERS], {HERS.sha256: (NOW, "left")}, 7, NOW)


def test_a_packet_says_whom_the_agency_knows_and_whom_it_revoked() -> None:
    read = read_packet(PACKET)
    assert (read.agency, read.name, read.telephone, read.serial) == (RIVER, "Riverbend", None, 7)
    assert read.of(KEY.public_key) == (HERS,)
    assert read.revoked == {HERS.sha256: (NOW, "left")}


def test_no_byte_of_a_packet_can_be_changed_and_none_left_out() -> None:
    for at in range(0, len(PACKET), 5):
        changed = PACKET[:at] + bytes([PACKET[at] ^ 1]) + PACKET[at + 1 :]
        for data in (changed, PACKET[:at]):
            with pytest.raises(BadFile):
                read_packet(data)


STRANGER = new_authority(RIVER, "Riverbend", NOW)
THEIRS = issue(STRANGER, ANA.id, ANA.name, "RN", "nurse", KEY.public_key, NOW)


def packet_with(**changed: object) -> bytes:
    body = {**signed_json.read(PACKET).body, **changed}
    return signed_json.written(body, AUTHORITY.key)


def _coded(der: bytes) -> str:
    return base64.b64encode(der).decode()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"certificates": [_coded(THEIRS.der)], "revoked": []}, "other-agency"),
        ({"certificates": []}, "other-agency"),
        ({"authority": _coded(STRANGER.certificate.der)}, "unreadable"),
        ({"authority": _coded(HERS.der)}, "unreadable"),
        ({"agency": str(UUID(int=9))}, "unreadable"),
        ({"serial": 0}, "unreadable"),
        ({"serial": True}, "unreadable"),
        ({"serial": "7"}, "unreadable"),
        ({"name": "River\nbend"}, "unreadable"),
        ({"revoked": [{"sha256": HERS.sha256, "from": "2026-11-21", "reason": ""}]}, "unreadable"),
        ({"type": "infusion-visits request"}, "no-packet"),
        ({"v": 2}, "newer"),
    ],
)
def test_a_packet_that_claims_more_than_its_authority_says_is_refused(
    changed: dict[str, object], code: str
) -> None:
    with pytest.raises(BadFile) as bad:
        read_packet(packet_with(**changed))
    assert bad.value.code == code


def test_a_packet_for_another_nurse_is_not_joined(office: Laptop, anas: Laptop) -> None:
    with pytest.raises(Refused) as refused:
        anas.join(office.accept(REQUEST))
    assert refused.value.code == "not-in-packet"
    assert anas.agency_name() == "Ana"
    assert pins(anas) == {"Ana": True}


def test_a_certificate_for_her_key_under_another_name_is_not_hers(anas: Laptop) -> None:
    with anas.unit() as unit:
        key = queries.public_key(unit, anas.member.id)
    other = issue(AUTHORITY, UUID(int=3), "Somebody", "", "coordinator", key, NOW)
    packet = make_packet(AUTHORITY, "Riverbend", None, [other], {}, 8, NOW)
    with pytest.raises(Refused) as refused:
        anas.join(packet)
    assert refused.value.code == "not-in-packet"


@pytest.mark.parametrize("act", [enrolling.join, enrolling.trust])
def test_an_agency_is_pinned_only_with_its_words(office: Laptop, anas: Laptop, act: Any) -> None:
    packet = office.accept(anas.request())
    for words in (None, (), read_request(REQUEST).words):
        with pytest.raises(Refused) as refused:
            act(anas.unlocked, packet, words, anas.clock, anas.ids, ZONE)
        assert refused.value.code == "words"
    assert pins(anas) == {"Ana": True}
    assert anas.agency_name() == "Ana"


def test_an_older_packet_is_refused_and_the_same_one_changes_nothing(
    office: Laptop, anas: Laptop
) -> None:
    first = office.accept(anas.request())
    second = office.packet()
    anas.join(second)
    anas.join(second)
    for act in (anas.join, anas.trust):
        with pytest.raises(Refused) as refused:
            act(first)
        assert refused.value.code == "older"
    with anas.unit() as unit:
        own = queries.own_agency(unit)
    assert own is not None
    assert own.packet == second


def test_another_packet_of_the_same_serial_is_refused(anas: Laptop) -> None:
    anas.trust(PACKET)
    other = make_packet(AUTHORITY, "Riverbend", None, [HERS], {}, 7, NOW + DAY)
    with pytest.raises(Refused) as refused:
        anas.trust(other)
    assert refused.value.code == "older"


def test_a_strangers_authority_of_the_same_name_and_id_is_refused(
    office: Laptop, anas: Laptop
) -> None:
    anas.join(office.accept(anas.request()))
    with anas.unit() as unit:
        key = queries.public_key(unit, anas.member.id)
    false = new_authority(office.unlocked.agency.id, "Riverbend Home Infusion", NOW)
    hers = issue(false, anas.member.id, anas.member.name, "RN", "nurse", key, NOW)
    packet = make_packet(false, "Riverbend Home Infusion", None, [hers], {}, 2**40, NOW)
    for act in (anas.join, anas.trust):
        with pytest.raises(Refused) as refused:
            act(packet)
        assert refused.value.code == "other-authority"
    with anas.unit() as unit:
        assert queries.trust(unit).says(hers, NOW) is Trusted.UNKNOWN


def test_an_agency_cannot_revoke_another_agencys_people(office: Laptop, anas: Laptop) -> None:
    with office.unit() as unit:
        hers = queries.certificates_of(unit, office.member.id)[0]
    packet = signed_json.read(PACKET).body
    body = {
        **packet,
        "revoked": [{"sha256": hers.sha256, "from": "2026-01-01T00:00:00Z", "reason": ""}],
    }
    with pytest.raises(BadFile) as bad:
        anas.trust(signed_json.written(body, AUTHORITY.key))
    assert bad.value.code == "other-agency"


def test_serials_rise_though_the_clock_goes_back(office: Laptop) -> None:
    first = read_packet(office.packet()).serial
    office.clock.at = NOW - 400 * DAY
    assert read_packet(office.packet()).serial == first + 1


def test_what_fails_leaves_the_record_as_it_was(office: Laptop) -> None:
    with office.unit() as unit:
        before = queries.members(unit), queries.pinned_agencies(unit)
    with pytest.raises(InfusionVisitsError):
        enrolling.accept(
            office.unlocked,
            REQUEST,
            read_request(REQUEST).words,
            OTHER_PASSPHRASE,
            office.clock,
            office.ids,
            ZONE,
        )
    with office.unit() as unit:
        assert (queries.members(unit), queries.pinned_agencies(unit)) == before
