"""A small signed file has one spelling: nothing in it can be changed, nothing read in two ways."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.errors import BadFile
from infusion_visits.vault import signed_json
from infusion_visits.vault.signatures import new_signing_key

KEY = new_signing_key()
BODY = {"name": "Ana Ortiz, RN", "serial": 7, "list": ["a", {"b": ""}]}
FILE = signed_json.written(BODY, KEY)


def test_what_was_written_reads_back_and_verifies() -> None:
    read = signed_json.read(FILE)
    assert read.body == BODY
    assert read.by(KEY.public_key)
    assert not read.by(new_signing_key().public_key)


def test_no_byte_can_be_changed() -> None:
    for at in range(len(FILE)):
        changed = FILE[:at] + bytes([FILE[at] ^ 1]) + FILE[at + 1 :]
        with contextlib.suppress(BadFile):
            assert not signed_json.read(changed).by(KEY.public_key)


DEEP = b'{"body":' + b"[" * 200_000 + b"]" * 200_000 + b',"signature":""}'
WHOLE = FILE.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"body":{}}',
        b'{"body":{},"signature":"zz"}',
        b'{"body":[],"signature":""}',
        b'{"body":{},"signature":"","more":1}',
        b'{"body":{"a":NaN},"signature":""}',
        b'{"body":{"a":1e999},"signature":""}',
        b'{"body":{"a":' + b"9" * 300 + b'},"signature":""}',
        b'{"body":{"a":1,"a":1},"signature":""}',
        b'{"body":{"a":"\\ud800"},"signature":""}',
        DEEP,
        FILE + b" ",
        b"\xef\xbb\xbf" + FILE,
        FILE[:-1],
        json.dumps(json.loads(WHOLE), indent=1).encode(),
        b" " * (signed_json.LARGEST_BYTES + 1),
    ],
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        signed_json.read(data)


PLAIN: Any = st.recursive(
    st.text() | st.booleans() | st.none() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), PLAIN, max_size=4))
def test_any_body_comes_back(body: dict[str, Any]) -> None:
    read = signed_json.read(signed_json.written(body, KEY))
    assert read.body == body
    assert read.by(KEY.public_key)
