"""Meetings: written down with the roll of their day, kept where too few came, called void."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.files.models import Attachment
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import models, queries, rules, services
from qinghe.systems.branches.models import Meeting
from tests.cast import NOW

from .makers import enrol, new_meeting, record

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def code_of(do, **values):
    with pytest.raises(Refused) as refused:
        do(**values)
    return refused.value.code


def test_the_roll_of_the_day_says_how_many_are_entitled(cast, branch):
    enrol(branch, 3, since=date(2022, 6, 1), prefix="LATE")

    may, june = record(cast.luo, branch), record(cast.luo, branch, day=date(2022, 6, 10))

    assert (may.entitled, may.counts, may.slot) == (4, True, "2022Q2")
    assert may.covers_until == date(2022, 9, 30)
    assert (june.entitled, june.counts) == (7, False)  # three of seven: kept, not counted
    assert Entry.objects.filter(verb="branches.record_meeting").count() == 2


def test_a_lesson_comes_with_evidence(cast, branch):
    new = new_meeting(branch, kind="lesson", topic="青年大学习", quarters=4, speaker="林老师")

    made = services.record_meeting(
        new=new, evidence=[SimpleUploadedFile("现场.png", PNG)], at=NOW, by=cast.tang
    )

    assert (made.slot, made.covers_until) == ("2022", None)
    assert Attachment.objects.get().subject_id == made.pk


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"day": date(2022, 7, 4)}, "in_future"),
        ({"present": 5}, "too_many"),
        ({"present": 0}, "nobody_came"),
        ({"topic": " "}, "topic_needed"),
        ({"kind": "group"}, "entitled_needed"),
        ({"kind": "lesson"}, "lesson_incomplete"),
        ({"quarters": 2}, "no_lesson"),
    ],
)
def test_what_cannot_have_been_is_refused(cast, branch, told, code):
    assert code_of(record, by=cast.luo, branch=branch, **told) == code
    assert not Meeting.objects.exists()


def test_the_same_meeting_is_written_down_once(cast, branch):
    record(cast.luo, branch)

    assert code_of(record, by=cast.tang, branch=branch) == "there_already"


@pytest.mark.parametrize("who", ["zhou", "he", "auditor", "liang"])
def test_strangers_write_nothing_down(cast, branch, who):
    assert code_of(record, by=getattr(cast, who), branch=branch) == "not_allowed"


def test_a_committee_of_the_school_is_no_branch(cast, branch):
    assert code_of(record, by=cast.tang, branch=cast.school) == "no_branch"


def test_a_void_meeting_is_kept_and_written_anew(cast, branch):
    wrong = record(cast.luo, branch)

    void = services.cancel_meeting(meeting=wrong, reason="人数登错", at=NOW, by=cast.luo)
    right = record(cast.luo, branch, present=4)

    assert (void.state, void.reason) == ("cancelled", "人数登错")
    assert right.present == 4
    again = {"meeting": wrong, "reason": "再来", "at": NOW, "by": cast.luo}
    assert code_of(services.cancel_meeting, **again) == "wrong_state"
    assert code_of(services.cancel_meeting, **(again | {"reason": " "})) == "reason_needed"
    assert code_of(services.cancel_meeting, **(again | {"by": cast.zhou})) == "not_allowed"


def new_terms(**told):
    defaults = {
        "title": "新要求", "starts_on": date(2023, 1, 1), "committee_from": 10,
        "duties": [rules.Asked("general", "month")], "source": "区委会议", "reason": "加强",
    }  # fmt: skip
    return services.NewTerms(**(defaults | told))


def test_terms_hold_from_their_year_on(cast, branch):
    services.set_terms(new=new_terms(), at=NOW, by=cast.lin)

    assert queries.asked_on(cast.lin, date(2022, 12, 31))["general"].every == "quarter"
    assert queries.asked_on(cast.lin, date(2023, 1, 1))["general"].every == "month"
    assert code_of(services.set_terms, new=new_terms(), at=NOW, by=cast.lin) == "day_taken"


def test_only_the_district_sets_terms_and_says_why(cast):
    for who in (cast.chen, cast.tang, cast.luo, cast.auditor):
        assert code_of(services.set_terms, new=new_terms(), at=NOW, by=who) == "not_allowed"
    mute = new_terms(reason=" ")
    assert code_of(services.set_terms, new=mute, at=NOW, by=cast.lin) == "reason_needed"
    assert models.MeetingTerms.objects.count() == 1
