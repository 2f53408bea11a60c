"""The person's page: masked, shown once with a reason, minors only after an approval."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import ChildAccess
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import queries, services
from tests.cast import CLERK, NOW, make_person, with_role

from .makers import make_branch, make_cadre, make_member, sign_in

PHONE = "13800138000"
GUARDIAN = "13900139000"
ADDRESS = "龙岗区横岗街道红棉社区秘密路18号"
ID_NUMBER = "440307199503010010"
WHY = "核实志愿服务证明"
MOST = 56  # queries: each system says what it knows


@pytest.fixture
def branch(cast):
    return make_branch("B1", cast.hongmian)


@pytest.fixture
def ming(cast, branch):
    make_member(cast.xiaoming, branch)
    keep(cast.xiaoming, phone=PHONE, id_number=ID_NUMBER, address=ADDRESS)
    return cast.xiaoming


@pytest.fixture
def hong(cast, branch):
    """A girl who is under age by today's clock, on the roll of a branch."""
    birth = timezone.localdate() - timedelta(days=15 * 366)
    child = make_person("P011", "洪小米", birth_date=birth)
    make_cadre(child, branch)
    keep(child, guardian_name="洪大米", guardian_phone=GUARDIAN)
    return child


@pytest.fixture
def keeper(cast):
    """The secretary of the community, who keeps the roll."""
    return with_role("P020", "柯书记", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)


def keep(person, **texts):
    return people.keep_contact(person=person, new=people.NewContact(**texts), at=NOW, by=CLERK)


def url(name, *arguments):
    return reverse(f"directory:{name}", args=arguments)


def text(response):
    return response.content.decode()


def show(client, person, *, field="phone", reason=WHY):
    return client.post(url("person_show", person.pk, field), {"reason": reason})


def test_the_page_masks_and_tells_what_every_system_knows(
    client, cast, ming, branch, django_assert_max_num_queries
):
    sign_in(client, cast.chen)

    with django_assert_max_num_queries(MOST):
        response = client.get(url("person", ming.pk))

    shown = text(response)
    assert response.status_code == 200
    assert response["Cache-Control"].count("no-store") == 1
    assert "138****8000" in shown
    assert "440***********0010" in shown
    assert "红棉社区******" in shown
    assert branch.name in shown
    for clear in (PHONE, ID_NUMBER, "秘密路"):
        assert clear not in shown


def test_who_reaches_no_place_of_the_person_finds_nothing(client, cast, ming):
    sign_in(client, cast.zhou)

    for name, *more in (("person",), ("person_contact",), ("person_show", "phone")):
        assert client.get(url(name, ming.pk, *more)).status_code == 404


def test_the_page_closes_to_those_whose_roll_was_left(client, cast, branch):
    make_member(cast.xiaoming, branch, ends_on=date(2022, 5, 1))
    sign_in(client, cast.chen)

    assert client.get(url("person", cast.xiaoming.pk)).status_code == 404


def test_a_sealed_text_is_shown_once_for_a_reason_and_the_page_tells_who_read_it(
    client, cast, ming
):
    sign_in(client, cast.chen)
    asked = client.get(url("person_show", ming.pk, "phone"))

    answer = show(client, ming)

    assert "事由" in text(asked)
    assert PHONE not in text(asked)
    assert PHONE in text(answer)
    assert "no-store" in answer["Cache-Control"]
    page = text(client.get(url("person", ming.pk)))
    assert "查看敏感信息" in page
    assert WHY in page
    assert PHONE not in page
    entry = Entry.objects.get(verb="people.reveal")
    assert entry.detail == {"field": "手机号", "reason": WHY}


def test_htmx_gets_only_the_part(client, cast, ming):
    sign_in(client, cast.chen)

    part = client.get(url("person_show", ming.pk, "phone"), headers={"HX-Request": "true"})

    assert text(part).lstrip().startswith("<form")


def test_without_a_reason_nothing_is_shown(client, cast, ming):
    sign_in(client, cast.chen)

    answer = show(client, ming, reason="看")

    assert answer.status_code == 422
    assert "请写明事由" in text(answer)
    assert PHONE not in text(answer)
    assert not Entry.objects.filter(verb="people.reveal").exists()


def test_who_sees_the_record_but_not_what_is_held_closer_is_refused(client, cast, hong):
    """The district sees that a minor stands on a roll; only who keeps that roll reads more."""
    sign_in(client, cast.lin)

    page = text(client.get(url("person", hong.pk)))

    assert "洪同学" in page
    assert "139****9000" not in page
    assert "显示监护人电话" not in page
    assert show(client, hong, field="guardian_phone").status_code == 403
    assert client.get(url("child_access_ask", hong.pk)).status_code == 403


def test_who_keeps_no_roll_enters_no_contact(client, cast, ming):
    reader = with_role("P021", "阅览人", role=Role.AUDITOR, org=cast.longgang)
    sign_in(client, reader)

    assert client.post(url("person_contact", ming.pk), {"phone": PHONE}).status_code == 404
    with pytest.raises(Refused):
        services.keep_contact(person=ming, new=people.NewContact(phone=GUARDIAN), at=NOW, by=reader)


def test_an_unknown_field_is_not_found(client, cast, ming):
    sign_in(client, cast.chen)

    assert client.get(url("person_show", ming.pk, "name")).status_code == 404


def test_a_contact_is_entered_and_bad_input_answered_with_a_sentence(client, cast, ming):
    sign_in(client, cast.chen)

    wrong = client.post(url("person_contact", ming.pk), {"phone": "123"})
    taken = client.post(url("person_contact", ming.pk), {"phone": "13700137000"})

    assert wrong.status_code == 422
    assert "11位手机号" in text(wrong)
    assert taken.status_code == 302
    page = text(client.get(url("person", ming.pk)))
    assert "137****7000" in page
    assert "登记联系方式" in page
    assert "13700137000" not in page


def test_member_and_cadre_and_search_lead_to_the_page(client, cast, ming):
    sign_in(client, cast.chen)
    membership = ming.memberships.get()

    record = text(client.get(url("member", membership.pk)))
    found = text(client.get("/search/", {"q": ming.number}))

    assert url("person", ming.pk) in record
    assert url("person", ming.pk) in found


def test_lost_keys_leave_the_page_standing_with_an_alarm(client, cast, ming, settings, tmp_path):
    sign_in(client, cast.chen)
    settings.QINGHE_KEYS = tmp_path / "elsewhere"

    response = client.get(url("person", ming.pk))

    assert response.status_code == 200
    assert "加密密钥不在密钥文件夹中" in text(response)
    assert "无法读取" in text(response)
    assert "加密密钥不在密钥文件夹中" in text(show(client, ming))


def test_a_minor_is_read_only_after_another_approved(client, cast, hong, keeper):
    sign_in(client, keeper)
    refused = show(client, hong, field="guardian_phone")
    asked = client.post(url("child_access_ask", hong.pk), {"reason": "通知活动取消"})
    wish = ChildAccess.objects.get()
    own = client.post(url("child_access_approve", wish.pk))
    waiting = text(client.get(url("person", hong.pk)))

    sign_in(client, cast.chen)
    listed = text(client.get(url("child_accesses")))
    record = text(client.get(url("child_access", wish.pk)))
    approved = client.post(url("child_access_approve", wish.pk))

    client.force_login(_user(keeper))
    answer = show(client, hong, field="guardian_phone")

    assert "须先经负责人批准" in text(refused)
    assert asked.status_code == approved.status_code == 302
    assert own.status_code == 403
    assert "正在等待审批" in waiting
    assert "洪同学" in listed
    assert "通知活动取消" in record
    assert GUARDIAN in text(answer)
    assert Entry.objects.filter(verb="people.approve_child_access").exists()


def _user(actor):
    return User.objects.get(username=f"u{actor.person_id}")


def test_a_refused_wish_tells_why(client, cast, hong, keeper):
    wish = people.ask_child_access(person=hong, reason=WHY, at=timezone.now(), by=keeper)
    sign_in(client, cast.chen)

    short = client.post(url("child_access_refuse", wish.pk), {"reason": "否"})
    done = client.post(url("child_access_refuse", wish.pk), {"reason": "请先联系班主任"})
    again = client.post(url("child_access_approve", wish.pk))
    sign_in(client, keeper)
    page = text(client.get(url("person", hong.pk)))

    assert short.status_code == 422
    assert done.status_code == 302
    assert again.status_code == 409
    assert "请先联系班主任" in page


def test_a_wish_waits_for_those_above_and_for_nobody_else(client, cast, hong, keeper):
    wish = people.ask_child_access(person=hong, reason=WHY, at=timezone.now(), by=keeper)

    assert list(queries.child_access_waiting_for(cast.chen)) == [wish]
    assert list(queries.child_access_waiting_for(cast.lin)) == [wish]
    for other in (keeper, cast.zhou, cast.auditor, cast.he):
        assert list(queries.child_access_waiting_for(other)) == []
    sign_in(client, cast.zhou)
    assert client.get(url("child_access", wish.pk)).status_code == 404
    assert client.post(url("child_access_approve", wish.pk)).status_code == 404
    assert client.get(url("child_access_refuse", wish.pk)).status_code == 404
    assert client.get(url("child_access_ask", hong.pk)).status_code == 404


def test_who_has_nothing_to_do_with_minors_is_refused_the_list(client, cast):
    sign_in(client, cast.auditor)

    assert client.get(url("child_accesses")).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
def test_what_was_typed_is_nowhere_in_the_database_file_or_the_log(
    client, cast, branch, data_folder, caplog
):
    """Bar 28: canaries through the forms, then the raw bytes of what is written."""
    make_member(cast.xiaoming, branch)
    sign_in(client, cast.chen)
    typed = {
        "phone": "13566771234",
        "id_number": ID_NUMBER,
        "address": ADDRESS,
        "guardian_name": "金丝雀监护人",
        "guardian_phone": "13566775678",
    }
    with caplog.at_level("DEBUG"):
        taken = client.post(url("person_contact", cast.xiaoming.pk), typed)
        client.post(url("person_contact", cast.xiaoming.pk), {**typed, "phone": "13566770000x"})
        shown = show(client, cast.xiaoming)
        client.get(url("person", cast.xiaoming.pk))

    assert taken.status_code == 302
    assert typed["phone"] in text(shown)
    name = connection.settings_dict["NAME"]
    written = b"".join(path.read_bytes() for path in _beside(name))
    written += b"".join(path.read_bytes() for path in data_folder.rglob("*") if path.is_file())
    written += "\n".join(_without_sql(caplog)).encode()
    assert branch.name.encode() in written  # the right bytes are looked at
    for canary in (*typed.values(), "13566770000"):
        assert canary.encode() not in written
        assert canary.encode("unicode_escape") not in written


def _without_sql(caplog):
    """Return the log of a served process; SQL is logged by tests and debugging alone."""
    return [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]


def _beside(name):
    return [path for ending in ("", "-wal", "-shm") if (path := Path(f"{name}{ending}")).exists()]
