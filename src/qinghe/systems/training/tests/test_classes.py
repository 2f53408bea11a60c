"""Classes: published, signed up for, called, examined, certified; never oversold."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.models import Consent
from qinghe.kernel.notices.models import Notice
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.training import queries, rules, services
from qinghe.systems.training.models import Class, Completion, Enrolment
from qinghe.systems.training.system import SYSTEM
from tests.cast import NOW

from .makers import (
    MOTHER,
    actor_of,
    agreed,
    enrol,
    make_child,
    make_class,
    make_course,
    make_programme,
    name_in_charge,
    on,
)

pytestmark = pytest.mark.django_db
BORN = {"adult": date(2000, 1, 1), "teen": date(2007, 1, 1), "child": date(2012, 1, 1)}


@pytest.mark.parametrize(
    ("born", "youngest", "oldest", "code"),
    [
        (date(2012, 7, 10), 10, 14, ""),  # ten on the day
        (date(2012, 7, 11), 10, 14, "wrong_age"),
        (date(2007, 7, 11), 10, 14, ""),
        (date(2007, 7, 10), 10, 14, "wrong_age"),
        (None, 10, None, "age_unknown"),
        (None, None, None, ""),
        (date(1950, 1, 1), 18, None, ""),
    ],
)
def test_age_is_that_of_the_day(born, youngest, oldest, code):
    day = date(2022, 7, 10)
    found = ""
    try:
        rules.check_age(birth_date=born, youngest=youngest, oldest=oldest, on=day)
    except Refused as refusal:
        found = refusal.code

    assert found == code


@pytest.mark.parametrize(
    ("born", "purposes"),
    [
        ("adult", ("training",)),
        ("teen", ("training",)),
        ("child", ("training", "child")),
    ],
)
def test_a_child_below_fourteen_asks_for_one_more_consent(born, purposes):
    assert rules.purposes_for(birth_date=BORN[born], on=date(2022, 7, 3)) == purposes


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (None, None, "不限年龄"),
        (8, 14, "8至14周岁"),
        (18, None, "18周岁及以上"),
        (None, 6, "6周岁及以下"),
    ],
)
def test_who_is_taken_is_said_in_words(youngest, oldest, words):
    assert rules.ages(youngest, oldest) == words


def test_an_adult_agrees_and_has_a_place(cast, planned):
    made = services.sign_up(
        training_class=planned, agreed=agreed(), at=NOW, by=actor_of(cast.xiaoming)
    )
    again = services.sign_up(
        training_class=planned, agreed=agreed(), at=NOW, by=actor_of(cast.xiaoming)
    )

    planned.refresh_from_db()
    assert again == made
    assert (made.state, made.by_guardian, planned.taken) == ("signed", False, 1)
    assert consent.holds(cast.xiaoming, "training", on=NOW.date())


def test_nobody_is_signed_up_who_has_not_agreed(cast, planned):
    with pytest.raises(Refused) as refused:
        services.sign_up(
            training_class=planned, agreed=services.Agreed(), at=NOW, by=actor_of(cast.xiaoming)
        )

    assert refused.value.code == "consent_needed"
    assert not Enrolment.objects.exists()


def test_a_minor_does_not_agree_alone(cast, planned):
    with pytest.raises(Refused) as refused:
        services.sign_up(
            training_class=planned, agreed=agreed(), at=NOW, by=actor_of(cast.xiaohong)
        )

    planned.refresh_from_db()
    assert refused.value.code == "guardian_needed"
    assert (planned.taken, Consent.objects.count()) == (0, 0)


def test_a_minor_whose_guardian_agreed_signs_up(cast, planned, course):
    at_desk = services.sign_up_other(
        training_class=planned,
        new=people.NewPerson(cast.xiaohong.number, cast.xiaohong.name),
        agreed=agreed(guardian=MOTHER),
        at=NOW,
        by=cast.lin,
    )
    other = make_class(cast, course, title="第二期")
    alone = services.sign_up(
        training_class=other, agreed=services.Agreed(), at=NOW, by=actor_of(cast.xiaohong)
    )

    assert at_desk.by_guardian
    assert alone.by_guardian
    assert Consent.objects.get().by_guardian


def test_a_child_is_signed_up_by_the_guardian_alone(cast, planned):
    name_in_charge()
    child = make_child(guardian=cast.xiaoming, org=cast.hongmian)
    both = agreed(purposes=("training", "child"), guardian=MOTHER)

    with pytest.raises(Refused) as alone:
        services.sign_up(training_class=planned, agreed=both, at=NOW, by=actor_of(child))
    with pytest.raises(Refused) as stranger:
        services.sign_up_ward(
            training_class=planned, ward=child, agreed=both, at=NOW, by=actor_of(cast.xiaohong)
        )
    with pytest.raises(Refused) as one_missing:
        services.sign_up_ward(
            training_class=planned,
            ward=child,
            agreed=agreed(guardian=MOTHER),
            at=NOW,
            by=actor_of(cast.xiaoming),
        )
    made = services.sign_up_ward(
        training_class=planned, ward=child, agreed=both, at=NOW, by=actor_of(cast.xiaoming)
    )

    codes = [one.value.code for one in (alone, stranger, one_missing)]
    assert codes == ["guardian_signs", "not_allowed", "consent_needed"]
    assert made.person == child
    assert {one.notice.purpose for one in Consent.objects.all()} == {"training", "child"}


def test_no_child_is_taken_while_nobody_is_in_charge(cast, planned):
    child = make_child(guardian=cast.xiaoming, org=cast.hongmian)

    with pytest.raises(Refused) as refused:
        services.sign_up_ward(
            training_class=planned,
            ward=child,
            agreed=agreed(purposes=("training", "child"), guardian=MOTHER),
            at=NOW,
            by=actor_of(cast.xiaoming),
        )

    assert refused.value.code == "nobody_in_charge"
    assert not Consent.objects.exists()


def test_who_takes_the_consent_back_gives_the_place_back(cast, planned):
    made = services.sign_up(
        training_class=planned, agreed=agreed(), at=NOW, by=actor_of(cast.xiaoming)
    )

    SYSTEM.on_withdrawn(cast.xiaoming, "training", NOW, actor_of(cast.xiaoming))

    made.refresh_from_db()
    planned.refresh_from_db()
    assert (made.state, made.reason, planned.taken) == ("cancelled", "已撤回同意", 0)


def test_a_full_class_takes_nobody_more(cast, course):
    small = make_class(cast, course, capacity=1)
    enrol(cast, small)

    with pytest.raises(Refused) as refused:
        enrol(cast, small, number="K002", name="马小川")

    small.refresh_from_db()
    assert refused.value.code == "class_full"
    assert small.taken == 1
    assert not Person.objects.filter(number="K002").exists()


def test_the_database_itself_refuses_more_than_there_are_places(planned):
    with pytest.raises(IntegrityError), transaction.atomic():
        Class.objects.update(taken=4)


def test_the_name_at_the_desk_must_be_that_of_the_number(cast, planned):
    with pytest.raises(Refused) as refused:
        enrol(cast, planned, number="P004", name="另一个人")

    assert refused.value.code == "person_differs"


def test_a_place_is_given_back_before_the_class_not_after(cast, planned):
    by = actor_of(cast.xiaoming)
    made = services.sign_up(training_class=planned, agreed=agreed(), at=NOW, by=by)

    with pytest.raises(Refused) as late:
        services.cancel_sign_up(enrolment=made, at=planned.starts_at, by=by)
    with pytest.raises(Refused) as other:
        services.cancel_sign_up(enrolment=made, at=NOW, by=actor_of(cast.xiaohong))
    services.cancel_sign_up(enrolment=made, at=NOW, by=by)
    anew = services.sign_up(training_class=planned, agreed=agreed(), at=NOW, by=by)

    planned.refresh_from_db()
    assert [late.value.code, other.value.code] == ["class_closed", "not_allowed"]
    assert anew != made
    assert planned.taken == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"starts_at": NOW}, "in_the_past"),
        ({"capacity": 0}, "no_places"),
        ({"youngest": 12, "oldest": 8}, "wrong_ages"),
    ],
)
def test_what_cannot_be_published(cast, course, change, code):
    with pytest.raises(Refused) as refused:
        make_class(cast, course, **change)

    assert refused.value.code == code


def test_a_class_is_held_within_the_reach_of_its_programme(cast):
    from_henggang = services.open_programme(
        new=services.NewProgramme("HG", "横岗训练营", "camp", cast.henggang), at=NOW, by=cast.lin
    )
    course = make_course(cast, from_henggang)

    with pytest.raises(Refused) as refused:
        make_class(cast, course, org=cast.xiangjiaotang)

    assert refused.value.code == "not_of_the_programme"


def test_roll_examination_certificates_one_after_the_other(cast, planned):
    first, second, third = (
        enrol(cast, planned, number=f"K00{n}", name=f"高小{n}") for n in (1, 2, 3)
    )
    after = on(10, hour=12)
    with pytest.raises(Refused, match="开始后才能点名"):
        services.call_roll(training_class=planned, came=[], at=NOW, by=cast.lin)
    with pytest.raises(Refused, match="还没有点名"):
        services.set_results(training_class=planned, passed=[], at=after, by=cast.lin)

    services.call_roll(training_class=planned, came=[first.pk], at=after, by=cast.lin)
    services.call_roll(training_class=planned, came=[first.pk, second.pk], at=after, by=cast.lin)
    services.set_results(training_class=planned, passed=[first.pk, third.pk], at=after, by=cast.lin)
    issued = services.issue_completions(training_class=planned, at=after, by=cast.lin)

    found = {one.pk: (one.state, one.result) for one in Enrolment.objects.all()}
    assert found == {
        first.pk: ("attended", "passed"),
        second.pk: ("attended", "failed"),
        third.pk: ("absent", ""),
    }
    assert issued == 1
    assert Completion.objects.get().number == f"PX20220710{first.pk:06d}"
    with pytest.raises(Refused, match="点名记录不再改动"):
        services.call_roll(training_class=planned, came=[], at=after, by=cast.lin)
    with pytest.raises(Refused, match="考核结果不再改动"):
        services.set_results(training_class=planned, passed=[], at=after, by=cast.lin)
    with pytest.raises(Refused, match="没有可以发证的学员"):
        services.issue_completions(training_class=planned, at=after, by=cast.lin)
    verbs = Entry.objects.filter(subject_kind="training.Class", first_id=planned.pk).order_by("seq")
    assert [one.verb.removeprefix("training.") for one in verbs] == [
        "plan_class",
        "call_roll",
        "call_roll",
        "set_results",
        "issue_completions",
    ]


def test_without_examination_whoever_came_is_certified(cast):
    course = make_course(cast, make_programme(cast), is_examined=False)
    held = make_class(cast, course)
    one = enrol(cast, held)
    after = on(10, hour=12)
    services.call_roll(training_class=held, came=[one.pk], at=after, by=cast.lin)

    with pytest.raises(Refused, match="不设考核"):
        services.set_results(training_class=held, passed=[], at=after, by=cast.lin)
    assert services.issue_completions(training_class=held, at=after, by=cast.lin) == 1


def test_a_class_called_off_tells_those_who_signed_up(cast, planned):
    services.sign_up(training_class=planned, agreed=agreed(), at=NOW, by=actor_of(cast.xiaoming))

    services.cancel_class(training_class=planned, reason="场地维修", at=NOW, by=cast.lin)

    planned.refresh_from_db()
    told = Notice.objects.get(person=cast.xiaoming)
    assert (planned.state, planned.taken) == ("cancelled", 0)
    assert "场地维修" in told.text
    assert Enrolment.objects.get().state == "cancelled"


def test_what_is_beside_is_out_of_sight_and_out_of_reach(cast, planned):
    one = enrol(cast, planned)

    assert not queries.classes_seen_by(cast.zhou).exists()
    assert not queries.enrolments_seen_by(cast.zhou).exists()
    with pytest.raises(Refused) as refused:
        services.take_off(enrolment=one, reason="误报", at=NOW, by=cast.zhou)
    assert refused.value.code == "not_allowed"


def test_a_class_over_for_a_week_without_roll_call_is_found(cast, planned):
    check = next(one for one in SYSTEM.checks if one.code == "TRN-C01")
    Class.objects.update(
        starts_at=planned.starts_at - timedelta(days=900),
        ends_at=planned.ends_at - timedelta(days=900),
    )

    assert list(check.records()) == [planned]
