"""Every agency has its authority, only its holder opens it, and everybody gets a certificate."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import Missing, Refused, WrongPassphrase
from infusion_visits.records import key_file
from infusion_visits.team import actions, authority, enrolling, queries
from infusion_visits.team.actions import NewMember
from infusion_visits.vault.certificates import MEMBER_LIVES, Trusted
from infusion_visits.vault.keys import FLOOR
from tests.fixtures.records import OTHER_PASSPHRASE, PASSPHRASE, ZONE
from tests.fixtures.two_laptops import ANAS_PASSPHRASE

if TYPE_CHECKING:
    from uuid import UUID

    from tests.fixtures.two_laptops import Laptop


def paula(laptop: Laptop) -> UUID:
    """The coordinator on the office's laptop, who is not the holder."""
    return next(
        slot.member
        for slot in key_file.load(laptop.folder).slots
        if slot.member != laptop.member.id
    )


def without_authority(laptop: Laptop) -> None:
    """The record as an earlier version left it."""
    with laptop.unit(write=True) as unit:
        for trigger in unit.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            if "member_certificate" in trigger[0] or "revoked" in trigger[0]:
                unit.run(f'DROP TRIGGER "{trigger[0]}"')
        for table in ("member_certificate", "trusted_agency", "agency_authority"):
            unit.run(f"DELETE FROM {table}")
        unit.commit()


def test_set_up_makes_the_authority_and_the_first_certificate(office: Laptop) -> None:
    with office.unit() as unit:
        own = queries.own_agency(unit)
        assert own is not None
        assert (own.id, own.name) == (office.unlocked.agency.id, "Riverbend Home Infusion")
        assert own.certificate.is_authority
        signs = actions.signatory(unit, office.member.id, PASSPHRASE)
        trust = queries.trust(unit)
    assert signs.authority == own.certificate
    assert signs.certificate.public_key == signs.key.public_key
    assert signs.certificate.name == "Ines Halvorsen, RN"
    assert trust.says(signs.certificate, office.clock.now()) is Trusted.TRUSTED


def test_a_member_who_was_added_signs_under_the_same_authority(office: Laptop) -> None:
    with office.unit() as unit:
        signs = actions.signatory(unit, paula(office), OTHER_PASSPHRASE)
        assert signs.certificate.role == "coordinator"
        assert queries.trust(unit).says(signs.certificate, unit.now) is Trusted.TRUSTED
        with pytest.raises(WrongPassphrase):
            actions.signatory(unit, paula(office), PASSPHRASE)


def test_only_the_holders_passphrase_opens_the_authority(office: Laptop) -> None:
    with office.unit() as unit:
        assert authority.opened(unit, PASSPHRASE).certificate.is_authority
        with pytest.raises(WrongPassphrase, match="Ines Halvorsen"):
            authority.opened(unit, OTHER_PASSPHRASE)


def test_the_authority_locked_for_another_holder_does_not_open(office: Laptop) -> None:
    with office.unit(write=True) as unit:
        unit.run("UPDATE agency_authority SET holder_id = ?", (paula(office).bytes,))
        with pytest.raises(WrongPassphrase):
            authority.opened(unit, PASSPHRASE)


def test_an_exchanged_authority_certificate_is_noticed(office: Laptop, anas: Laptop) -> None:
    with anas.unit() as unit:
        other = queries.own_agency(unit)
    assert other is not None
    with office.unit(write=True) as unit:
        unit.run("UPDATE agency_authority SET certificate = ?", (other.certificate.der,))
        with pytest.raises(Refused, match="exchanged"):
            authority.opened(unit, PASSPHRASE)


@pytest.mark.parametrize(
    ("given", "kind"),
    [(None, Refused), (OTHER_PASSPHRASE, WrongPassphrase)],
)
def test_a_member_is_added_only_by_the_holder(
    office: Laptop, given: str | None, kind: type[Exception]
) -> None:
    before = key_file.load(office.folder)
    with pytest.raises(kind):
        actions.add_member(
            office.unlocked,
            NewMember("Tom Reyes", "RN"),
            "wide green meadow path",
            office.clock,
            office.ids,
            ZONE,
            authority_passphrase=given,
            stretch=FLOOR,
        )
    assert key_file.load(office.folder) == before
    with office.unit() as unit:
        assert "Tom Reyes" not in {one.name for one in queries.members(unit)}


def test_an_older_record_gets_everything_when_its_first_member_unlocks(office: Laptop) -> None:
    without_authority(office)
    with office.unit() as unit, pytest.raises(Missing) as none:
        actions.signatory(unit, office.member.id, PASSPHRASE)
    assert none.value.code == "no-certificate"
    office.again()
    with office.unit() as unit:
        for member, passphrase in (
            (office.member.id, PASSPHRASE),
            (paula(office), OTHER_PASSPHRASE),
        ):
            signs = actions.signatory(unit, member, passphrase)
            assert queries.trust(unit).says(signs.certificate, unit.now) is Trusted.TRUSTED


def test_nobody_but_the_first_member_makes_the_authority(office: Laptop) -> None:
    without_authority(office)
    office.unlocked.close()
    second = paula(office)
    office.unlocked = actions.unlock(
        office.folder, second, OTHER_PASSPHRASE, office.clock, office.ids, ZONE
    )
    with office.unit() as unit:
        assert queries.own_agency(unit) is None
        assert queries.trust(unit).authorities == ()


def test_when_the_first_has_left_the_next_who_signs_here_makes_it(office: Laptop) -> None:
    without_authority(office)
    first = office.member.id
    with office.unit(write=True) as unit:
        unit.run("UPDATE member SET left_at = updated_at WHERE id = ?", (first.bytes,))
        unit.commit()
    office.unlocked.close()
    second = paula(office)
    office.unlocked = actions.unlock(
        office.folder, second, OTHER_PASSPHRASE, office.clock, office.ids, ZONE
    )
    with office.unit() as unit:
        assert actions.signatory(unit, second, OTHER_PASSPHRASE).certificate.member == second
        assert queries.certificates_of(unit, first) == ()


def test_a_certificate_is_renewed_when_the_holder_unlocks_in_its_last_two_months(
    office: Laptop,
) -> None:
    with office.unit() as unit:
        first = queries.certificates_of(unit, paula(office))
    office.clock.at = first[0].ends - authority.RENEWED_BEFORE - timedelta(days=1)
    office.again()
    with office.unit() as unit:
        assert queries.certificates_of(unit, paula(office)) == first
    office.clock.at = first[0].ends - authority.RENEWED_BEFORE + timedelta(days=1)
    office.again()
    with office.unit() as unit:
        held = queries.certificates_of(unit, paula(office))
        assert len(held) == 2
        assert held[1].ends == office.clock.now() + MEMBER_LIVES
        assert actions.signatory(unit, paula(office), OTHER_PASSPHRASE).certificate == held[1]
    office.again()
    with office.unit() as unit:
        assert len(queries.certificates_of(unit, paula(office))) == 2


def test_a_clock_that_ran_ahead_at_set_up_keeps_nobody_from_signing(office: Laptop) -> None:
    office.clock.at -= timedelta(days=400)
    with office.unit() as unit, pytest.raises(Refused, match="does not count yet"):
        actions.signatory(unit, office.member.id, PASSPHRASE)
    office.again()
    with office.unit() as unit:
        signs = actions.signatory(unit, office.member.id, PASSPHRASE)
        assert queries.trust(unit).says(signs.certificate, unit.now) is Trusted.TRUSTED
    office.clock.at += timedelta(days=400)
    with office.unit() as unit:
        actions.signatory(unit, office.member.id, PASSPHRASE)


def test_the_authority_is_renewed_in_its_last_two_years_and_stays_the_same(
    office: Laptop, anas: Laptop
) -> None:
    anas.join(office.accept(anas.request()))
    with office.unit() as unit:
        first = queries.own_agency(unit)
        ines = queries.certificates_of(unit, office.member.id)[0]
    assert first is not None
    at = first.certificate.ends - timedelta(days=700)
    office.clock.at = anas.clock.at = at
    office.again()
    with office.unit() as unit:
        renewed = queries.own_agency(unit)
        assert renewed is not None
        assert renewed.certificate.ends > first.certificate.ends + timedelta(days=2000)
        assert queries.trust(unit).says(ines, ines.ends) is Trusted.TRUSTED
        assert queries.certificates_of(unit, office.member.id)[-1].ends == at + MEMBER_LIVES
    enrolling.join(anas.unlocked, office.packet(), None, anas.clock, anas.ids, ZONE)
    with anas.unit() as unit:
        signs = actions.signatory(unit, anas.member.id, ANAS_PASSPHRASE)
        assert signs.authority == renewed.certificate


def test_an_authority_that_cannot_be_opened_keeps_nobody_out(office: Laptop) -> None:
    with office.unit(write=True) as unit:
        unit.run("UPDATE agency_authority SET certificate = X'00', wrapped = X'7B7D'")
        unit.commit()
    with office.unit() as unit:
        office.clock.at = queries.certificates_of(unit, office.member.id)[0].ends
    office.again()
    assert office.member.name == "Ines Halvorsen"


def test_nothing_is_signed_with_a_certificate_that_readers_would_refuse(office: Laptop) -> None:
    with office.unit() as unit:
        held = queries.certificates_of(unit, office.member.id)[0]
    for at, words in (
        (held.ends + timedelta(days=1), "has run out"),
        (held.starts - timedelta(days=1), "does not count yet"),
    ):
        office.clock.at = at
        with office.unit() as unit, pytest.raises(Refused, match=words) as refused:
            actions.signatory(unit, office.member.id, PASSPHRASE)
        assert refused.value.code == "certificate"
