"""Many at once: reminders, and acceptance in chunks."""

import pytest

from qinghe.kernel.audit.models import Entry as AuditEntry
from qinghe.kernel.notices.models import Notice
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, services

from .makers import DECIDED, FILLED, at, cell, filing_of, keep, make_form, open_round, send

State = models.Filing.State


def remind(round, orgs, by, *, when=FILLED):
    return services.remind(round=round, orgs=orgs, at=when, by=by)


def test_who_fills_is_told_once_a_day_and_round(round, cast, hong):
    first = remind(round, [cast.hongmian], cast.chen)
    again = remind(round, [cast.hongmian], cast.lin)
    tomorrow = remind(round, [cast.hongmian], cast.lin, when=at(7, 8))

    assert (first.told, first.persons) == ((cast.hongmian.pk,), 1)
    assert (again.told, again.again) == ((), (cast.hongmian.pk,))
    assert tomorrow.told == (cast.hongmian.pk,)
    assert Notice.objects.filter(person=hong.person_id).count() == 2


def test_where_nobody_holds_a_post_it_is_said(round, cast):
    reached = remind(round, [cast.huale], cast.chen)

    assert (reached.told, reached.nobody) == ((), (cast.huale.pk,))


def test_who_has_reported_is_left_alone(round, filing, cast, hong):
    keep(filing, hong, LOC_01=1)
    send(filing, hong)

    assert remind(round, [cast.hongmian], cast.chen) == services.Reminded((), (), (), 0)


def test_nobody_reminds_beyond_their_reach(round, cast):
    with pytest.raises(Refused, match="权限"):
        remind(round, [cast.hongmian, cast.xiangjiaotang], cast.chen)

    assert not models.Reminder.objects.exists()


def test_a_chunk_is_accepted_and_what_cannot_be_is_told(cast, hong):
    form = make_form(cast.lin, cell("LOC-01"), levels=["community", "district"])
    opened = open_round(form, cast.lin)
    good, other, own, empty = (
        filing_of(opened, org)
        for org in (cast.hongmian, cast.xiangjiaotang, cast.longgang, cast.huale)
    )
    for filing, by in ((good, hong), (other, cast.zhou), (own, cast.lin)):
        keep(filing, by, LOC_01=1)
        send(filing, by)

    outcome = services.accept_many(filings=[good, other, own, empty], at=DECIDED, by=cast.lin)

    assert set(outcome.accepted) == {good.pk, other.pk}
    assert {pk: refusal.code for pk, refusal in outcome.refused.items()} == {
        own.pk: "own_filing",
        empty.pk: "wrong_state",
    }
    assert set(models.Filing.objects.filter(state=State.ACCEPTED)) == {good, other}
    assert models.Review.objects.count() == 2
    assert AuditEntry.objects.filter(verb="returns.accept_many").count() == 1


def test_accepting_a_chunk_again_doubles_nothing(filing, hong, cast):
    keep(filing, hong, LOC_01=1)
    send(filing, hong)
    services.accept_many(filings=[filing], at=DECIDED, by=cast.lin)

    again = services.accept_many(filings=[filing], at=DECIDED, by=cast.chen)

    assert again.accepted == ()
    assert models.Review.objects.count() == 1


def test_a_chunk_has_an_end(cast, round):
    with pytest.raises(Refused, match="500"):
        services.accept_many(
            filings=[models.Filing(pk=n) for n in range(501)], at=DECIDED, by=cast.lin
        )
