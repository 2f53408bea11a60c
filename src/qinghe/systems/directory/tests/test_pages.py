"""Every page: one happy road, one refusal, and few queries however much there is."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from qinghe.analytics import catalogue
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post
from tests.cast import CLERK, NOW, make_org, make_person

from .makers import ON, build_facts, make_branch, make_cadre, make_member, sign_in

MOST = 25  # the first page after signing in; what it takes does not grow with the rows
MOST_OF_A_RECORD = 31
LATER = "2022-05-01"


@pytest.fixture
def chen(client, cast):
    return sign_in(client, cast.chen)


@pytest.fixture
def branch(cast):
    return make_branch("B1", cast.hongmian)


def url(name, *arguments):
    return reverse(f"directory:{name}", args=arguments)


def text(response):
    return response.content.decode()


def exported(client, name, **chosen):
    """Return the rows of the workbook that a list gives."""
    asked = client.get(url(name), {**chosen, "export": "xlsx"})
    why = {"purpose": "work", "note": "核对名册", "receiver": "横岗街道团工委"}
    response = client.post(asked.url, why)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def person(**changed):
    return {
        "number": "M1",
        "name": "禾小苗",
        "sex": "female",
        "birth_date": "2004-05-04",
        "org": "B1",
        "starts_on": "2022-03-01",
        **changed,
    }


def test_the_board_shows_the_figures_and_leads_down(
    chen, cast, branch, django_assert_max_num_queries
):
    make_member(cast.xiaoming, branch)
    make_cadre(cast.xiaohong, branch)
    build_facts(catalogue.FACTS.values())

    with django_assert_max_num_queries(MOST):
        response = chen.get(url("board"), {"period": "2022H1"})

    assert response.status_code == 200
    assert "两新团组织占比" in text(response)
    assert "红棉社区" in text(response)
    assert f"org={cast.hongmian.code}" in text(response)


def test_who_may_not_see_the_directory_is_told_so(client, cast):
    sign_in(client, cast.he)

    for name in ("board", "orgs", "members", "cadres", "org_new", "member_new", "cadre_new"):
        assert client.get(url(name)).status_code == 403


def test_the_list_of_orgs_filters_searches_and_exports(
    chen, cast, branch, django_assert_max_num_queries
):
    gone = make_branch("B2", cast.huale, sector="society", new_org_kind="social_organization")
    orgs.close_org(org=gone, on=ON, at=NOW, by=CLERK)
    for number in range(30):
        make_branch(f"X{number}", cast.hongmian)

    def codes(**chosen):
        response = chen.get(url("orgs"), chosen)
        assert response.status_code == 200
        return {row.record.code for row in response.context["table"].page.object_list}

    with django_assert_max_num_queries(MOST):
        chen.get(url("orgs"))
    assert codes(new="yes") == {"B2"}
    assert codes(state="closed") == {"B2"}
    assert codes(q="b1") == {"B1"}
    assert codes(kind="street") == {cast.henggang.code}
    assert codes(level="community", state="open") == {cast.hongmian.code, cast.huale.code}
    assert codes(sector="society") == {"B2"}
    assert cast.bantian.code not in codes(kind="street", new="no")
    assert {row[1] for row in exported(chen, "orgs", new="yes")} == {"代码", "B2"}


def test_the_record_of_an_org_shows_what_it_is_and_what_may_be_done(
    chen, cast, branch, django_assert_max_num_queries
):
    for number in range(30):
        make_member(make_person(f"M{number}", "禾小苗"), branch)
    make_cadre(cast.xiaohong, branch)
    orgs.move_org(org=branch, parent=cast.huale, on=ON, at=NOW, by=CLERK)

    with django_assert_max_num_queries(MOST_OF_A_RECORD):
        page = text(chen.get(url("org", branch.pk)))

    assert "30人" in page
    assert "调整隶属" in page
    assert "红棉社区" in page
    assert "禾**" in page
    assert "禾小苗" not in page


def test_a_closed_org_offers_nothing_more_and_a_reader_neither(client, cast, branch, reader):
    sign_in(client, reader)
    assert url("org_move", branch.pk) not in text(client.get(url("org", branch.pk)))

    orgs.close_org(org=branch, on=ON, at=NOW, by=CLERK)
    sign_in(client, cast.lin)
    page = text(client.get(url("org", branch.pk)))
    assert "已撤销" in page
    assert url("org_move", branch.pk) not in page


@pytest.mark.parametrize("name", ["org", "org_change", "org_move", "org_merge", "org_close"])
def test_an_org_out_of_sight_is_not_found(chen, cast, name):
    assert chen.get(url(name, cast.bantian.pk)).status_code == 404
    assert chen.post(url(name, cast.bantian.pk), {"on": LATER}).status_code == 404


@pytest.mark.parametrize("name", ["org_change", "org_move", "org_merge", "org_close"])
def test_who_only_sees_an_org_may_not_open_its_forms(client, branch, reader, name):
    sign_in(client, reader)

    assert client.get(url(name, branch.pk)).status_code == 403
    assert client.post(url(name, branch.pk), {"on": LATER}).status_code == 403


def new_org(**changed):
    return {
        "code": "n1",
        "name": "青苗团支部",
        "kind": "branch",
        "level": "unit",
        "parent": "红棉社区",
        "opened_on": "2022-03-01",
        **changed,
    }


def test_an_org_is_opened_from_its_parents_name(chen, cast):
    assert cast.hongmian.code in text(chen.get(url("org_new"), {"under": cast.hongmian.code}))

    response = chen.post(url("org_new"), new_org())

    made = Org.objects.get(code="N1")
    assert response.url == url("org", made.pk)
    assert made.parent == cast.hongmian


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"parent": "坂田街道"}, "不在您的工作范围内"),
        ({"level": "district"}, "不能设为区一级"),
        ({"code": "440307017901"}, "已被使用"),
        ({"opened_on": "2099-01-01"}, "不能晚于今天"),
    ],
)
def test_an_org_that_may_not_be_opened_keeps_what_was_typed(chen, cast, changed, said):
    response = chen.post(url("org_new"), new_org(**changed))

    assert response.status_code == 422
    assert said in text(response)
    assert "青苗团支部" in text(response)
    assert not Org.objects.filter(name="青苗团支部").exists()


def test_only_who_may_upload_is_led_to_the_lists_for_it(client, cast):
    sign_in(client, cast.lin)
    for name in ("orgs", "members", "cadres"):
        assert f"/sheets/directory.{name}/" in text(client.get(url(name)))

    sign_in(client, cast.chen)
    assert "/sheets/directory" not in text(client.get(url("orgs")))


def test_two_orgs_of_one_name_ask_for_the_code(chen, cast):
    for number, parent in enumerate([cast.hongmian, cast.huale]):
        make_org(f"C{number}", "团委", kind="league_committee", level="unit", parent=parent)

    response = chen.post(url("org_new"), new_org(parent="团委"))

    assert "请填组织代码" in text(response) or "改填组织代码" in text(response)


def test_what_is_written_about_an_org_is_corrected(chen, branch):
    assert branch.name in text(chen.get(url("org_change", branch.pk)))
    wrong = {"name": "新名", "sector": "school", "new_org_kind": "social_organization"}

    refused = chen.post(url("org_change", branch.pk), wrong)
    chen.post(url("org_change", branch.pk), {**wrong, "sector": "society"})

    assert refused.status_code == 422
    assert Org.objects.get(pk=branch.pk).sector == "society"


def test_a_move_says_first_what_it_touches(chen, cast, branch):
    make_member(cast.xiaoming, branch)
    form = text(chen.get(url("org_move", branch.pk)))

    refused = chen.post(url("org_move", branch.pk), {"parent": "华乐社区", "on": "2001-01-01"})
    moved = chen.post(url("org_move", branch.pk), {"parent": cast.huale.code, "on": LATER})

    assert "共1个组织、1名团员、0名团干部" in form
    assert refused.status_code == 422
    assert moved.url == url("org", branch.pk)
    assert Org.objects.get(pk=branch.pk).parent == cast.huale


def test_a_merger_says_first_what_it_touches(chen, cast, branch):
    make_member(cast.xiaoming, branch)
    make_branch("B2", cast.huale)
    form = text(chen.get(url("org_merge", branch.pk)))

    refused = chen.post(url("org_merge", branch.pk), {"into": "华乐社区", "on": LATER})
    chen.post(url("org_merge", branch.pk), {"into": "B2", "on": LATER})

    assert "1名团员转入它的名册" in form
    assert "请选择同类组织" in text(refused)
    assert Membership.objects.get(ends_on__isnull=True).org.code == "B2"


def test_a_closure_says_first_what_it_touches(chen, cast, branch):
    membership = make_member(cast.xiaoming, branch)
    form = text(chen.get(url("org_close", branch.pk)))

    refused = chen.post(url("org_close", branch.pk), {"on": LATER})
    Membership.objects.filter(pk=membership.pk).update(ends_on=date(2022, 4, 1))
    chen.post(url("org_close", branch.pk), {"on": LATER})

    assert "1名在册团员" in form
    assert "还有1名团员" in text(refused)
    assert Org.objects.get(pk=branch.pk).closed_on == date(2022, 5, 1)


def test_the_roll_masks_names_and_finds_by_whole_name(
    chen, cast, branch, django_assert_max_num_queries
):
    make_member(cast.xiaoming, branch)
    make_member(cast.xiaohong, make_branch("B2", cast.xiangjiaotang))
    for number in range(30):
        make_member(make_person(f"M{number}", "禾小苗"), branch)

    with django_assert_max_num_queries(MOST):
        page = text(chen.get(url("members")))
    found = chen.get(url("members"), {"q": "明小麦", "state": "still"})

    assert "禾小苗" not in page
    assert {row[0] for row in exported(chen, "members")} == {"姓名", "明**", "禾**"}
    assert [row.record.person for row in found.context["table"].page.object_list] == [cast.xiaoming]
    assert len(chen.get(url("members"), {"state": "ended"}).context["table"].rows) == 0


def test_a_member_is_entered_shown_in_full_and_taken_off(chen, branch):
    assert "B1" in text(chen.get(url("member_new"), {"at": "B1"}))

    chen.post(url("member_new"), person())
    made = Membership.objects.get()
    shown = text(chen.get(url("member", made.pk)))
    form = text(chen.get(url("member_end", made.pk)))
    early = chen.post(url("member_end", made.pk), {"on": "2022-01-01"})
    chen.post(url("member_end", made.pk), {"on": LATER})

    assert "禾小苗" in shown
    assert "从所填日期起不再计入团员数" in form
    assert early.status_code == 422
    assert Membership.objects.get().ends_on == date(2022, 5, 1)
    assert "已终止" in text(chen.get(url("member", made.pk)))


def test_a_member_too_young_is_refused_with_all_that_was_typed(chen, branch):
    response = chen.post(url("member_new"), person(birth_date="2012-01-01"))

    assert response.status_code == 422
    assert "未满14周岁" in text(response)
    assert "禾小苗" in text(response)
    assert not Membership.objects.exists()


def test_a_cadre_is_appointed_shown_in_full_and_leaves(chen, branch):
    given = person(title="书记", service="full_time")
    chen.get(url("cadre_new"), {"at": "B1"})

    chen.post(url("cadre_new"), given)
    again = chen.post(url("cadre_new"), given)
    made = Post.objects.get()
    shown = text(chen.get(url("cadre", made.pk)))
    form = text(chen.get(url("cadre_end", made.pk)))
    early = chen.post(url("cadre_end", made.pk), {"on": "2022-01-01"})
    chen.post(url("cadre_end", made.pk), {"on": LATER})

    assert again.status_code == 422
    assert "禾小苗" in shown
    assert "专职" in shown
    assert "从所填日期起不再计入团干部数" in form
    assert early.status_code == 422
    assert Post.objects.get().ends_on == date(2022, 5, 1)


def test_the_list_of_cadres_filters_by_class(chen, cast, branch, django_assert_max_num_queries):
    make_cadre(cast.xiaoming, branch, service="full_time")
    make_cadre(cast.xiaohong, branch, title="委员")

    with django_assert_max_num_queries(MOST):
        found = chen.get(url("cadres"), {"service": "full_time"})

    assert [row.record.person for row in found.context["table"].page.object_list] == [cast.xiaoming]
    assert "明小麦" not in text(found)


def test_members_and_cadres_out_of_sight_are_not_found(chen, cast):
    elsewhere = make_branch("B2", cast.xiangjiaotang)
    membership, post = make_member(cast.xiaoming, elsewhere), make_cadre(cast.xiaohong, elsewhere)

    for name, pk in [("member", membership.pk), ("cadre", post.pk)]:
        assert chen.get(url(name, pk)).status_code == 404
        assert chen.post(url(f"{name}_end", pk), {"on": LATER}).status_code == 404


def test_a_reader_may_not_end_what_is_shown(client, cast, branch, reader):
    membership, post = make_member(cast.xiaoming, branch), make_cadre(cast.xiaohong, branch)
    sign_in(client, reader)

    for name, pk in [("member", membership.pk), ("cadre", post.pk)]:
        assert url(f"{name}_end", pk) not in text(client.get(url(name, pk)))
        assert client.post(url(f"{name}_end", pk), {"on": LATER}).status_code == 403
