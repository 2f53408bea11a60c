"""Sealed texts against published vectors, and against whoever changes or moves them (bar 29)."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as some

from qinghe.lib import ciphers
from qinghe.lib.ciphers import Algorithm, Header, Key
from qinghe.lib.verdicts import Refused

ABOUT = "people_contact.phone.17"
SECRET = bytes(range(32))
BOTH = pytest.mark.parametrize("algorithm", Algorithm, ids=lambda each: each.name)

sealed_with = some.sampled_from(Algorithm)
texts = some.text(min_size=1, max_size=60)

# RFC 8998, appendix A.1.
RFC_KEY = "0123456789abcdeffedcba9876543210"
RFC_NONCE = "00001234567800000000abcd"
RFC_ADDED = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
RFC_CLEAR = (
    "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
    "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
)
RFC_HIDDEN = (
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
)
RFC_TAG = "83de3541e4c2b58177e065a9bf7b62ec"


def key(algorithm, *, secret=SECRET, purpose="people_contact.phone"):
    return ciphers.derive(secret, purpose=purpose, algorithm=algorithm)


def ring(*keys):
    return {Header(each.algorithm, each.id): each for each in keys}


def test_sm4_gcm_is_that_of_rfc_8998():
    sm4 = Key(id=1, algorithm=Algorithm.SM4, secret=bytes.fromhex(RFC_KEY))
    nonce, added = bytes.fromhex(RFC_NONCE), bytes.fromhex(RFC_ADDED)

    hidden = ciphers.encrypt(bytes.fromhex(RFC_CLEAR), key=sm4, nonce=nonce, added=added)

    assert hidden.hex() == RFC_HIDDEN + RFC_TAG
    assert ciphers.decrypt(hidden, key=sm4, nonce=nonce, added=added).hex() == RFC_CLEAR


def test_sm4_is_that_of_the_standard():
    """Rules §6.3, through the counter: the block cipher of an all-known block."""
    sm4 = Key(id=1, algorithm=Algorithm.SM4, secret=bytes.fromhex(RFC_KEY))
    block = bytes.fromhex(RFC_KEY)

    hidden = ciphers.encrypt(b"\0" * 16, key=sm4, nonce=block[:12], added=b"")

    # GCM enciphers its second counter first; the published block proves the cipher beneath it.
    assert _sm4_block(block, block).hex() == "681edf34d206965e86b3e94f536e4246"
    assert hidden[:16] == _sm4_block(block, block[:12] + b"\0\0\0\2")


def _sm4_block(secret, block):
    book = Cipher(algorithms.SM4(secret), modes.ECB()).encryptor()
    return book.update(block)


def test_aes_gcm_is_that_of_nist():
    """GCM specification, test case 14: a 256-bit key and one block of zeros."""
    aes = Key(id=1, algorithm=Algorithm.AES, secret=bytes(32))

    hidden = ciphers.encrypt(bytes(16), key=aes, nonce=bytes(12), added=b"")

    assert hidden.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


def test_blind_indexes_are_those_of_the_standards():
    """RFC 4231 case 2 for SHA-256; SM3 of abc (rules §6.3) through the definition of HMAC."""
    words = "what do ya want for nothing?"

    aes = ciphers.blind(words, key=Key(id=1, algorithm=Algorithm.AES, secret=b"Jefe"))
    sm4 = ciphers.blind(words, key=Key(id=1, algorithm=Algorithm.SM4, secret=b"Jefe"))

    assert aes == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sm4 == _hmac_by_hand(b"Jefe", words.encode())
    assert _sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def _sm3(data):
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def _hmac_by_hand(secret, data):
    padded = secret.ljust(64, b"\0")
    inner = _sm3(bytes(sign ^ 0x36 for sign in padded) + data)
    return _sm3(bytes(sign ^ 0x5C for sign in padded) + inner).hex()


@pytest.mark.parametrize(
    "sealed",
    [
        "010186a02c9b000102030405060708090a0b92303b0a4800e59c25c59a7f32e7b288dda5334bcf71e61322",
        "010286a02c9b000102030405060708090a0babe0a0742014d06ab281686b9a59e71661473cdcef216c2ae1",
    ],
    ids=["AES", "SM4"],
)
def test_what_an_older_version_sealed_still_opens(sealed):
    """Version 1, with the keys and their ids as they are derived for good."""
    keys = ring(*map(key, Algorithm))

    assert ciphers.unseal(bytes.fromhex(sealed), keys=keys, about=ABOUT) == "明小麦"


@BOTH
def test_an_empty_text_is_sealed_and_opened_too(algorithm):
    sealed = ciphers.seal("", key=key(algorithm), about=ABOUT)

    assert ciphers.unseal(sealed, keys=ring(key(algorithm)), about=ABOUT) == ""


def test_each_secret_is_drawn_anew_and_long_enough():
    one, other = ciphers.new_secret(), ciphers.new_secret()

    assert len(one) == len(other) == 32
    assert one != other


@given(text=texts, algorithm=sealed_with)
def test_what_is_sealed_comes_back_at_its_place(text, algorithm):
    sealed = ciphers.seal(text, key=key(algorithm), about=ABOUT)

    assert ciphers.unseal(sealed, keys=ring(key(algorithm)), about=ABOUT) == text


@given(text=texts, algorithm=sealed_with, bit=some.integers(min_value=0))
def test_one_changed_bit_is_refused(text, algorithm, bit):
    sealed = bytearray(ciphers.seal(text, key=key(algorithm), about=ABOUT))
    place = bit % (len(sealed) * 8)
    sealed[place // 8] ^= 1 << place % 8

    with pytest.raises(Refused) as refused:
        ciphers.unseal(bytes(sealed), keys=ring(*map(key, Algorithm)), about=ABOUT)

    assert refused.value.code in {"sealed_damaged", "key_missing"}


@given(text=texts, algorithm=sealed_with, kept=some.integers(min_value=0))
def test_a_cut_value_is_refused(text, algorithm, kept):
    sealed = ciphers.seal(text, key=key(algorithm), about=ABOUT)

    with pytest.raises(Refused, match="改动"):
        ciphers.unseal(sealed[: kept % len(sealed)], keys=ring(key(algorithm)), about=ABOUT)


@given(
    text=texts,
    algorithm=sealed_with,
    elsewhere=some.sampled_from(
        ["people_contact.phone.18", "people_contact.guardian_phone.17", "other.phone.17", ""]
    ),
)
def test_a_value_moved_to_another_row_column_or_table_is_refused(text, algorithm, elsewhere):
    sealed = ciphers.seal(text, key=key(algorithm), about=ABOUT)

    with pytest.raises(Refused) as refused:
        ciphers.unseal(sealed, keys=ring(key(algorithm)), about=elsewhere)

    assert refused.value.code == "sealed_damaged"


@BOTH
def test_a_value_of_a_key_that_is_not_there_is_refused_as_such(algorithm):
    sealed = ciphers.seal("明小麦", key=key(algorithm), about=ABOUT)
    other = key(algorithm, secret=bytes(32))

    with pytest.raises(Refused) as refused:
        ciphers.unseal(sealed, keys=ring(other), about=ABOUT)

    assert refused.value.code == "key_missing"
    assert refused.value.reason.startswith("加密密钥不在密钥文件夹中，")
    assert refused.value.reason.endswith("请联系系统管理员从密钥备份中恢复密钥文件。")


@BOTH
def test_keys_of_two_columns_do_not_open_each_other(algorithm):
    sealed = ciphers.seal("明小麦", key=key(algorithm), about=ABOUT)
    other = key(algorithm, purpose="people_contact.address")

    with pytest.raises(Refused):
        ciphers.unseal(sealed, keys=ring(other), about=ABOUT)


@BOTH
@pytest.mark.whole
def test_a_million_nonces_do_not_repeat(algorithm):
    """Bar 29."""
    sealing = key(algorithm)

    nonces = {ciphers.seal("x", key=sealing, about=ABOUT)[6:18] for _ in range(1_000_000)}

    assert len(nonces) == 1_000_000


@BOTH
def test_nonces_do_not_repeat(algorithm):
    """Bar 29, in short."""
    sealing = key(algorithm)

    nonces = {ciphers.seal("x", key=sealing, about=ABOUT)[6:18] for _ in range(20_000)}

    assert len(nonces) == 20_000


def test_a_key_does_not_tell_its_secret_when_printed():
    shown = repr(key(Algorithm.AES)) + str(key(Algorithm.SM4))

    assert "secret" not in shown


@BOTH
def test_decrypting_by_hand_raises_for_a_wrong_tag(algorithm):
    hidden = ciphers.encrypt(b"abc", key=key(algorithm), nonce=bytes(12), added=b"")

    with pytest.raises(InvalidTag):
        ciphers.decrypt(hidden[:-1] + b"\0", key=key(algorithm), nonce=bytes(11) + b"\1", added=b"")
