"""The pages of merging: proposed by one, decided by another, closed to everybody else."""

import pytest
from django.urls import reverse

from qinghe.analytics import catalogue, figures
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.lib import periods
from qinghe.systems.merging import indicators
from qinghe.systems.merging.models import Apart, Merge
from tests.cast import CLERK, NOW, with_role
from tests.desk import build_facts, sign_in

from .makers import merge, person, propose, twins

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"merging:{name}", args=arguments)


def text(response):
    return response.content.decode()


def test_the_whole_way_is_gone_in_the_browser(client, cast):
    kept, duplicate = twins(cast)
    sign_in(client, cast.luo)
    listed = text(client.get(url("candidates")))
    pair = url("pair", kept.pk, duplicate.pk)
    assert pair in listed
    page = text(client.get(pair))
    unsaid = client.post(pair, {"reason": ""})
    client.post(pair, {"reason": "当面核对身份证，是同一人"})
    found = Merge.objects.get()
    assert client.get(url("merge_approve", found.pk)).status_code == 403

    client.logout()
    sign_in(client, cast.tang)
    assert "重复人员合并" in text(client.get(reverse("web:inbox")))
    unsure = client.post(url("merge_approve", found.pk), {"sure": ""})
    client.post(url("merge_approve", found.pk), {"sure": "on"})
    found.refresh_from_db()
    old = client.get(reverse("directory:person", args=[duplicate.pk]))

    assert "团员名册" in page
    assert "2001" not in page
    assert "柯小舟" not in page
    assert unsaid.status_code == unsure.status_code == 422
    assert found.state == "done"
    assert old.url == reverse("directory:person", args=[kept.pk])
    assert url("merge", found.pk) in text(client.get(url("merges")))
    search = text(client.get(reverse("web:search"), {"q": "K002"}))
    assert "K001" in search


def test_a_choice_is_asked_for_where_both_are_on_a_roll(client, cast):
    kept, duplicate = twins(cast, other_org=cast.school)
    sign_in(client, cast.tang)
    pair = url("pair", kept.pk, duplicate.pk)

    lacking = client.post(pair, {"reason": "当面核对身份证"})
    client.post(pair, {"reason": "当面核对身份证", "branch": str(cast.branch.pk)})

    assert lacking.status_code == 422
    assert "以哪个团组织为准" in text(lacking)
    assert Merge.objects.get().branch == cast.branch


def test_by_hand_two_numbers_are_enough_if_both_are_in_sight(client, cast):
    kept, duplicate = twins(cast)
    person("Z001", org=cast.huale)
    sign_in(client, cast.luo)

    far = client.post(url("pair_new"), {"kept": "K001", "duplicate": "Z001"})
    near = client.post(url("pair_new"), {"kept": "K001", "duplicate": "K002"})

    assert far.status_code == 422
    assert "没有找到" in text(far)
    assert near.url == url("pair", kept.pk, duplicate.pk)


def test_two_may_be_told_apart(client, cast):
    kept, duplicate = twins(cast)
    sign_in(client, cast.luo)

    client.post(url("pair_apart", duplicate.pk, kept.pk), {"reason": "双胞胎兄弟"})

    assert Apart.objects.get().first == kept
    assert "K002" not in text(client.get(url("candidates")))


def test_a_proposal_is_refused_or_taken_back_with_a_reason(client, cast):
    kept, duplicate = twins(cast)
    first = propose(kept, duplicate, by=cast.luo)
    sign_in(client, cast.tang)
    client.post(url("merge_refuse", first.pk), {"reason": "不是同一人"})
    second = propose(kept, duplicate, by=cast.luo)
    client.post(url("merge_withdraw", second.pk), {"reason": "填错编号"})

    states = Merge.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["refused", "withdrawn"]
    assert "不是同一人" in text(client.get(url("merge", first.pk)))


@pytest.mark.parametrize("name", ["candidates", "merges", "pair_new"])
def test_who_has_nothing_to_do_with_it_is_refused(client, cast, name):
    sign_in(client, cast.he)

    assert client.get(url(name)).status_code == 403


def test_others_do_not_find_the_pair_nor_the_proposal(client, cast):
    kept, duplicate = twins(cast)
    found = propose(kept, duplicate, by=cast.luo)
    sign_in(client, cast.liang)

    answers = [
        client.get(url("pair", kept.pk, duplicate.pk)),
        client.post(url("pair", kept.pk, duplicate.pk), {"reason": "当面核对身份证"}),
        client.get(url("merge", found.pk)),
        client.post(url("merge_approve", found.pk), {"sure": "on"}),
        client.get(reverse("directory:person", args=[duplicate.pk])),
    ]

    assert [one.status_code for one in answers] == [404] * 5


def test_who_reads_does_not_decide_and_an_auditor_finds_nothing(client, cast):
    kept, duplicate = twins(cast)
    found = propose(kept, duplicate, by=cast.luo)
    second = with_role("P040", "罗二", role=Role.BRANCH_SECRETARY, org=cast.branch)

    for who, seen, done in ((second, 200, 403), (cast.auditor, 404, 404)):
        sign_in(client, who)
        assert client.get(url("merge", found.pk)).status_code == seen
        assert client.post(url("merge_approve", found.pk), {"sure": "on"}).status_code == done
    pair = client.post(url("pair", kept.pk, duplicate.pk), {"reason": "当面核对"})
    assert pair.status_code == 404


def test_whoever_was_signed_in_as_the_duplicate_is_out_at_once(client, cast):
    kept, duplicate = twins(cast)
    user = access.open_account(person=duplicate, username="twin", at=NOW, by=CLERK)
    client.force_login(user)
    before = client.get(reverse("rolls:own"))

    merge(kept, duplicate, cast=cast)

    after = client.get(reverse("rolls:own"))
    assert before.status_code == 200
    assert after.status_code == 302
    assert "/login/" in after.url


def test_a_merged_member_is_counted_once_and_the_merge_is_a_figure(cast):
    kept, duplicate = twins(cast)
    members = catalogue.INDICATORS["DIR-09"]
    before = value(members, at=cast.branch)

    merge(kept, duplicate, cast=cast)

    assert (before, value(members, at=cast.branch)) == (2, 1)
    assert value(indicators.MERGED, at=cast.henggang) == 1


def value(indicator, *, at):
    computed = figures.compute(build_facts(), [indicator], periods.half_year(2022, 2))
    return computed[indicator.code, at.pk].value
