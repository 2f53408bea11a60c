"""The pages: each for whom it is for, refused to others, unknown outside of sight."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.people.models import Post
from qinghe.systems.cadres.models import (
    Achievement,
    CadreTerms,
    Candidate,
    Election,
    Incentive,
    Secondment,
)
from tests.desk import sign_in

from .makers import make_cadre, self_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def url(name, *arguments):
    return reverse(f"cadres:{name}", args=arguments)


def text(response):
    return response.content.decode()


def day(ago=0):
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


def named(person):
    return f"{person.number} {person.name}"


def test_an_election_goes_from_the_branch_to_the_street_and_into_the_posts(client, cast):
    old, _ = make_cadre("G1", cast.branch, name="旧书记")
    new, _ = make_cadre("G2", cast.school, name="新书记", title="委员")
    told = {
        "held_on": day(1), "entitled": "9", "present": "6", "votes": "6", "years": "1",
        "notes": "", "size_reason": "",
    }  # fmt: skip
    sign_in(client, cast.luo)
    form = url("election_new", cast.branch.pk)
    assert "3分之2" in text(client.get(form))
    few = client.post(form, told)
    assert few.status_code == 422
    assert "没有超过3分之2" in text(few)
    client.post(form, told | {"present": "9", "votes": "9"})
    election = Election.objects.get()
    chosen = {"person": "G2 旧书记", "title": "书记", "service": "part_time", "votes": "8"}
    wrong = client.post(url("election_choose", election.pk), chosen)
    assert "没有找到编号和姓名相符的人员" in text(wrong)
    client.post(url("election_choose", election.pk), chosen | {"person": named(new)})
    asked = client.post(url("election_submit", election.pk))
    assert "T-05" in text(asked)
    reason = told | {"present": "9", "votes": "9", "size_reason": "团员9人，只设书记"}
    client.post(url("election_change", election.pk), reason)
    client.post(url("election_submit", election.pk))
    page = text(client.get(url("election", election.pk)))
    assert "待批复" in page
    assert client.post(url("election_approve", election.pk)).status_code == 403

    sign_in(client, cast.chen)
    assert f"{cast.branch.name}：{day(1)}换届结果报批" in text(client.get("/inbox/"))
    client.post(url("election_approve", election.pk))

    held = Post.objects.filter(org=cast.branch, ends_on__isnull=True)
    assert [post.person for post in held] == [new]
    assert old.posts.get().ends_on.isoformat() == day(1)
    assert "任期内" in text(client.get(url("tenure", cast.branch.pk)))
    assert "任期内" in text(client.get(url("tenures")))


def test_the_reserve_from_a_name_to_a_place(client, cast):
    told = {
        "person": named(self_of(cast.liang)), "org": cast.enterprise.code, "politics": "party",
        "education": "master", "strengths": "外语", "reason": "工作突出",
    }  # fmt: skip
    sign_in(client, cast.chen)
    client.post(url("candidate_new"), told)
    found = Candidate.objects.get()
    sign_in(client, cast.liang)
    assert "待本人同意" in text(client.get(url("own")))
    client.post(url("own_agree", found.pk))
    sign_in(client, cast.chen)
    group = {
        "examiner1": named(self_of(cast.lin)), "examiner2": named(self_of(cast.zhou)),
    }  # fmt: skip
    client.post(url("candidate_group", found.pk), group)
    for who in (cast.lin, cast.zhou):
        sign_in(client, who)
        assert "请您考察" in text(client.get(url("own")))
        one = found.examinations.get(person_id=who.person_id)
        told = {"verdict": "fit", "opinion": "群众基础好"}
        assert client.post(url("own_examination", one.pk), told).status_code == 302
    sign_in(client, cast.chen)
    client.post(url("candidate_admit", found.pk), {"words": "同意入库"})
    page = text(client.get(url("candidate", found.pk)))
    assert "群众基础好" in page
    assert "在库" in page
    listed = text(client.get(url("reserve"), {"strengths": "外语", "education": "master"}))
    assert "梁" in listed
    assert "外语" not in text(client.get(url("reserve"), {"younger": "20"}))

    for who in (cast.tang, cast.zhou, cast.auditor):
        sign_in(client, who)
        assert client.get(url("candidate", found.pk)).status_code == 404
        assert client.get(url("candidate_out", found.pk)).status_code == 404
        assert client.get(url("reserve")).status_code == 403


def test_a_secondment_from_asking_to_its_appraisal(client, cast):
    person, _ = make_cadre("G1", cast.school, name="小林")
    told = {
        "person": named(person), "home": cast.school.code, "host": cast.enterprise.code,
        "service": "seconded", "title": "副书记（挂职）", "task": "联系团建", "starts_on": day(3),
        "ends_on": day(-10),
    }  # fmt: skip
    sign_in(client, cast.tang)
    assert "星河科技团委" in text(client.get(url("sides"), {"pick": "星河"}))
    client.post(url("secondment_new"), told)
    found = Secondment.objects.get()
    assert client.get(url("secondment_end", found.pk)).status_code == 403
    sign_in(client, cast.liang)
    client.post(url("secondment_agree", found.pk))
    assert "在岗，即将期满" in text(client.get(url("secondment", found.pk)))
    assert "期满，请鉴定并结束或延期" in text(client.get("/inbox/"))
    assert "副书记（挂职）" in text(client.get(url("secondments"), {"late": "soon"}))
    sign_in(client, cast.tang)
    client.post(url("secondment_extend", found.pk), {"until": day(-60), "reason": "任务未完"})
    sign_in(client, cast.liang)
    client.post(
        url("secondment_end", found.pk), {"on": day(), "grade": "good", "words": "任务完成好"}
    )
    page = text(client.get(url("secondment", found.pk)))
    assert "优秀" in page
    assert "任务未完" in page
    assert Post.objects.get(org=cast.enterprise).ends_on.isoformat() == day()
    sign_in(client, cast.zhou)
    assert client.get(url("secondment", found.pk)).status_code == 404


def test_people_decide_what_points_propose(client, cast):
    person, _ = make_cadre("G1", cast.school, name="小林")
    sign_in(client, cast.tang)
    told = {
        "person": named(person), "org": cast.school.code, "day": day(2), "kind": "honour",
        "what": "区优秀共青团干部",
    }  # fmt: skip
    assert client.post(url("achievement_new"), told).status_code == 422
    client.post(url("achievement_new"), told | {"evidence": SimpleUploadedFile("证书.png", PNG)})
    made = Achievement.objects.get()
    assert "区优秀共青团干部" in text(client.get(url("achievement", made.pk)))
    year = timezone.localdate().year
    assert "未审定" in text(client.get(url("suggested"), {"year": year}))
    decide = f"{url('incentive_decide', person.pk)}?year={year}"
    assert client.get(decide).status_code == 403
    sign_in(client, cast.chen)
    assert "荣誉 1" in text(client.get(decide))
    told = {"decision": "given", "given": "", "reason": "突出"}
    assert client.post(decide, told).status_code == 422
    client.post(decide, told | {"given": "通报表扬"})
    given = Incentive.objects.get()
    assert "通报表扬" in text(client.get(url("incentives")))
    client.post(url("incentive_revoke", given.pk), {"reason": "填错"})
    assert "已撤销" in text(client.get(url("incentive", given.pk)))


def test_the_team_is_shown_by_place_and_by_field(client, cast):
    make_cadre("G1", cast.school, service="full_time")
    make_cadre("G2", cast.branch, title="委员")
    sign_in(client, cast.lin)
    scope = {"org": cast.longgang.code}

    board = text(client.get(url("board"), scope))
    assert "横岗街道" in board
    assert "50.00%" in board
    assert "学校领域" in board
    assert "G1" in text(client.get(url("roll"), scope | {"service": "full_time"}))
    lacking = text(client.get(url("gaps"), {**scope, "lacks": "secretary"}))
    assert "高一（1）团支部" in lacking
    assert "星河科技团委" in lacking
    assert '>横岗中学团委</td><td data-label="上级组织"' not in lacking
    assert "星河科技团委" in text(client.get(url("unrecorded"), scope))


def test_the_district_sets_terms_in_the_browser(client, cast):
    sign_in(client, cast.lin)
    form = client.get(url("terms_new")).context["form"]
    body = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    body |= {
        "title": "新规定", "starts_on": day(-5), "source": "会议", "reason": "团章",
        "quorum_top": 1, "quorum_bottom": 2,
    }  # fmt: skip

    late = client.post(url("terms_new"), body | {"starts_on": day()})
    odd = client.post(url("terms_new"), body | {"quorum_top": 2})
    client.post(url("terms_new"), body)

    assert late.status_code == odd.status_code == 422
    assert CadreTerms.objects.count() == 1
    assert "新规定" in text(client.get(url("terms")))
    sign_in(client, cast.chen)
    assert client.get(url("terms_new")).status_code == 403


@pytest.mark.parametrize("who", ["he", "fang"])
def test_who_has_no_part_in_it_has_only_their_own_page(client, cast, who):
    sign_in(client, getattr(cast, who))

    for name in ("board", "tenures", "reserve", "secondments", "suggested", "terms"):
        assert client.get(url(name)).status_code == 403
    assert client.get(url("own")).status_code == 200


def test_who_reads_changes_only_what_is_theirs_and_auditors_read_nothing(client, cast):
    lists = ("board", "roll", "gaps", "tenures", "elections", "secondments")
    news = ("secondment_new", "candidate_new", "achievement_new", "terms_new")
    for who, seen in ((cast.luo, 200), (cast.auditor, 403)):
        sign_in(client, who)
        for name in lists:
            assert client.get(url(name)).status_code == seen, name
        for name in ("reserve", *news):
            assert client.get(url(name)).status_code == 403, name
    assert client.get(url("election_new", cast.branch.pk)).status_code == 404
    sign_in(client, cast.chen)
    assert client.get(url("election_new", cast.branch.pk)).status_code == 403
