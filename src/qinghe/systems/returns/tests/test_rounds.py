"""Whom a round asks, and who hears of what becomes of it."""

from datetime import date

import pytest

from qinghe.kernel.notices.models import Notice
from qinghe.kernel.orgs import services as orgs
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, services
from tests.cast import make_org, make_wider_cast

from .makers import DECIDED, FILLED, OPENED, accept, at, cell, keep, make_form, open_round, send


def names(round):
    return {filing.org.name for filing in round.filings.select_related("org")}


def community(cast, code, opened_on):
    return make_org(
        code,
        f"新社区{code}",
        kind="community",
        level="community",
        parent=cast.henggang,
        opened_on=opened_on,
    )


def test_who_opened_after_the_period_is_not_asked(form, cast):
    community(cast, "LAST", date(2022, 6, 30))
    community(cast, "LATER", date(2022, 7, 1))

    asked = names(open_round(form, cast.lin))

    assert "新社区LAST" in asked
    assert "新社区LATER" not in asked


def test_a_round_that_opens_early_asks_who_stands_that_day(form, cast):
    community(cast, "LAST", date(2022, 6, 30))
    early = at(6, 20)

    asked = names(open_round(form, cast.lin, at=early, opens_on=early.date()))

    assert "新社区LAST" not in asked


def test_who_is_closed_is_not_asked(form, cast):
    orgs.close_org(org=cast.huale, on=date(2022, 6, 1), at=OPENED, by="the tests")

    assert names(open_round(form, cast.lin)) == {"红棉社区", "象角塘社区"}


def test_a_form_for_schools_asks_schools_and_their_street_reviews(db):
    cast = make_wider_cast()
    form = make_form(
        cast.lin, cell("LOC-01"), levels=[], kinds=["league_committee"], sectors=["school"]
    )

    filing = open_round(form, cast.lin).filings.get()

    assert (filing.org, filing.reviewer, filing.street) == (
        cast.school,
        cast.henggang,
        cast.henggang,
    )
    keep(filing, cast.tang, LOC_01=2)
    assert accept(send(filing, cast.tang), cast.chen).state == models.Filing.State.ACCEPTED


def test_who_fills_is_told_why_it_came_back(filing, hong, cast):
    keep(filing, hong, LOC_01=1)
    send(filing, hong)

    services.send_back(filing=filing, reason="与台账不符。", at=DECIDED, by=cast.chen)

    (notice,) = Notice.objects.filter(person=hong.person_id)
    assert "：与台账不符。已填" in notice.text
    assert not Notice.objects.filter(person=cast.chen.person_id).exists()


def test_a_street_is_told_when_the_district_sends_back_what_it_accepted(filing, hong, cast):
    keep(filing, hong, LOC_01=1)
    accept(send(filing, hong), cast.chen)

    services.send_back(filing=filing, reason="缺佐证", at=DECIDED, by=cast.lin)

    (notice,) = Notice.objects.filter(person=cast.chen.person_id)
    assert "红棉社区" in notice.text
    assert "红棉社区" not in notice.title  # a title may leave the house


def test_a_chosen_close_stands_over_the_forms_own(form, cast, hong):
    opened = open_round(form, cast.lin, closes_on=date(2022, 7, 3))

    assert opened.closes_on == date(2022, 7, 3)


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_a_published_form_is_asked(form, cast, state):
    if state == "draft":
        form = services.new_version(form=form, at=FILLED, by=cast.lin)
    else:
        form = services.retire_form(form=form, at=FILLED, by=cast.lin)

    with pytest.raises(Refused, match="已发布"):
        open_round(form, cast.lin)
