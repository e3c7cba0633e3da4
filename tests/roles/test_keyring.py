"""A hashed value can be found again, and a sealed value opens only for the same purpose and context."""

import os
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from roles.keyring import UnknownKey, Unsealable, every_keyed_hash, keyed_hash, seal, unseal

HERE = UUID("11111111-1111-4111-8111-111111111111")
NEIGHBOUR = UUID("22222222-2222-4222-8222-222222222222")
NUMBER = "13926012345"


def test_the_same_value_has_the_same_hash_and_another_value_another() -> None:
    assert keyed_hash("subject", HERE, NUMBER) == keyed_hash("subject", HERE, NUMBER)
    assert keyed_hash("subject", HERE, NUMBER) != keyed_hash("subject", HERE, NUMBER[::-1])


def test_a_hash_says_nothing_in_another_organisation_or_for_another_purpose() -> None:
    hashes = {
        keyed_hash("subject", HERE, NUMBER),
        keyed_hash("subject", NEIGHBOUR, NUMBER),
        keyed_hash("subject", None, NUMBER),
        keyed_hash("criterion", HERE, NUMBER),
    }
    assert len(hashes) == 4


def test_a_hash_is_64_hex_digits_without_the_value() -> None:
    hashed = keyed_hash("subject", HERE, NUMBER)
    assert len(bytes.fromhex(hashed)) == 32
    assert NUMBER not in hashed


def test_after_a_rotation_the_older_hash_is_still_among_those_to_look_for(settings: Settings) -> None:
    before = keyed_hash("subject", HERE, NUMBER)
    settings.FIKSREG_MASTER_KEYS = [os.urandom(32), *settings.FIKSREG_MASTER_KEYS]
    now, *older = every_keyed_hash("subject", HERE, NUMBER)
    assert now == keyed_hash("subject", HERE, NUMBER) != before
    assert before in older


@given(plaintext=st.binary(max_size=2000), context=st.binary(max_size=40))
def test_a_sealed_text_opens_again_and_never_looks_the_same_twice(plaintext: bytes, context: bytes) -> None:
    first, second = seal("number", plaintext, context), seal("number", plaintext, context)
    assert unseal("number", first, context) == unseal("number", second, context) == plaintext
    assert first != second


@pytest.mark.parametrize(("purpose", "context"), [("file", b"row 1"), ("number", b"row 2"), ("number", b"")])
def test_a_box_does_not_open_for_another_purpose_or_context(purpose: str, context: bytes) -> None:
    sealed = seal("number", b"13926012345", b"row 1")
    with pytest.raises(Unsealable):
        unseal(purpose, sealed, context)


def test_a_box_with_any_byte_changed_or_cut_off_does_not_open() -> None:
    sealed = seal("number", b"13926012345", b"row 1")
    for position in range(len(sealed)):
        altered = sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :]
        for box in (altered, sealed[:position]):
            with pytest.raises(Unsealable):
                unseal("number", box, b"row 1")


def test_an_older_master_key_still_opens_what_it_sealed(settings: Settings) -> None:
    sealed = seal("number", b"13926012345", b"row 1")
    settings.FIKSREG_MASTER_KEYS = [os.urandom(32), *settings.FIKSREG_MASTER_KEYS]
    assert unseal("number", sealed, b"row 1") == b"13926012345"


def test_without_its_master_key_a_box_stays_shut_and_the_error_shows_nothing(settings: Settings) -> None:
    sealed = seal("number", b"13926012345", b"row 1")
    settings.FIKSREG_MASTER_KEYS = [os.urandom(32)]
    with pytest.raises(UnknownKey) as shut:
        unseal("number", sealed, b"row 1")
    assert "13926012345" not in str(shut.value)


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x02" + bytes(40)])
def test_a_box_that_seal_did_not_make_is_no_case_for_a_retry(box: bytes) -> None:
    with pytest.raises(Unsealable) as shut:
        unseal("number", box, b"row 1")
    assert not isinstance(shut.value, UnknownKey)
