"""The reserve, secondments, achievements and incentives: what each needs, and who may."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.edges import system
from qinghe.edges.system import Earned
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Post
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import queries, services
from qinghe.systems.cadres.models import Candidate, Incentive, Secondment
from qinghe.systems.cadres.views import tables
from tests.cast import NOW, make_org, make_person

from .makers import make_cadre, new_secondment, nomination, on, second, self_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def code_of(do, **more):
    with pytest.raises(Refused) as refused:
        do(**more)
    return refused.value.code


@pytest.fixture
def candidate(cast):
    """梁, nominated by 陈, who has agreed."""
    made = services.nominate(
        new=nomination(cast, self_of(cast.liang), org=cast.enterprise), at=NOW, by=cast.chen
    )
    return services.agree(candidate=made, at=NOW, by=cast.liang)


def examine(cast, candidate, verdicts=("fit", "fit")):
    group = (cast.lin, cast.zhou)
    services.form_group(
        candidate=candidate, examiners=[self_of(one) for one in group], at=NOW, by=cast.chen
    )
    for who, verdict in zip(group, verdicts, strict=True):
        one = queries.own_examinations(who).get()
        services.give_opinion(examination=one, verdict=verdict, opinion="踏实", at=NOW, by=who)


def test_nobody_is_examined_unasked_and_only_they_agree(cast):
    made = services.nominate(new=nomination(cast, self_of(cast.luo)), at=NOW, by=cast.chen)
    asked = {"candidate": made, "at": NOW}

    group = [self_of(cast.lin), self_of(cast.zhou)]
    assert code_of(services.form_group, examiners=group, by=cast.chen, **asked) == "wrong_state"
    assert code_of(services.agree, by=cast.chen, **asked) == "not_allowed"
    assert services.decline(by=cast.luo, **asked).state == "refused"
    again = {"new": nomination(cast, self_of(cast.luo)), "at": NOW, "by": cast.chen}
    services.nominate(**again)
    assert code_of(services.nominate, **again) == "nominated_already"


def test_a_candidate_comes_in_by_two_opinions_and_goes_out_with_a_word(cast, candidate):
    kept = {"candidate": candidate, "at": NOW, "by": cast.chen}
    assert code_of(services.admit, words="同意", **kept) == "not_heard"
    examine(cast, candidate)

    made = services.admit(words="同意入库", **kept)
    assert (made.state, made.expires_on) == ("in", date(2025, 7, 3))
    assert code_of(services.let_out, how="expired", words="到期", **kept) == "not_expired"
    assert code_of(services.let_out, how="withdrawn", words="退出", **kept) == "not_allowed"
    out = services.let_out(how="used", words="任街道团工委副书记", **kept)
    assert (out.state, out.out_as) == ("out", "used")


def test_who_is_in_leaves_when_they_want(cast, candidate):
    examine(cast, candidate)
    services.admit(candidate=candidate, words="同意入库", at=NOW, by=cast.chen)

    out = services.leave_reserve(candidate=candidate, at=NOW, by=cast.liang)

    assert (out.state, out.out_as) == ("out", "withdrawn")


def test_the_nominator_does_not_examine_and_nobody_writes_for_others(cast, candidate):
    group = {"candidate": candidate, "at": NOW, "by": cast.chen}
    two = [self_of(cast.chen), self_of(cast.lin)]
    assert code_of(services.form_group, examiners=two, **group) == "own_candidate"
    assert code_of(services.form_group, examiners=two[1:], **group) == "too_few_examiners"
    services.form_group(examiners=[self_of(cast.lin), self_of(cast.zhou)], **group)
    one = queries.own_examinations(cast.lin).get()
    written = {"examination": one, "verdict": "fit", "opinion": "好", "at": NOW}
    assert code_of(services.give_opinion, by=cast.chen, **written) == "not_allowed"
    services.give_opinion(by=cast.lin, **written)
    assert code_of(services.give_opinion, by=cast.lin, **written) == "wrong_state"


def test_the_reserve_is_kept_and_read_by_few(cast, candidate):
    new = {"new": nomination(cast, self_of(cast.luo)), "at": NOW}
    for who in (cast.tang, cast.luo, cast.liang, cast.zhou, cast.auditor, cast.he):
        assert code_of(services.nominate, by=who, **new) == "not_allowed"
    for who in (cast.lin, cast.chen):
        assert queries.candidates_seen_by(who).exists()
    for who in (cast.tang, cast.luo, cast.liang, cast.zhou, cast.auditor):
        assert not queries.candidates_seen_by(who).exists()
    child = nomination(cast, cast.xiaohong)
    assert code_of(services.nominate, new=child, at=NOW, by=cast.chen) == "too_young"
    assert Candidate.objects.count() == 1


def test_a_secondment_begins_and_ends_a_post(cast):
    person, home = make_cadre("G1", cast.school)

    made = second(cast, person)

    assert made.state == "running"
    post = Post.objects.get(org=cast.enterprise)
    assert (post.title, post.service, post.starts_on) == (
        "副书记（挂职）", "seconded", date(2022, 7, 1),
    )  # fmt: skip
    told = services.Appraisal(date(2022, 7, 3), "good", "任务完成得好")
    ended = services.end_secondment(secondment=made, appraisal=told, at=NOW, by=cast.liang)
    post.refresh_from_db()
    home.refresh_from_db()
    assert (ended.state, post.ends_on, home.ends_on) == ("ended", date(2022, 7, 3), None)


def test_nobody_agrees_to_their_own_secondment(cast):
    """Bar 17."""
    person, _ = make_cadre("G1", cast.school)
    asked = services.ask_secondment(new=new_secondment(cast, person), at=NOW, by=cast.tang)
    themself = Actor(person.pk, "本人", cast.liang.holdings)

    agreeing = {"secondment": asked, "at": NOW, "by": themself}
    assert code_of(services.agree_to, **agreeing) == "own_secondment"


def test_both_sides_agree_and_it_waits_for_its_first_day(cast):
    person, _ = make_cadre("G1", cast.school)
    later = new_secondment(cast, person, starts_on=date(2022, 8, 1))
    asked = services.ask_secondment(new=later, at=NOW, by=cast.tang)

    twice = {"secondment": asked, "at": NOW}
    assert code_of(services.agree_to, by=cast.tang, **twice) == "not_allowed"
    assert services.agree_to(by=cast.liang, **twice).state == "agreed"
    assert code_of(services.begin, by=cast.liang, **twice) == "too_early"
    assert services.begin_due(at=NOW, by="clock") == 0
    assert services.begin_due(at=on(1, month=8), by="clock") == 1
    assert Secondment.objects.get().state == "running"


def test_it_is_for_the_home_organisation_to_extend(cast):
    person, _ = make_cadre("G1", cast.school)
    made = second(cast, person)
    longer = {"secondment": made, "until": date(2023, 12, 31), "reason": "任务未完", "at": NOW}

    assert code_of(services.extend, by=cast.liang, **longer) == "not_allowed"
    kept = services.extend(by=cast.tang, **longer)
    assert (kept.ends_on, kept.remind_on) == (date(2023, 12, 31), date(2023, 12, 1))
    assert code_of(services.extend, by=cast.tang, **longer) == "wrong_order"
    assert kept.extensions.get().was == date(2023, 6, 30)


@pytest.mark.parametrize("who", ["zhou", "luo", "he", "auditor"])
def test_strangers_second_nobody(cast, who):
    person, _ = make_cadre("G1", cast.school)
    new = new_secondment(cast, person)

    assert code_of(services.ask_secondment, new=new, at=NOW, by=getattr(cast, who)) == "not_allowed"


def test_only_their_own_are_sent_and_a_refusal_is_the_end(cast):
    stranger = new_secondment(cast, make_person("X1", "外人"))
    asked = {"new": stranger, "at": NOW, "by": cast.tang}
    assert code_of(services.ask_secondment, **asked) == "not_of_home"
    person, _ = make_cadre("G1", cast.school)
    made = services.ask_secondment(new=new_secondment(cast, person), at=NOW, by=cast.tang)
    answer = {"secondment": made, "reason": "没有岗位", "at": NOW}
    assert services.refuse_secondment(by=cast.liang, **answer).state == "refused"
    assert code_of(services.withdraw_secondment, by=cast.tang, **answer) == "wrong_state"
    assert not Post.objects.filter(org=cast.enterprise).exists()


def achieve(cast, person, *, evidence=True, by=None, **told):
    new = services.NewAchievement(
        **({"person": person, "org": cast.school, "day": date(2022, 5, 4), "kind": "honour",
            "what": "区优秀共青团干部"} | told)
    )  # fmt: skip
    files = [SimpleUploadedFile("证书.png", PNG)] if evidence else []
    return services.enter_achievement(new=new, evidence=files, at=NOW, by=by or cast.tang)


def test_points_propose_and_people_decide(cast):
    person, _ = make_cadre("G1", cast.school, since=date(2020, 1, 1))
    make_cadre("G2", cast.school, title="副书记")
    achieve(cast, person)
    listed = queries.suggested(cast.chen, cast.henggang, year=2022, today=date(2022, 7, 3))
    assert [(one.person, one.points) for one in listed] == [(person, 10)]  # 2 + 8
    assert not Incentive.objects.exists()

    new = services.Decided(person, 2022, "given", "实绩突出", "通报表扬")
    for who in (cast.tang, cast.auditor, cast.liang):
        assert code_of(services.decide_incentive, new=new, at=NOW, by=who) in (
            "not_allowed", "no_cadre",
        )  # fmt: skip
    made = services.decide_incentive(new=new, at=NOW, by=cast.chen)
    assert (made.points, made.given) == (10, "通报表扬")
    assert code_of(services.decide_incentive, new=new, at=NOW, by=cast.lin) == "decided_already"
    services.revoke_incentive(incentive=made, reason="填错", at=NOW, by=cast.lin)
    assert services.decide_incentive(new=new, at=NOW, by=cast.lin).points == 10


def test_what_their_organisation_came_to_gives_cadres_points(cast, monkeypatch):  # S079
    person, _ = make_cadre("G1", cast.school, since=date(2020, 1, 1))
    make_cadre("G2", cast.branch, title="团支部书记", since=date(2020, 1, 1))
    halves = [Earned(cast.school.code, Decimal(part)) for part in ("0.9", "0.8")]
    assessing = SimpleNamespace(earned=lambda actor, year: halves if year == 2022 else [])
    monkeypatch.setattr(system, "INSTALLED", [assessing])

    (listed,) = queries.suggested(cast.chen, cast.henggang, year=2022, today=date(2022, 7, 3))

    assert (listed.person, listed.points) == (person, 10)  # 2 + 85 % of 10
    assert tables.says(listed) == "任满一年的职务 1；单位考核得分率 85.0%"
    assert not queries.suggested(cast.chen, cast.henggang, year=2021, today=date(2022, 7, 3))


def test_what_a_street_came_to_counts_for_its_working_committee(cast, monkeypatch):  # S079
    committee = make_org(
        "440307017801", "横岗街道团工委", kind="working_committee", level="street",
        parent=cast.henggang,
    )  # fmt: skip
    person, _ = make_cadre("G1", committee, since=date(2020, 1, 1))
    street = [Earned(cast.henggang.code, Decimal(1))]
    assessing = SimpleNamespace(earned=lambda actor, year: street)
    monkeypatch.setattr(system, "INSTALLED", [assessing])

    (listed,) = queries.suggested(cast.lin, cast.longgang, year=2022, today=date(2022, 7, 3))

    assert (listed.person, listed.points) == (person, 12)


def test_an_achievement_has_its_evidence_and_is_not_ones_own(cast):
    person, _ = make_cadre("G1", cast.school)

    assert code_of(achieve, cast=cast, person=person, evidence=False) == "evidence_needed"
    assert code_of(achieve, cast=cast, person=make_person("X1", "外人")) == "no_cadre"
    assert code_of(achieve, cast=cast, person=self_of(cast.tang)) == "own_achievement"
    assert code_of(achieve, cast=cast, person=person, by=cast.luo) == "not_allowed"
    made = achieve(cast, person)
    assert code_of(achieve, cast=cast, person=person) == "there_already"
    void = services.void_achievement(achievement=made, reason="登错人", at=NOW, by=cast.tang)
    assert void.state == "void"
    assert not queries.suggested(cast.chen, cast.henggang, year=2022, today=date(2022, 7, 3))


def test_one_person_with_several_posts_counts_once_the_highest_class_wins(cast):  # T-81
    person, _ = make_cadre("G1", cast.school)
    make_cadre("G2", cast.branch, title="团支部书记")
    second_post = services.ask_secondment(new=new_secondment(cast, person), at=NOW, by=cast.tang)
    services.agree_to(secondment=second_post, at=NOW, by=cast.liang)

    found = queries.structure(cast.chen, cast.henggang, on=date(2022, 7, 3))
    rows = queries.cadres_by_person(cast.chen, cast.henggang, on=date(2022, 7, 3))

    assert (found.whole.people, found.with_several, found.whole.share) == (2, 1, "0.00%")
    assert found.whole.classes == {"seconded": 1, "part_time": 1}
    assert [(one.person.number, one.posts) for one in rows.order_by("person__number")] == [
        ("G1", 2), ("G2", 1),
    ]  # fmt: skip


def test_committees_that_lack_somebody(cast):
    make_cadre("G1", cast.branch, title="团支部书记")
    make_cadre("G2", cast.school, title="副书记")

    found = {one.code: one for one in queries.led_orgs(cast.chen, cast.henggang)}

    assert (found["HGZX-01"].has_secretary, found["HGZX-01"].lacking) == (True, 2)
    assert (found["HGZX"].has_secretary, found["HGZX"].lacking) == (False, 6)
    assert (found["XHKJ"].has_secretary, found["XHKJ"].held) == (False, 0)
