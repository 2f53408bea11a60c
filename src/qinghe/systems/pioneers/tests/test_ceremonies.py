"""Ceremonies: what is asked of them, who looks at them, and when they count."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import queries, rules, services
from qinghe.systems.pioneers.models import Ceremony, Outline
from qinghe.systems.pioneers.system import SYSTEM
from tests.cast import NOW, TODAY

from .makers import DAY, accept, held, register, steps_of, submit, with_photo

pytestmark = pytest.mark.django_db
State = Ceremony.State


def refused(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_a_school_hands_in_and_the_street_accepts(cast):
    found = accept(cast)

    assert (found.state, found.submitted_by_id) == (State.ACCEPTED, cast.tang.person_id)
    assert (found.reviewed_by_id, found.reviewed_on) == (cast.chen.person_id, TODAY)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"day": TODAY + timedelta(days=1)}, "too_early"),
        ({"day": date(2020, 12, 31)}, "no_outline"),
    ],
)
def test_a_ceremony_that_cannot_be_is_refused(cast, changed, code):
    assert refused(lambda: register(cast, **changed)) == code


def test_a_branch_below_a_school_holds_none_and_a_street_may(cast):
    assert refused(lambda: register(cast, org=cast.branch)) == "not_a_school"
    assert register(cast, org=cast.henggang, by=cast.chen).org == cast.henggang


@pytest.mark.parametrize("name", ["he", "luo", "liang", "zhou", "auditor"])
def test_who_keeps_no_school_writes_none_down(cast, name):
    assert refused(lambda: register(cast, by=getattr(cast, name))) == "not_allowed"


def test_without_evidence_it_is_not_handed_in(cast):
    draft = register(cast)

    assert (
        refused(lambda: services.submit_ceremony(ceremony=draft, at=NOW, by=cast.tang))
        == "evidence_needed"
    )


def test_without_what_its_outline_asks_for_it_is_not_handed_in(cast):
    draft = with_photo(register(cast, steps=steps_of("admission")[:2]), by=cast.tang)

    with pytest.raises(Refused, match="宣布新队员名单") as caught:
        services.submit_ceremony(ceremony=draft, at=NOW, by=cast.tang)
    assert caught.value.code == "steps_missing"


def test_points_of_another_outline_are_not_kept(cast):
    draft = register(cast, steps=steps_of("league_education"))

    assert draft.steps.count() == 0


def test_a_second_of_one_day_says_why(cast):
    register(cast)

    assert refused(lambda: register(cast)) == "same_day"
    assert register(cast, again="下午场").pk
    assert register(cast, kind="league_education").pk


def test_what_was_cancelled_leaves_its_day_free(cast):
    draft = register(cast)
    services.cancel_ceremony(ceremony=draft, reason="登记错学校", at=NOW, by=cast.tang)

    assert register(cast).pk != draft.pk


def test_nobody_accepts_their_own(cast):
    own = submit(cast, by=cast.chen)

    assert (
        refused(lambda: services.accept_ceremony(ceremony=own, at=NOW, by=cast.chen))
        == "own_record"
    )
    assert services.accept_ceremony(ceremony=own, at=NOW, by=cast.lin).state == State.ACCEPTED


def test_the_database_knows_of_the_two_pairs_of_eyes(cast):
    found = submit(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ceremony.objects.filter(pk=found.pk).update(
            state="accepted", reviewed_by=cast.tang.person_id, reviewed_on=TODAY
        )


def test_the_school_does_not_look_at_what_it_handed_in(cast):
    found = submit(cast)

    assert (
        refused(lambda: services.accept_ceremony(ceremony=found, at=NOW, by=cast.tang))
        == "not_allowed"
    )


def test_what_is_sent_back_is_told_mended_and_handed_in_again(cast):
    found = submit(cast)

    sent = services.send_back_ceremony(ceremony=found, reason="照片不清", at=NOW, by=cast.chen)
    told = Notice.objects.get(person_id=cast.tang.person_id)
    changed = services.change_ceremony(
        ceremony=sent, held=held(cast, people=175), at=NOW, by=cast.tang
    )
    again = services.submit_ceremony(ceremony=changed, at=NOW, by=cast.tang)

    assert "照片不清" in told.text
    assert (again.state, again.people, again.reason) == (State.SUBMITTED, 175, "")
    assert again.reviewed_by is None


def test_what_was_accepted_can_be_sent_back_when_it_was_wrong(cast):
    found = accept(cast)

    assert (
        refused(lambda: services.cancel_ceremony(ceremony=found, reason="错", at=NOW, by=cast.tang))
        == "wrong_state"
    )
    sent = services.send_back_ceremony(ceremony=found, reason="重复登记", at=NOW, by=cast.lin)
    assert sent.state == State.SENT_BACK


def test_what_waits_is_seen_by_those_who_may_look_at_it(cast):
    found = submit(cast)
    own = submit(cast, by=cast.chen, org=cast.henggang)

    assert set(queries.ceremonies_waiting_for(cast.chen)) == {found}
    assert set(queries.ceremonies_waiting_for(cast.lin)) == {found, own}
    assert not queries.ceremonies_waiting_for(cast.tang)


def test_files_change_only_while_it_can_be_mended(cast):
    (kind,) = SYSTEM.attachable
    draft = with_photo(register(cast), by=cast.tang)
    before = [kind.may_change(who, draft) for who in (cast.tang, cast.auditor)]

    sent = services.submit_ceremony(ceremony=draft, at=NOW, by=cast.tang)

    assert before == [True, False]
    assert not kind.may_change(cast.tang, sent)


def test_a_new_outline_holds_from_its_day_and_old_ceremonies_keep_theirs(cast):
    before = register(cast)
    steps = [services.NewStep("出旗", True), services.NewStep("合影", False)]
    new = services.NewOutline("admission", "入队仪式要点", "本区通知", TODAY, steps)

    made = services.set_outline(new=new, at=NOW, by=cast.lin)

    assert (made.version, made.steps.count()) == (2, 2)
    assert register(cast, day=TODAY, steps=[]).outline == made
    assert register(cast, day=DAY + timedelta(days=1)).outline == before.outline
    assert refused(lambda: services.set_outline(new=new, at=NOW, by=cast.chen)) == "not_allowed"
    assert Outline.objects.filter(kind="admission").count() == 2


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"starts_on": date(2022, 7, 2)}, "day_is_over"),
        ({"required": 0}, "no_steps"),
        ({"texts": [str(n) for n in range(21)]}, "too_many_steps"),
        ({"texts": ["出旗", "出旗"]}, "step_twice"),
    ],
)
def test_an_outline_that_cannot_be_is_refused(told, code):
    fine = {"starts_on": TODAY, "today": TODAY, "texts": ["出旗"], "required": 1}

    assert refused(lambda: rules.check_outline(**{**fine, **told})) == code
