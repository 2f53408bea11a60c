"""The pages of roles and invitations."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.access.actors import Role
from qinghe.kernel.access.models import Holding, Invitation
from qinghe.lib import periods

from .makers import account_of, sign_in

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"authority:{name}", args=args)


def holding_of(actor):
    return Holding.objects.get(person_id=actor.person_id)


def code_in(response):
    return response.context["address"].rstrip("/").rsplit("/", 1)[1]


def new(**changed):
    typed = {"name": "新来", "birth_date": "1999-01-02", "role": "team_leader", "org": "华乐社区"}
    return {**typed, **changed}


def today():
    return periods.local_day(timezone.now())


def test_the_list_shows_the_holdings_of_ones_own_tree_with_names_masked(client, wide):
    sign_in(client, wide.chen)

    page = client.get(url("holdings"), {"org": wide.henggang.code}).content.decode()

    assert "唐*" in page
    assert "罗**" in page
    assert "周*" not in page
    assert "唐苗" not in page


@pytest.mark.parametrize("who", ["he", "fang", "xu", "auditor"])
@pytest.mark.parametrize("name", ["holdings", "invitations", "appoint", "rights"])
def test_who_gives_no_roles_is_refused_the_page(client, wide, who, name):
    sign_in(client, getattr(wide, who))

    assert client.get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["holding", "extend", "depute", "hand_over", "end"])
def test_a_holding_of_another_street_is_not_found(client, wide, name):
    sign_in(client, wide.chen)
    elsewhere = url(name, holding_of(wide.zhou).pk)

    assert client.get(elsewhere).status_code == 404
    assert client.post(elsewhere).status_code == 404


@pytest.mark.parametrize("name", ["extend", "depute", "hand_over", "end"])
def test_ones_own_holding_is_seen_and_not_changed(client, wide, name):
    sign_in(client, wide.chen)
    own = holding_of(wide.chen).pk

    assert client.get(url("holding", own)).status_code == 200
    assert client.get(url(name, own)).status_code == 403


def test_a_new_person_is_invited_and_the_code_shown_once(client, wide):
    sign_in(client, wide.chen)

    shown = client.post(url("appoint"), new())

    page = shown.content.decode()
    assert "data:image/svg+xml" in page
    assert code_in(shown) in page
    assert "no-cache" in shown["Cache-Control"]
    listed = client.get(url("invitations"), {"org": wide.henggang.code}).content.decode()
    assert "待接受" in listed
    record = client.get(url("invitation", Invitation.objects.get().pk)).content.decode()
    assert code_in(shown) not in listed + record


def test_a_code_says_a_street_once(client, wide):
    sign_in(client, wide.lin)

    shown = client.post(url("appoint"), new(role="street_secretary", org=wide.henggang.code))

    assert "横岗街道的街道团工委书记" in shown.content.decode()


def test_what_is_refused_keeps_what_was_typed(client, wide):
    sign_in(client, wide.chen)

    page = client.post(url("appoint"), new(role="community_secretary", org="横岗街道"))

    assert page.status_code == 422
    assert "社区一级组织" in page.content.decode()
    assert "新来" in page.content.decode()


def test_only_the_roles_one_gives_are_offered(client, wide):
    sign_in(client, wide.tang)

    page = client.get(url("appoint"))

    offered = {value for value, _ in page.context["form"].fields["role"].choices}
    assert offered == {Role.BRANCH_SECRETARY, Role.TEAM_LEADER, Role.VOLUNTEER}
    refused = client.post(url("appoint"), new(role="sysadmin", org="HGZX"))
    assert refused.status_code == 422


def test_a_holding_is_extended_deputed_handed_over_and_ended(client, wide):
    sign_in(client, wide.chen)
    account_of(wide.luo)
    post = holding_of(wide.tang)
    soon, later = today() + timedelta(days=5), today() + timedelta(days=90)

    client.post(url("extend", post.pk), {"ends_on": later})
    client.post(url("depute", post.pk), {"number": "P017", "starts_on": today(), "ends_on": soon})
    handed = {"number": "P014", "on": today(), "reason": "换届"}
    client.post(url("hand_over", post.pk), handed)

    post.refresh_from_db()
    assert post.ends_on == today()
    assert post.deputies.get().ends_on == today()
    begun = Holding.objects.get(person_id=wide.luo.person_id, role=Role.SCHOOL_SECRETARY)
    assert begun.ends_on == later
    ended = client.post(url("end", begun.pk), {"on": today(), "reason": "辞职"}, follow=True)
    assert "已结束" in ended.content.decode()
    assert "辞职" in ended.content.decode()


def test_an_end_without_a_reason_is_refused(client, wide):
    sign_in(client, wide.chen)
    post = holding_of(wide.tang)

    page = client.post(url("end", post.pk), {"on": today()})

    assert page.status_code == 422
    post.refresh_from_db()
    assert post.ends_on is None


def test_an_invitation_is_withdrawn_and_another_streets_is_not_found(client, wide):
    sign_in(client, wide.chen)
    client.post(url("appoint"), new())
    made = Invitation.objects.get()
    sign_in(client, wide.zhou)
    for name in ("invitation_withdraw", "invitation_reissue"):
        assert client.post(url(name, made.pk)).status_code == 404
    assert client.get(url("invitation", made.pk)).status_code == 404
    sign_in(client, wide.chen)

    page = client.post(url("invitation_withdraw", made.pk), follow=True)

    assert "已撤回" in page.content.decode()
    again = client.post(url("invitation_reissue", made.pk))
    assert code_in(again)


def test_a_role_taken_away_denies_the_next_request(client, wide):
    """Bar 23: the open session of who lost the role goes no further."""
    sign_in(client, wide.tang)
    assert client.get(url("holdings")).status_code == 200
    Holding.objects.filter(person_id=wide.tang.person_id).update(ends_on=today())

    assert client.get(url("holdings")).status_code == 403


def test_who_is_moved_keeps_nothing_where_they_were(client, wide):
    """Bar 23."""
    sign_in(client, wide.zhou)
    elsewhere = holding_of(wide.zhou).pk
    assert client.get(url("holding", elsewhere)).status_code == 200
    Holding.objects.filter(pk=elsewhere).update(org=wide.huale)

    page = client.get(url("holdings"), {"org": wide.xiangjiaotang.code})

    assert page.status_code == 404


def test_the_security_administrator_sees_all_grants_in_chinese(client, wide):
    sign_in(client, wide.an)

    page = client.get(url("rights")).content.decode()

    assert "管理团员名册" in page
    assert "没有角色冲突" in page
    assert "directory." not in page


def test_what_ends_soon_and_who_has_not_come_wait_in_the_inbox(client, wide):
    sign_in(client, wide.chen)
    client.post(url("appoint"), new())
    Holding.objects.filter(person_id=wide.tang.person_id).update(
        ends_on=today() + timedelta(days=9)
    )

    page = client.get(reverse("web:inbox")).content.decode()

    assert "即将到期的任职" in page
    assert "唐*的学校团组织书记任职" in page
    assert "还没有接受邀请" in page
