"""The pages of privacy: registering, 我的信息, answering, overseeing."""

import json
import socket
from datetime import date, timedelta
from io import BytesIO
from unittest.mock import patch

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access import queries as access
from qinghe.kernel.access import services as access_services
from qinghe.kernel.access.actors import Role
from qinghe.kernel.consent.models import Consent, Notice
from qinghe.kernel.notices import channels
from qinghe.kernel.people import services as people_services
from qinghe.kernel.people.models import Person
from qinghe.systems.privacy import models
from tests import cast

from . import makers

pytestmark = pytest.mark.django_db
PASSWORD = "seven quiet herons"
STAFF_PAGES = ["home", "consents", "minors", "notices", "retention", "assessments"]


@pytest.fixture
def places(settings):
    settings.QINGHE_SMS = "outbox"
    makers.tell(in_charge="林青")
    return cast.make_cast()


def sign_in(client, person):
    account = access.account_of(person)
    user = (
        account.user
        if account
        else access_services.open_account(
            person=person, username=person.number, at=cast.NOW, by=cast.CLERK
        )
    )
    client.force_login(user)


def as_(client, actor):
    sign_in(client, Person.objects.get(pk=actor.person_id))


def begin(client, *purposes):
    wanted = Notice.objects.filter(purpose__in=["volunteering", *purposes], version=1)
    return client.post(reverse("register:begin"), {"notice": [one.pk for one in wanted]})


def prove(client, phone=makers.PHONE):
    client.post(reverse("register:phone"), {"phone": phone})
    return client.post(reverse("register:code"), {"code": makers.last_code()})


def about(org, **typed):
    return {
        "name": "明小禾",
        "birth_date": "1999-01-02",
        "sex": "male",
        "org_name": "红棉",
        "org": org.pk,
        "password": PASSWORD,
        "again": PASSWORD,
        **typed,
    }


def test_the_first_page_shows_every_notice_unticked_and_a_refusal_beside_consent(client, places):
    page = client.get(reverse("register:begin")).content.decode()

    assert "志愿服务个人信息告知书" in page
    assert page.count('type="checkbox"') == 4
    assert "checked" not in page
    assert page.index("不同意</button>") < page.index("同意并继续</button>")


def test_without_sms_registration_is_by_invitation(client, places, settings):
    settings.QINGHE_SMS = ""

    page = client.get(reverse("register:begin")).content.decode()

    assert "邀请码" in page
    assert 'type="checkbox"' not in page


def test_a_gateway_that_never_answers_holds_nobody_up_for_long_and_loses_no_entry(
    client, places, settings
):
    """Bar 44."""
    begin(client)
    with socket.create_server(("127.0.0.1", 0)) as dead:
        settings.QINGHE_SMS = f"json://127.0.0.1:{dead.getsockname()[1]}/send?rto=60&cto=60"

        page = client.post(reverse("register:phone"), {"phone": makers.PHONE}, follow=True)

    assert channels.HURRY < 5  # seconds that the page waited, for a gateway that takes a minute
    assert "短信没有发出，已填内容都还在" in page.content.decode()
    settings.QINGHE_SMS = "outbox"
    again = timezone.now() + timedelta(minutes=1, seconds=1)
    with patch.object(timezone, "now", lambda: again):
        prove(client)
        registered = client.post(reverse("register:about"), about(places.hongmian), follow=True)
    assert registered.redirect_chain[-1][0] == reverse("register:done")


def test_going_on_without_the_necessary_tick_is_refused(client, places):
    response = client.post(reverse("register:begin"), {})

    assert response.status_code == 422
    assert "没有勾选" in response.content.decode()
    assert not models.Registration.objects.exists()


def test_declining_keeps_nothing(client, places):
    begin(client)

    response = client.post(reverse("register:declined"))

    assert "没有保存任何个人信息" in response.content.decode()
    assert not models.Registration.objects.exists()


def test_an_adult_registers_from_first_to_last_page(client, places):
    begin(client, "photo")
    prove(client)

    response = client.post(reverse("register:about"), about(places.hongmian), follow=True)

    assert "注册完成" in response.content.decode()
    user = User.objects.get(account__person__name="明小禾")
    assert user.username in response.content.decode()
    assert user.check_password(PASSWORD)
    assert Consent.objects.filter(person=user.account.person).count() == 2


def test_a_taken_phone_gets_the_same_page_as_a_free_one(client, places):
    person = cast.make_person("A9", "周小麦")
    sign_in(client, person)
    client.logout()
    begin(client)
    free = client.post(reverse("register:phone"), {"phone": "13900139000"}, follow=True)
    people_services.keep_contact(
        person=person,
        new=people_services.NewContact(phone=makers.PHONE),
        at=cast.NOW,
        by=cast.CLERK,
    )
    begin(client)

    taken = client.post(reverse("register:phone"), {"phone": makers.PHONE}, follow=True)

    assert (free.status_code, taken.status_code) == (200, 200)
    assert free.redirect_chain == taken.redirect_chain
    assert "账号" not in taken.content.decode()


def test_a_weak_password_is_said_and_the_rest_stays(client, places):
    begin(client)
    prove(client)

    response = client.post(
        reverse("register:about"), about(places.hongmian, password="123", again="123")
    )

    assert response.status_code == 422
    assert "明小禾" in response.content.decode()


def test_steps_cannot_be_jumped(client, places):
    assert client.get(reverse("register:phone")).url == reverse("register:begin")
    begin(client)
    assert client.get(reverse("register:about")).url == reverse("register:phone")
    assert client.get(reverse("register:guardian")).url == reverse("register:about")
    assert client.get(reverse("register:done")).url == reverse("register:begin")


def test_communities_are_found_by_name(client, places):
    begin(client)
    cast.make_org("B9", "红棉团支部", kind="branch", level="unit", parent=places.hongmian)

    page = client.get(reverse("register:orgs"), {"org_name": "红棉"}).content.decode()

    assert "红棉社区" in page
    assert "团支部" not in page


def test_my_page_shows_masked_facts_and_one_tap_consents(client, places):
    person = makers.register_adult("contact", org=places.hongmian).person
    sign_in(client, person)

    page = client.get(reverse("me:home")).content.decode()

    assert "138****8000" in page
    assert makers.PHONE not in page
    assert page.count(">撤回</button>") == 2
    assert page.count(">同意</button>") == 3  # location, photo, training: still to be agreed to


def test_withdrawing_and_agreeing_are_one_tap_each(client, places):  # S-06
    person = makers.register_adult("contact", org=places.hongmian).person
    sign_in(client, person)
    photo = Notice.objects.get(purpose="photo")

    client.post(reverse("me:withdraw", args=["contact"]))
    client.post(reverse("me:agree", args=[photo.pk]))

    standing = Consent.objects.filter(person=person, withdrawn_at__isnull=True)
    assert {one.notice.purpose for one in standing} == {"volunteering", "photo"}


def test_a_full_number_asks_for_the_password_again(client, places):
    sign_in(client, makers.register_adult(org=places.hongmian).person)

    response = client.get(reverse("me:contact"))

    assert response.status_code == 302
    assert "again" in response.url


def sign_in_freshly(client, person):
    """Sign in, and type the password once more."""
    sign_in(client, person)
    typed = {"password": "a long phrase of mine"}
    assert client.post(reverse("account_reauthenticate"), typed).status_code == 302


def test_ones_own_data_leave_as_json_and_as_a_workbook(client, places):  # S-07
    person = makers.register_adult(org=places.hongmian).person
    sign_in_freshly(client, person)

    as_json = client.get(reverse("me:copy", args=["json"]))
    as_xlsx = client.get(reverse("me:copy", args=["xlsx"]))

    told = json.loads(as_json.content)
    assert told["基本信息"][0]["手机号码"] == makers.PHONE
    book = openpyxl.load_workbook(BytesIO(as_xlsx.content))
    assert "同意与撤回" in book.sheetnames
    assert any(makers.PHONE in map(str, row) for row in book["基本信息"].values)


def test_asking_shows_the_day_of_the_answer(client, places):
    person = makers.register_adult(org=places.hongmian).person
    sign_in(client, person)

    response = client.post(reverse("me:correct"), {"field": "name", "words": "明小米"}, follow=True)

    request = models.Request.objects.get(person=person)
    assert request.due_on.isoformat() in response.content.decode()


def test_a_correction_without_words_is_refused(client, places):
    sign_in(client, makers.register_adult(org=places.hongmian).person)

    response = client.post(reverse("me:correct"), {"field": "sex", "words": "不详"})

    assert response.status_code == 422
    assert "男" in response.content.decode()


def make_request(places):
    me = makers.as_actor(makers.register_adult(org=places.hongmian).person)
    return makers.services.ask(
        wish=makers.services.Wish("correct", "name", "明小米"), at=cast.NOW, by=me
    )


def test_a_secretary_answers_from_the_list_to_the_end(client, places):
    request = make_request(places)
    as_(client, cast.with_role("P010", "何书", role=Role.COMMUNITY_SECRETARY, org=places.hongmian))

    listed = client.get(reverse("privacy:requests")).content.decode()
    shown = client.get(reverse("privacy:request", args=[request.pk])).content.decode()
    client.post(reverse("privacy:request_fulfil", args=[request.pk]), {"answer": "已更正"})

    assert "更正" in listed
    assert "明小米" in shown
    request.refresh_from_db()
    assert (request.state, request.person.name) == ("done", "明小米")


@pytest.mark.parametrize("name", ["request", "request_fulfil", "request_refuse"])
def test_another_orgs_request_is_not_found(client, places, name):
    request = make_request(places)
    as_(client, places.zhou)

    assert client.get(reverse(f"privacy:{name}", args=[request.pk])).status_code == 404


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_district_oversees_and_nobody_else(client, places, name):
    seen = {}
    for who in ("lin", "auditor", "chen", "he"):
        as_(client, getattr(places, who))
        seen[who] = client.get(reverse(f"privacy:{name}")).status_code

    assert seen == {"lin": 200, "auditor": 403, "chen": 403, "he": 403}


def test_the_ledger_of_consents_hides_the_names_of_minors(client, places):
    makers.register_adult(org=places.hongmian, name="欧阳小麦")
    makers.register_minor(org=places.hongmian, name="红小禾", phone="13700137000")
    Person.objects.filter(name="红小禾").update(birth_date=timezone.localdate())
    as_(client, places.lin)

    page = client.get(reverse("privacy:consents")).content.decode()

    assert "欧阳**" in page
    assert "红同学" in page
    assert "红小禾" not in page


def test_a_new_version_is_published_from_the_page(client, places):
    as_(client, places.lin)
    today = timezone.localdate().isoformat()

    client.post(
        reverse("privacy:notice_new", args=["photo"]),
        {"purpose": "photo", "title": "新版", "text": "全文", "starts_on": today},
    )
    client.post(
        reverse("privacy:notice_new", args=["photo"]),
        {"purpose": "photo", "title": "", "text": "全文", "starts_on": today},
    )

    assert [one.version for one in Notice.objects.filter(purpose="photo")] == [2, 1]


def test_a_term_and_an_assessment_are_entered_from_their_pages(client, places):
    as_(client, places.lin)
    today = timezone.localdate().isoformat()

    term = client.post(
        reverse("privacy:retention_term", args=[0]),
        {"days": 2, "starts_on": today, "document": "区委网信办通知"},
    )
    assessed = client.post(
        reverse("privacy:assessment_new"),
        {
            "title": "自助注册",
            "done_on": "2022-06-01",
            "conclusion": "measures",
            "measures": "加密",
        },
    )

    assert (term.status_code, assessed.status_code) == (302, 302)
    assert models.Assessment.objects.get().done_on == date(2022, 6, 1)


def test_the_yearly_report_names_who_read_a_minors_data(client, places):  # S-05
    """Bar 26."""
    person = makers.register_minor(org=places.hongmian).person
    people_services.ask_child_access(
        person=person, reason="核对活动报名", at=cast.NOW, by=places.chen
    )
    as_(client, places.lin)

    page = client.get(reverse("privacy:minors_report", args=[2022])).content.decode()
    other = client.get(reverse("privacy:minors_report", args=[2021])).content.decode()

    assert "核对活动报名" in page
    assert "申请查看" in page
    assert "核对活动报名" not in other
