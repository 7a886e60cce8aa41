"""A certificate says who signs for which agency; anybody else's says nothing here."""

from __future__ import annotations

import contextlib
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.errors import BadFile
from infusion_visits.vault.building import CLOCK_SLACK
from infusion_visits.vault.certificates import (
    AUTHORITY_LIVES,
    MEMBER_LIVES,
    Authority,
    Certificate,
    Signatory,
    Trust,
    Trusted,
    issue,
    new_authority,
    read_certificate,
    renewed_authority,
    words_of,
)
from infusion_visits.vault.signatures import new_signing_key
from infusion_visits.vault.voice import spoken, voice_list

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
AGENCY, ANA = UUID(int=11), UUID(int=22)
KEY = new_signing_key()
AUTHORITY = new_authority(AGENCY, "Riverbend Home Infusion", NOW)


def certified(
    authority: Authority = AUTHORITY, at: datetime = NOW, name: str = "Ana Ortiz"
) -> Certificate:
    return issue(authority, ANA, name, "RN", "nurse", KEY.public_key, at)


ANAS = certified()


def test_a_members_certificate_says_who_and_for_whom() -> None:
    read = read_certificate(ANAS.der)
    assert (read.member, read.name, read.role) == (ANA, "Ana Ortiz, RN", "nurse")
    assert (read.agency, read.agency_name) == (AGENCY, "Riverbend Home Infusion")
    assert read.public_key == KEY.public_key
    assert (read.starts, read.ends) == (NOW - CLOCK_SLACK, NOW + MEMBER_LIVES)
    assert read.signs_documents
    assert not read.is_authority


def test_an_authoritys_certificate_issues_and_signs_no_document() -> None:
    read = read_certificate(AUTHORITY.certificate.der)
    assert (read.member, read.name, read.role) == (None, "Riverbend Home Infusion", "")
    assert read.agency == AGENCY
    assert read.ends == NOW + AUTHORITY_LIVES
    assert read.is_authority
    assert not read.signs_documents
    assert read.issued_by(read)


def test_the_extensions_are_those_that_readers_of_pdf_files_ask_for() -> None:
    member, authority = ANAS.parsed.extensions, AUTHORITY.certificate.parsed.extensions
    known = authority.get_extension_for_class(x509.SubjectKeyIdentifier).value
    named = member.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert named.key_identifier == known.digest
    basic = authority.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert (basic.value.ca, basic.value.path_length) == (True, 0)
    usage = authority.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_cert_sign
    assert usage.crl_sign
    assert not usage.digital_signature
    usage = member.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not member.get_extension_for_class(x509.BasicConstraints).value.ca
    assert ANAS.parsed.subject.rfc4514_string() == (
        f"2.5.4.5={ANA},CN=Ana Ortiz\\, RN,OU=nurse,O=Riverbend Home Infusion"
    )
    assert 0 < ANAS.parsed.serial_number < 2**159


TRUST = Trust((AUTHORITY.certificate,))
STRANGER = new_authority(AGENCY, "Riverbend Home Infusion", NOW)
OLD = certified(at=NOW - MEMBER_LIVES)
SIGNS_AS_WELL = Authority(KEY, ANAS)


@pytest.mark.parametrize(
    ("certificate", "at", "says"),
    [
        (ANAS, NOW, Trusted.TRUSTED),
        (ANAS, NOW - CLOCK_SLACK, Trusted.TRUSTED),
        (ANAS, NOW - CLOCK_SLACK - timedelta(seconds=1), Trusted.NOT_YET),
        (ANAS, NOW + MEMBER_LIVES, Trusted.TRUSTED),
        (ANAS, NOW + MEMBER_LIVES + timedelta(seconds=1), Trusted.EXPIRED),
        (OLD, NOW + timedelta(seconds=1), Trusted.EXPIRED),
        # One of the same name and id that is not the pinned one.
        (certified(STRANGER), NOW, Trusted.UNKNOWN),
        # A member's key makes a member: the path of the authority ends at members.
        (certified(SIGNS_AS_WELL), NOW, Trusted.UNKNOWN),
        # An authority's own certificate is for no document.
        (AUTHORITY.certificate, NOW, Trusted.UNKNOWN),
        # A second authority under the pinned one, and who it certified.
        (certified(Authority(KEY, AUTHORITY.certificate)), NOW, Trusted.UNKNOWN),
    ],
)
def test_what_trust_says(certificate: Certificate, at: datetime, says: Trusted) -> None:
    assert TRUST.says(certificate, at) is says


def test_a_members_certificate_that_was_pinned_certifies_nobody() -> None:
    assert Trust((ANAS,)).says(certified(SIGNS_AS_WELL), NOW) is Trusted.UNKNOWN


def test_a_revoked_certificate_keeps_what_was_signed_before() -> None:
    lost = NOW + timedelta(days=30)
    trust = replace(TRUST, revoked={ANAS.sha256: lost})
    assert trust.says(ANAS, lost - timedelta(seconds=1)) is Trusted.TRUSTED
    assert trust.says(ANAS, lost) is Trusted.REVOKED
    assert trust.says(ANAS, NOW + MEMBER_LIVES * 2) is Trusted.REVOKED
    assert trust.revoked_from(ANAS) == lost
    again = certified(at=NOW + timedelta(days=40))
    assert trust.says(again, NOW + timedelta(days=41)) is Trusted.TRUSTED


def test_a_strangers_certificate_is_unknown_even_where_it_says_that_it_was_revoked() -> None:
    theirs = certified(STRANGER)
    assert Trust((), {theirs.sha256: NOW}).says(theirs, NOW) is Trusted.UNKNOWN


def test_a_member_outlives_no_authority() -> None:
    late = NOW + AUTHORITY_LIVES - timedelta(days=10)
    assert certified(at=late).ends == AUTHORITY.certificate.ends


def test_an_authority_that_ran_out_certifies_nobody_until_it_is_renewed() -> None:
    end = AUTHORITY.certificate.ends
    whole = certified(at=end - timedelta(days=5))
    later = end + timedelta(days=1)
    assert TRUST.says(whole, later) is Trusted.EXPIRED
    renewed = renewed_authority(AUTHORITY, end - timedelta(days=5))
    trust = Trust((renewed.certificate,))
    assert trust.says(ANAS, NOW) is Trusted.TRUSTED
    after = certified(renewed, end - timedelta(days=4))
    assert trust.says(after, later) is Trusted.TRUSTED
    assert TRUST.authority_of(after) == AUTHORITY.certificate


def test_an_authority_counts_before_its_making_but_its_members_do_not() -> None:
    early = NOW - timedelta(days=300)
    assert AUTHORITY.certificate.starts < early
    assert TRUST.says(ANAS, early) is Trusted.NOT_YET
    assert TRUST.says(certified(at=early), early) is Trusted.TRUSTED


def test_certificates_and_trust_travel_to_another_process() -> None:
    assert TRUST.says(ANAS, NOW) is Trusted.TRUSTED
    trust, certificate = pickle.loads(pickle.dumps((TRUST, ANAS)))
    assert trust.says(certificate, NOW) is Trusted.TRUSTED
    assert certificate == ANAS


def test_no_private_key_is_shown() -> None:
    shown = repr(Signatory(KEY, ANAS, AUTHORITY.certificate)) + repr(AUTHORITY)
    assert KEY.private_bytes().hex()[60:80] not in shown
    assert "EllipticCurvePrivateKey" not in shown


def test_a_changed_bit_is_never_trusted() -> None:
    for at in range(len(ANAS.der)):
        for bit in range(8):
            changed = bytearray(ANAS.der)
            changed[at] ^= 1 << bit
            with contextlib.suppress(BadFile):
                assert TRUST.says(read_certificate(bytes(changed)), NOW) is Trusted.UNKNOWN


def test_the_other_signature_that_verifies_gives_no_second_certificate() -> None:
    # What a revoked member could make of her certificate, to have one of another fingerprint.
    signature = ANAS.parsed.signature
    r, s = decode_dss_signature(signature)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    # The length of the sequence of three parts may change with that of the signature.
    parts = ANAS.parsed.tbs_certificate_bytes + bytes.fromhex("300a06082a8648ce3d040302")
    other = encode_dss_signature(r, order - s)
    assert _enclosed(parts, signature) == ANAS.der
    with pytest.raises(BadFile):
        read_certificate(_enclosed(parts, other))
    library = x509.load_der_x509_certificate(_enclosed(parts, other))
    library.verify_directly_issued_by(AUTHORITY.certificate.parsed)


def _enclosed(parts: bytes, signature: bytes) -> bytes:
    whole = parts + b"\x03" + bytes([len(signature) + 1]) + b"\x00" + signature
    return b"\x30\x82" + len(whole).to_bytes(2, "big") + whole


def _of_another_program() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Somebody")])
    key = rsa.generate_private_key(65537, 2048)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7)
    builder = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    "der", [b"", b"no certificate", ANAS.der[:-1], ANAS.der + b"\0", bytes(20_000)]
)
def test_what_is_no_certificate_is_refused(der: bytes) -> None:
    with pytest.raises(BadFile):
        read_certificate(der)


def test_a_certificate_of_another_program_is_refused() -> None:
    with pytest.raises(BadFile):
        read_certificate(_of_another_program())


def test_a_key_that_is_no_point_gets_no_certificate() -> None:
    with pytest.raises(BadFile):
        issue(AUTHORITY, ANA, "Ana", "", "nurse", bytes(65), NOW)


@given(st.text(min_size=1, max_size=300).filter(lambda text: text.strip() != ""))
def test_any_name_fits_and_reads_back_legible(name: str) -> None:
    try:
        made = certified(name=f"A{name}")
    except BadFile:
        return
    assert made.name.startswith("A")
    assert len(made.name.encode()) <= 64
    assert TRUST.says(made, NOW) is Trusted.TRUSTED
    assert not set(made.name) & {"\u202e", "\n", "\0"}


def test_six_words_are_told_apart_by_voice() -> None:
    words = voice_list()
    assert len(words) == 1296
    assert len({word[:3] for word in words}) == len(words)
    assert all(3 <= len(word) <= 10 for word in words)
    assert (words[0], words[-1]) == ("aardvark", "zucchini")


def test_six_words_stay_those_that_were_once_read_out() -> None:
    # What an older version printed must compare with what a newer one shows.
    assert words_of("00" * 32) == (
        "taekwondo",
        "shovel",
        "semicolon",
        "gangway",
        "mortuary",
        "embroidery",
    )
    assert words_of(ANAS) == words_of(ANAS.sha256)
    assert len(words_of(ANAS)) == 6
    assert words_of(ANAS) != words_of(AUTHORITY.certificate)


def test_typed_words_compare_whatever_stands_between_them() -> None:
    words = ("aardvark", "abdomen", "abyss", "academy", "abiding", "abnormal")
    assert spoken(" Aardvark, abdomen abyss\nACADEMY abiding,abnormal ") == words
    assert spoken("") == ()
