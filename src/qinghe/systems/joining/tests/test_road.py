"""The road step by step: who takes each, what each leaves, what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import queries, services
from qinghe.systems.joining.models import Case, Meeting, Number, Step

from . import makers
from .makers import DAYS, actor_of, enter, on, scan, take, walk

pytestmark = pytest.mark.django_db


def refused(do, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        do(*arguments, **named)
    return refusal.value


def test_the_whole_road_ends_with_a_member(cast, case):
    done = walk(cast, case, upto="archive")

    person = done.person
    file, place = LeagueFile.objects.get(person=person), Membership.objects.get(person=person)
    assert (done.state, done.step, done.awaits, done.due_on) == ("finished", 16, "", None)
    assert (file.joined_on, file.number) == (date(2022, 5, 30), makers.NUMBER)  # T-10
    assert (place.org, place.starts_on) == (cast.branch, date(2022, 5, 30))
    assert [step.number for step in done.steps.filter(done_on__isnull=False)] == [*range(1, 16)]
    assert Attachment.objects.get(subject_id=case.pk).label == "入团志愿书"
    told = set(Entry.objects.filter(verb__startswith="joining.").values_list("verb", flat=True))
    assert {f"joining.{verb}" for verb in makers.ROAD} <= told
    assert Notice.objects.filter(person=person).count() == 3


def test_no_step_is_taken_before_its_turn_nor_twice(cast, case):
    for verb in makers.ROAD[1:]:
        assert refused(take, cast, case, verb).code == "not_next"

    take(cast, case, "hold_talk")
    assert refused(take, cast, case, "hold_talk").code == "not_next"


def test_only_the_right_hands_take_a_step(cast, case):
    beside = [cast.zhou, cast.liang, cast.auditor, cast.xu, actor_of(cast.xiaohong)]
    for verb in makers.ROAD:
        if verb == "finish_cultivation":
            makers.add_lessons(cast, case)
        if verb == "archive":
            services.file_case(case=case, at=on(DAYS["approve"]), by=cast.lin)
        # The branch does not decide above itself; the district does not take the branch's steps.
        other = cast.luo if verb in makers.COMMITTEES else cast.lin
        for stranger in (*beside, other):
            assert refused(take, cast, case, verb, by=stranger).code == "not_allowed"
        take(cast, case, verb)


def test_who_handed_in_does_not_decide(cast, case):
    take(cast, case, "hold_talk")
    take(cast, case, "propose_activist", by=cast.tang)

    assert refused(take, cast, case, "confirm_activist").code == "own_hand"
    take(cast, case, "confirm_activist", by=cast.chen)


def test_nobody_takes_steps_of_their_own(cast):
    own = enter(cast, number="A009", name="苏小树")
    secretary = Person.objects.get(pk=cast.luo.person_id)
    Case.objects.filter(pk=own.pk).update(person=secretary)

    assert refused(take, cast, own, "hold_talk").code == "own_hand"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"nationality": "外国"}, "wrong_nationality"),
        ({"letter": " "}, "letter_needed"),
        ({"born": date(2008, 1, 11)}, "wrong_age"),
        ({"on": date(2022, 1, 11)}, ""),
    ],
)
def test_who_may_apply(cast, changed, code):
    if code:
        assert refused(enter, cast, **changed).code == code
        assert not Case.objects.exists()
    else:
        assert enter(cast, **changed).step == 2


def test_only_a_branch_takes_applications(cast):
    new = makers.new_application(cast, org=cast.henggang)
    applicant = actor_of(cast.xiaohong)

    assert refused(services.apply, new=new, at=makers.NOW, by=applicant).code == "not_a_branch"


def test_one_applies_oneself_and_has_one_open_case(cast):
    applicant = actor_of(cast.xiaohong)
    new = makers.new_application(cast)

    made = services.apply(new=new, at=makers.NOW, by=applicant)

    assert (made.opened_on, made.by_desk, made.due_on) == (
        date(2022, 7, 3),
        False,
        date(2022, 8, 3),
    )
    assert refused(services.apply, new=new, at=makers.NOW, by=applicant).code == "open_already"
    services.withdraw(case=made, reason="想再等等", at=makers.NOW, by=applicant)
    assert services.apply(new=new, at=makers.NOW, by=applicant).state == "open"


def test_a_member_does_not_apply_again(cast, case):
    walk(cast, case, upto="approve")

    assert refused(enter, cast).code == "already_member"


def test_steps_are_in_order_and_none_is_ahead(cast, case):
    early = refused(take, cast, case, "hold_talk", day=date(2022, 1, 9))

    assert early.code == "wrong_order"
    assert "派人谈话" in early.reason
    assert "提交入团申请书" in early.reason
    day = date(2022, 2, 1)
    told = {"case": case, "on": day, "words": "谈话", "by": cast.luo}
    assert refused(services.hold_talk, **told, at=on(day - timedelta(days=1))).code == "in_future"


def test_cultivation_is_not_cut_short(cast, case):
    walk(cast, case, upto="name_contacts")
    makers.add_lessons(cast, case, count=3)

    short = refused(take, cast, case, "finish_cultivation", day=date(2022, 5, 4))

    assert short.code == "not_yet"
    assert "2022-05-05期满" in short.reason
    assert "还差2学时" in short.reason


def test_a_lesson_entered_in_error_counts_no_longer(cast, case):
    walk(cast, case, upto="name_contacts")
    makers.add_lessons(cast, case)
    lesson = case.lessons.first()
    told = {"case": case, "on": lesson.on, "title": lesson.title, "quarters": 8}

    assert (
        refused(services.add_lesson, **told, at=makers.NOW, by=cast.luo).code == "entered_already"
    )
    services.strike_lesson(lesson=lesson, reason="记错人", at=makers.NOW, by=cast.luo)

    assert refused(take, cast, case, "finish_cultivation").code == "not_yet"


def test_service_is_confirmed_with_evidence(cast, case):
    walk(cast, case, upto="name_contacts")
    makers.add_lessons(cast, case)

    few = replace(makers.SERVED, hours=19)
    unregistered = replace(makers.SERVED, volunteer_number="")
    assert refused(take, cast, case, "finish_cultivation", served=few).code == "too_few_hours"
    told = refused(take, cast, case, "finish_cultivation", served=unregistered)
    assert told.code == "not_a_volunteer"


def test_sponsors_are_full_members_of_the_branch_or_above(cast, case):
    walk(cast, case, upto="confirm_activist")
    stranger = [cast.xiaoming]

    assert refused(take, cast, case, "name_contacts", members=stranger).code == "not_a_member"
    assert refused(take, cast, case, "name_contacts", members=[]).code == "wrong_sponsors"


def test_a_notice_stays_up_and_objections_are_answered(cast, case):
    walk(cast, case, upto="post_notice")
    step = case.steps.get(number=8)
    assert step.posted_until == date(2022, 5, 24)
    again = refused(take, cast, case, "post_notice", day=date(2022, 5, 25))
    assert again.code == "posted_already"
    assert refused(take, cast, case, "close_notice", day=date(2022, 5, 24)).code == "not_yet"
    told = {"case": case, "on": date(2022, 5, 20), "words": "团课有代签", "by": cast.luo}
    objection = services.object_to(**told, at=on(date(2022, 5, 20)))
    assert refused(take, cast, case, "close_notice").code == "not_yet"

    services.answer_objection(
        objection=objection, words="查无此事", upheld=False, at=on(date(2022, 5, 21)), by=cast.tang
    )

    assert take(cast, case, "close_notice").step == 9


def test_an_objection_that_holds_stops_the_road(cast, case):
    walk(cast, case, upto="post_notice")
    told = {"case": case, "on": date(2022, 5, 20), "words": "团课有代签", "by": cast.luo}
    objection = services.object_to(**told, at=on(date(2022, 5, 20)))
    services.answer_objection(
        objection=objection, words="属实", upheld=True, at=on(date(2022, 5, 21)), by=cast.luo
    )

    assert refused(take, cast, case, "close_notice").code == "not_yet"
    ended = services.refuse(case=case, reason="异议属实", at=makers.NOW, by=cast.luo)
    assert (ended.state, ended.number) == ("refused", "")


def test_a_meeting_without_quorum_is_not_kept_and_a_lost_vote_ends_the_case(cast, case):
    walk(cast, case, upto="fill_form")
    empty = services.Vote(entitled=10, present=5, agreed=5, opposed=0, abstained=0)
    lost = services.Vote(entitled=10, present=9, agreed=5, opposed=3, abstained=1)

    assert refused(take, cast, case, "hold_meeting", vote=empty).code == "no_quorum"
    assert not Meeting.objects.exists()
    ended = take(cast, case, "hold_meeting", vote=lost)

    assert (ended.state, ended.number, ended.reason) == ("refused", "", "支部大会表决未通过")
    assert Meeting.objects.get().agreed == 5
    assert not LeagueFile.objects.exists()


@pytest.mark.parametrize(
    ("verb", "before", "changed"),
    [
        ("fill_form", "name_introducers", {"opinion_on": DAYS["fill_form"]}),
        ("hold_meeting", "fill_form", {"day": date(2022, 5, 28)}),
        ("approve", "hold_meeting", {"day": DAYS["hold_meeting"]}),
    ],
)
def test_days_of_the_paper_strictly_increase(cast, case, verb, before, changed):
    walk(cast, case, upto=before)

    assert refused(take, cast, case, verb, **changed).code == "wrong_order"


def test_a_number_is_kept_with_the_preview_used_with_the_approval(cast, case):
    other = enter(cast, number="A002", name="苗禾")
    walk(cast, case, upto="preview")
    walk(cast, other, upto="recommend")
    kept = Number.objects.get(number=makers.NUMBER)
    assert (kept.state, kept.person) == ("reserved", case.person)

    second = take(cast, other, "preview")
    assert second.number == "202244000002"
    for verb in makers.ROAD[makers.ROAD.index("post_notice") : makers.ROAD.index("approve") + 1]:
        take(cast, case, verb)

    kept.refresh_from_db()
    assert (kept.state, kept.used_on) == ("used", date(2022, 5, 30))


def test_without_a_number_nobody_is_previewed(cast, case):
    Number.objects.update(state="void", voided_on=date(2022, 3, 1), reason="收回")
    walk(cast, case, upto="recommend")

    assert refused(take, cast, case, "preview").code == "no_number_left"


def test_the_applicant_takes_it_back_and_the_number_goes_to_nobody_else(cast):
    applicant = actor_of(cast.xiaohong)
    new = makers.new_application(cast)
    case = services.apply(new=new, at=on(makers.APPLIED), by=applicant)
    walk(cast, case, upto="preview")

    services.withdraw(case=case, reason="想再等等", at=makers.NOW, by=applicant)

    assert Number.objects.get(number=makers.NUMBER).state == "void"


def test_a_meeting_in_the_next_year_takes_a_number_of_that_year(cast, case):
    makers.hand_numbers(cast, year=2023)
    walk(cast, case, upto="fill_form")
    take(cast, case, "hold_meeting", day=date(2023, 1, 4))

    done = take(cast, case, "approve", day=date(2023, 1, 12))

    assert done.number == LeagueFile.objects.get().number == "202344000001"  # T-20
    assert Number.objects.get(number=makers.NUMBER).state == "void"


def test_refusal_at_the_end_leaves_nobody_on_the_roll(cast, case):
    walk(cast, case, upto="hold_meeting")

    refused(services.refuse, case=case, reason="手续不全", at=makers.NOW, by=cast.luo)
    ended = services.refuse(case=case, reason="手续不全", at=makers.NOW, by=cast.tang)

    assert (ended.state, ended.number, ended.joined_on) == ("refused", "", None)
    assert Number.objects.get(number=makers.NUMBER).state == "void"
    assert not Membership.objects.filter(person=case.person).exists()


def test_who_was_admitted_cannot_be_refused_any_more(cast, case):
    walk(cast, case, upto="approve")

    for do in (services.refuse, services.withdraw, services.lapse, services.pause):
        told = {"case": case, "reason": "改主意", "at": makers.NOW, "by": cast.luo}
        assert refused(do, **told).code == "admitted_already"


def test_filing_goes_before_the_archive(cast, case):
    walk(cast, case, upto="hold_ceremony")

    assert refused(take, cast, case, "archive").code == "not_yet"
    assert refused(services.file_case, case=case, at=makers.NOW, by=cast.tang).code == "not_allowed"
    services.file_case(case=case, at=on(date(2022, 6, 15)), by=cast.lin)
    filed = services.file_case(case=case, at=makers.NOW, by=cast.lin)
    assert filed.filed_on == date(2022, 6, 15)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (lambda: scan(11), "不足"),
        (lambda: scan(13), "超出"),
        (lambda: scan(12, name="志愿书.jpg"), "PDF"),
    ],
)
def test_the_scan_is_one_pdf_of_twelve_pages(cast, case, upload, words):
    walk(cast, case, upto="hold_ceremony")
    services.file_case(case=case, at=makers.NOW, by=cast.lin)

    told = refused(take, cast, case, "archive", scan=upload())

    assert told.code == "wrong_scan"
    assert words in told.reason
    assert not Attachment.objects.exists()


def test_a_scan_that_cannot_be_read_or_is_too_large_is_refused(cast, case):
    walk(cast, case, upto="hold_ceremony")
    services.file_case(case=case, at=makers.NOW, by=cast.lin)
    broken, large = scan(), scan()
    broken.file.seek(0)
    broken.file.truncate(200)
    large.size = 20 * 1024 * 1024 + 1

    assert "打不开" in refused(take, cast, case, "archive", scan=broken).reason
    assert "20MB" in refused(take, cast, case, "archive", scan=large).reason


def test_a_pause_moves_the_limit(cast, case):
    services.pause(case=case, reason="军训", at=on(date(2022, 1, 12)), by=cast.luo)
    assert refused(take, cast, case, "hold_talk").code == "wrong_state"

    gone_on = services.resume(case=case, at=on(date(2022, 1, 22)), by=cast.luo)

    assert gone_on.due_on == date(2022, 2, 20)
    assert Step.objects.get(case=case, number=2).due_on == date(2022, 2, 20)
    take(cast, case, "hold_talk", day=date(2022, 1, 22))


def test_a_case_lapses_when_nothing_happens_for_long(cast, case):
    told = {"case": case, "reason": "联系不上", "by": cast.luo}

    assert refused(services.lapse, **told, at=on(date(2023, 1, 9))).code == "not_lapsed"
    ended = services.lapse(**told, at=on(date(2023, 1, 10)))

    assert (ended.state, ended.closed_on) == ("lapsed", date(2023, 1, 10))


def test_queues_show_a_committee_what_awaits_it(cast, case):
    queues = {
        "propose_activist": queries.activists_waiting,
        "recommend": queries.previews_waiting,
        "hold_meeting": queries.approvals_waiting,
    }

    for verb in makers.ROAD[: makers.ROAD.index("hold_meeting") + 1]:
        if verb == "finish_cultivation":
            makers.add_lessons(cast, case)
        take(cast, case, verb)
        shown = {name for name, waiting in queues.items() if waiting(cast.tang)}
        assert shown == {verb} & set(queues)
        assert not any(waiting(cast.luo) for waiting in queues.values())
