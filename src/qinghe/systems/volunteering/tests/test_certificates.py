"""Certificates: at once and free, shown, sealed, revoked, checked by anybody (V-10…V-15)."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import services as orgs
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules, services
from qinghe.systems.volunteering.models import Attendance, Certificate
from tests.cast import NOW, actor

from .makers import at, make_session, serve, sign_in

pytestmark = pytest.mark.django_db
SPAN = {"served_from": date(2022, 1, 1), "served_to": date(2022, 6, 30)}
SEAL = services.Seal(head="陈穗", handler="周远", contact="0755-2893 0000")


@pytest.fixture(autouse=True)
def nobody_asked_before():
    cache.clear()


@pytest.fixture
def served(cast, ming, hua):
    """小明 served 90 minutes in 横岗 and 30 in 坂田."""
    home = make_session("CC1", org=cast.hongmian)
    away = make_session("CC2", org=cast.xiangjiaotang, starts_at=at(14))
    serve(ming, session=home, came=at(9), left=at(10, 30), by=cast.lin)
    serve(ming, session=away, came=at(14), left=at(14, 30), by=cast.lin)
    return ming


def make(volunteer, issuer, by, **span):
    new = services.NewCertificate(volunteer=volunteer, issuer=issuer, **{**SPAN, **span})
    return services.certify_oneself(new=new, at=NOW, by=by)


@pytest.fixture
def made(cast, served):
    return make(served, cast.henggang, actor(cast.xiaoming))


def url(name, *arguments):
    return reverse(f"volunteering:{name}", args=arguments)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, "0.0"), (59, "0.9"), (60, "1.0"), (119, "1.9"), (72006, "1,200.1")]
)
def test_hours_are_written_with_one_decimal_and_never_rounded_up(minutes, hours):
    assert rules.tenths_of_hours(minutes) == hours


def test_who_records_certifies_and_nobody_else(cast, served):
    oneself = actor(cast.xiaoming)

    counted = [make(served, org, oneself).minutes for org in (cast.longgang, cast.henggang)]

    assert counted == [120, 90]  # the street speaks of its own; the district of both


def test_nothing_served_is_not_certified(cast, served):
    with pytest.raises(Refused, match="没有已生效的服务时长"):
        make(served, cast.huale, actor(cast.xiaoming))


def test_the_future_is_not_certified(cast, served):
    with pytest.raises(Refused, match="不晚于今天"):
        make(served, cast.longgang, actor(cast.xiaoming), served_to=date(2022, 7, 4))


def test_nobody_takes_anothers_record(cast, served):
    with pytest.raises(Refused, match="只能为本人"):
        make(served, cast.longgang, cast.lin)


def test_a_closed_organisation_is_answered_for_by_its_successor(cast, served):
    orgs.merge_org(org=cast.hongmian, into=cast.huale, on=date(2022, 7, 2), at=NOW, by="x")
    cast.hongmian.refresh_from_db()

    made = make(served, cast.hongmian, actor(cast.xiaoming))

    assert (made.issuer, made.minutes) == (cast.huale, 90)


def test_seven_days_in_the_unit_before_the_seal(cast, made):
    services.announce_certificate(certificate=made, at=NOW, by=cast.chen)

    with pytest.raises(Refused, match="未满7天"):
        services.seal_certificate(
            certificate=made, seal=SEAL, at=NOW + timedelta(days=7), by=cast.chen
        )
    sealed = services.seal_certificate(
        certificate=made, seal=SEAL, at=NOW + timedelta(days=8), by=cast.chen
    )

    assert (sealed.state, sealed.head) == ("sealed", "陈穗")


def test_what_changed_since_is_not_sealed(cast, made):
    Attendance.objects.filter(session__code="CC1").update(minutes=60)

    with pytest.raises(Refused, match="有变动"):
        services.announce_certificate(certificate=made, at=NOW, by=cast.chen)


def test_nobody_announces_or_seals_their_own(cast, made):
    """Bar 17."""
    own = {"certificate": made, "at": NOW}
    themself = Actor(made.volunteer.person_id, "本人", cast.chen.holdings)

    with pytest.raises(Refused, check=lambda no: no.code == "own_certificate"):
        services.announce_certificate(**own, by=themself)
    with pytest.raises(Refused, check=lambda no: no.code == "own_certificate"):
        services.seal_certificate(**own, seal=SEAL, by=themself)


def test_a_stranger_seals_nothing(cast, made):
    with pytest.raises(Refused, match="没有在横岗街道办理此事的权限"):
        services.announce_certificate(certificate=made, at=NOW, by=cast.zhou)


def checking(client, certificate, code=None):
    query = {"number": certificate.number, "code": code or certificate.check_code}
    return text(client.get(url("check"), query))


def test_anybody_checks_and_reads_no_full_name(client, cast, made):
    """Bar 18."""
    page = checking(client, made)

    assert "与平台现在的服务记录一致" in page
    assert identifiers.mask_name(cast.xiaoming.name) in page
    assert cast.xiaoming.name not in page


def test_a_wrong_code_opens_nothing(client, made):
    """Bar 18."""
    page = checking(client, made, code="AAAAAAAA")

    assert "没有查到" in page
    assert "1.5" not in page


def test_the_check_says_when_hours_changed_since(client, made):
    Attendance.objects.filter(session__code="CC1").update(state="void", minutes=0)

    assert "时长有变动" in checking(client, made)


def test_the_check_says_when_it_was_revoked_and_the_row_stays(client, cast, made):
    """Bar 18."""
    services.revoke_certificate(certificate=made, reason="主办单位更正", at=NOW, by=cast.chen)

    assert "本件无效" in checking(client, made)
    assert Certificate.objects.get().reason == "主办单位更正"


def test_guessing_is_stopped(client, made):
    """Bar 18."""
    for _ in range(31):
        answer = client.get(url("check"), {"number": made.number, "code": "A" * 8})

    assert answer.status_code == 429
    assert "查询过于频繁" in text(answer)


def test_a_volunteer_makes_and_opens_one_on_the_phone(client, cast, served):
    sign_in(client, actor(cast.xiaoming))
    typed = {"issuer": "440307", "served_from": "2022-01-01", "served_to": "2022-06-30"}

    client.post(url("own_certificates"), typed)
    made = models.Certificate.objects.get()
    page = text(client.get(url("own_certificates")))
    paper = client.get(url("own_certificate_paper", made.number))

    assert (made.minutes, made.by_self) == (120, True)
    assert made.number in page
    assert paper.content.startswith(b"%PDF")


def test_anothers_paper_is_not_there(client, cast, made, hua):
    sign_in(client, cast.zhou)

    assert client.get(url("own_certificate_paper", made.number)).status_code == 404
    assert client.get(url("certificate", made.pk)).status_code == 404


def test_an_officer_makes_announces_and_revokes_by_pages(client, cast, served):
    sign_in(client, cast.chen)
    typed = {"volunteer": "ZY1", "served_from": "2022-01-01", "served_to": "2022-06-30"}

    client.post(f"{url('certificate_new')}?org=440307017", typed)
    made = models.Certificate.objects.get()
    client.post(url("certificate_announce", made.pk))
    page = text(client.get(url("certificate", made.pk)))
    client.post(url("certificate_revoke", made.pk), {"reason": "重复开具"})

    made.refresh_from_db()
    assert "公示" in page
    assert (made.state, made.issuer) == ("revoked", cast.henggang)


def test_the_list_shows_what_is_in_sight(client, cast, made):
    sign_in(client, cast.chen)

    assert made.number in text(client.get(url("certificates")))


def test_an_auditor_makes_none(client, cast, made):
    sign_in(client, cast.auditor)

    assert client.get(url("certificate_new")).status_code == 403


def test_the_phone_makes_a_certificate_and_lists_it(client, cast, served):
    sign_in(client, cast.chen)
    body = {
        "volunteer": "ZY1",
        "issuer": "440307017",
        "served_from": "2022-01-01",
        "served_to": "2022-06-30",
    }

    path = "/api/v1/volunteering/certificates"
    made = client.post(path, body, content_type="application/json").json()
    listed = client.get(path).json()["items"]

    assert (made["minutes"], made["state"]) == (90, "record")
    assert [one["number"] for one in listed] == [made["number"]]
