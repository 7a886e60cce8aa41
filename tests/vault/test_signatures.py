"""A signature fits one key and one message, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.errors import BadFile
from infusion_visits.vault.signatures import new_signing_key, signing_key, verify

KEY = new_signing_key()
MESSAGE = b'{"type":"visit-note","v":1}'


@settings(max_examples=50)
@given(message=st.binary(max_size=300))
def test_a_signature_is_64_bytes_and_verifies(message: bytes) -> None:
    signature = KEY.sign(message)
    assert len(signature) == 64
    assert verify(KEY.public_key, message, signature)


@settings(max_examples=60)
@given(place=st.integers(0, 63), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_signature_is_found(place: int, bit: int) -> None:
    signature = bytearray(KEY.sign(MESSAGE))
    signature[place] ^= 1 << bit
    assert not verify(KEY.public_key, MESSAGE, bytes(signature))


def test_another_message_key_or_length_does_not_verify() -> None:
    signature = KEY.sign(MESSAGE)
    assert not verify(KEY.public_key, MESSAGE + b" ", signature)
    assert not verify(new_signing_key().public_key, MESSAGE, signature)
    assert not verify(KEY.public_key, MESSAGE, signature[:-1])
    assert not verify(KEY.public_key, MESSAGE, b"\0" * 64)
    assert not verify(b"no key", MESSAGE, signature)
    assert not verify(b"", MESSAGE, signature)


def test_the_public_key_is_the_uncompressed_point() -> None:
    assert len(KEY.public_key) == 65
    assert KEY.public_key[0] == 4


def test_a_key_reads_back_from_its_bytes_and_does_not_show_itself() -> None:
    again = signing_key(KEY.private_bytes())
    assert again.public_key == KEY.public_key
    assert verify(KEY.public_key, MESSAGE, again.sign(MESSAGE))
    assert repr(again) == "SigningKey()"


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(BadFile):
        signing_key(b"no key")


def test_a_published_es256_signature_verifies() -> None:
    """RFC 7515 appendix A.3: the ES256 example."""
    from base64 import urlsafe_b64decode as decode

    x = decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU=")
    y = decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0=")
    message = (
        b"eyJhbGciOiJFUzI1NiJ9"
        b".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        b"cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    )
    signature = decode(
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q=="
    )
    assert verify(b"\x04" + x + y, message, signature)
