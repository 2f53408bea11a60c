"""What cards and typed numbers bring in stands still: another hand looks at it (bar 14)."""

import pytest
from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.models import Scan
from qinghe.systems.volunteering.rules import Code
from qinghe.systems.volunteering.services import NewScan

from .makers import NINE, at, sign_in

pytestmark = pytest.mark.django_db
LATER = at(20)


def code_of(refusing):
    with pytest.raises(Refused) as refusal:
        refusing()
    return refusal.value.code


def scan(session, volunteer, *, moment=NINE, by, card=False):
    """Scan a card, or type its number, under the device of who keeps the door."""
    told = queries.card_text(by, volunteer.number) if card else volunteer.number
    new = NewScan(f"{volunteer.pk} {moment}", told, "in", "A")
    services.scan_card(session=session, new=new, at=moment, by=by)
    return Scan.objects.get(nonce=new.nonce)


def look(session, *, by, moment=LATER):
    return services.look_at_standing(session=session, at=moment, by=by)


@pytest.fixture
def scanned(cast, ming, hua, session):
    """One card and one typed number, by the leader."""
    return [scan(session, ming, by=cast.he, card=True), scan(session, hua, by=cast.he)]


def test_a_card_and_a_number_wait_and_the_rotating_code_does_not(cast, ming, hua, session):
    code = Code(session.pk, "in", rules.step_at(NINE))
    own = Actor(ming.person_id, "本人")
    services.scan_code(
        session=session, code=code, volunteer=ming, tap=services.Tap(), at=NINE, by=own
    )
    assert queries.standing_counts(cast.chen, session) == (0, 0)

    kept = scan(session, hua, by=cast.he, card=True)

    assert (kept.how, kept.look_due, kept.by) == ("card", NINE, str(cast.he))
    assert queries.standing_counts(cast.chen, session) == (1, 1)


def test_who_looked_is_kept_and_what_comes_later_waits_anew(cast, ming, hua, session, scanned):
    assert look(session, by=cast.chen) == 2

    kept = Scan.objects.order_by("pk").first()
    assert (kept.look_due, kept.looked_at, kept.looked_by) == (None, LATER, str(cast.chen))
    entry = Entry.objects.get(verb="volunteering.look_at_scans")
    assert entry.detail["scans"] == 2
    assert not queries.sessions_to_look_at(cast.chen).exists()
    assert code_of(lambda: look(session, by=cast.chen)) == "nothing_to_look_at"

    scan(session, hua, moment=at(10), by=cast.he)  # said already: nothing that counts
    assert queries.standing_counts(cast.chen, session)[1] == 0
    out = NewScan("later", ming.number, "out", "A")
    services.scan_card(session=session, new=out, at=at(11), by=cast.he)
    assert queries.sessions_to_look_at(cast.chen).get() == session


def test_neither_who_scanned_nor_who_was_scanned_nor_a_stranger_looks(cast, ming, session, scanned):
    own = Actor(ming.person_id, "明小麦", cast.chen.holdings)
    hers = Actor(cast.he.person_id, "何", cast.chen.holdings)

    for by, code in (
        (cast.he, "not_allowed"), (cast.zhou, "not_allowed"), (own, "own_hours"), (hers, "own_scans"),
    ):  # fmt: skip
        assert code_of(lambda by=by: look(session, by=by)) == code
        assert not queries.sessions_to_look_at(by).exists()
    assert Scan.objects.filter(look_due__isnull=False).count() == 2


def test_before_its_end_nobody_is_asked_for_it(cast, session, scanned, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(11))

    assert not queries.sessions_to_look_at(cast.chen).exists()
    assert code_of(lambda: look(session, by=cast.chen, moment=at(11))) == "not_over"


def test_the_desk_is_led_from_the_inbox_to_the_cards_and_says_that_it_looked(
    client, cast, session, scanned
):
    sign_in(client, cast.chen)
    page = reverse("volunteering:standing_scans", args=[session.pk])
    inbox = client.get(reverse("web:inbox")).content.decode()
    assert "有 2 次扫卡或输编号的签到待核对" in inbox
    assert page in inbox
    assert (
        "2次（2次待核对）"
        in client.get(reverse("volunteering:session", args=[session.pk])).content.decode()
    )

    shown = client.get(page).content.decode()
    for told in ("扫志愿者卡", "输入志愿者编号", str(cast.he), "2022-05-04 09:00", "已逐条核对"):
        assert told in shown
    done = client.post(reverse("volunteering:standing_look", args=[session.pk]), follow=True)

    assert "已核对2次扫卡签到" in done.content.decode()
    assert "已逐条核对，确认到场" not in done.content.decode()
    assert "待核对" not in client.get(reverse("web:inbox")).content.decode()


def test_a_leader_does_not_look_at_the_cards(client, cast, session, scanned):
    sign_in(client, cast.he)

    assert client.get(reverse("volunteering:standing_scans", args=[session.pk])).status_code == 403
