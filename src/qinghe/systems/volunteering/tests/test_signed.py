"""A certificate in words that the house has signed: anybody checks them, with us or without (bar 18)."""

import base64
import random
from datetime import date

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from qinghe.kernel.access.queries import NOBODY
from qinghe.kernel.secrets import rotation, signing
from qinghe.systems.volunteering import queries, services
from tests.cast import NOW, actor

from .makers import at, serve, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def made(cast, ming, session):
    serve(ming, session=session, came=at(9), left=at(10, 30), by=cast.lin)
    new = services.NewCertificate(
        volunteer=ming, issuer=cast.henggang, served_from=date(2022, 1, 1),
        served_to=date(2022, 6, 30),
    )  # fmt: skip
    return services.certify_oneself(new=new, at=NOW, by=actor(cast.xiaoming))


@pytest.fixture
def text(made):
    return queries.signed_text(NOBODY, made, name="明小麦")


def test_the_words_say_what_the_paper_says_and_are_genuine(made, text):
    found = queries.genuine(NOBODY, text)

    assert dict(found.facts)["服务时长"] == "1.5小时"
    assert "明小麦" in text
    assert "明小麦" not in str(found.facts)
    assert not found.revoked
    assert queries.genuine(NOBODY, f"\n{text}\n".replace("\n", "\r\n")) == found


def test_a_change_of_any_bit_is_refused(text):
    raw, draw = text.encode(), random.Random(18)
    for place in draw.sample(range(8 * len(raw)), 1000):
        changed = bytearray(raw)
        changed[place // 8] ^= 1 << place % 8
        assert queries.genuine(NOBODY, changed.decode(errors="replace")) is None


def test_the_last_letter_cannot_be_another_for_the_same_bytes(text):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    passing = [one for one in letters if queries.genuine(NOBODY, text[:-1] + one)]

    assert passing == [text[-1]]


def test_whoever_has_the_published_key_checks_without_us(client, text):
    told = client.get(reverse("volunteering:signing_keys")).json()
    said, _, line = text.rpartition("\n签名：")
    name, _, letters = line.partition(".")
    key = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(f"{told['keys'][name]}=="))
    signed = base64.urlsafe_b64decode(f"{letters}==")

    key.verify(signed, said.encode())
    with pytest.raises(InvalidSignature):
        key.verify(signed, said.replace("1.5", "9.5").encode())


def test_a_new_key_signs_and_the_old_one_is_still_published(made, text):
    call_command("rotate-keys", signing=True)

    again = queries.signed_text(NOBODY, made, name="明小麦")
    assert again != text
    assert len(signing.public_keys()) == 2
    assert queries.genuine(NOBODY, text)
    assert queries.genuine(NOBODY, again)
    rotation.retire()
    assert len(signing.public_keys()) == 2


def test_the_page_tells_genuine_from_changed_and_from_revoked(client, cast, made, text):
    page = reverse("volunteering:check_signed")

    def told(words):
        return client.post(page, {"text": words}).content.decode()

    assert "签名有效" in told(text)
    assert "签名不符" in told(text.replace("横岗街道", "坂田街道"))
    assert "签名不符" in told("随便写的")
    services.revoke_certificate(certificate=made, reason="主办单位更正", at=NOW, by=cast.chen)
    assert "已撤销" in told(text)


def test_a_volunteer_takes_the_words_and_the_paper_carries_them(client, cast, made):
    sign_in(client, actor(cast.xiaoming))
    page = reverse("volunteering:own_certificate_paper", args=[made.number])

    words = client.get(page, {"as": "text"}).content.decode()

    assert queries.genuine(NOBODY, words)
    assert client.get(page).content.startswith(b"%PDF")


def test_without_keys_the_paper_is_printed_without_a_signature(
    client, cast, made, settings, tmp_path
):
    sign_in(client, actor(cast.xiaoming))
    settings.QINGHE_KEYS = tmp_path / "away"
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "sign-0001.key").write_text("not a key")
    page = reverse("volunteering:own_certificate_paper", args=[made.number])

    assert client.get(page).content.startswith(b"%PDF")
