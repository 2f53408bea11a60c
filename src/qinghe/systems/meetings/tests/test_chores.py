"""What a sitting needs: laid from templates, given to somebody, ticked, late in the inbox, printed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import queries, rules, services
from qinghe.systems.meetings.models import Chore, ChoreLine
from tests.cast import NOW
from tests.desk import sign_in

from . import makers

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def add_line(title, days, *, by, **kinds):
    return services.add_line(new=services.NewLine(title, days, **kinds), at=NOW, by=by)


def titles(sitting):
    return list(sitting.chores.values_list("title", flat=True))


def test_a_limit_counts_from_the_day_of_the_sitting_and_is_never_past():
    day, today = date(2022, 7, 20), date(2022, 7, 3)

    limits = [rules.limit(day, away, today=today) for away in (-21, -7, 0, 3)]

    assert limits == [today, date(2022, 7, 13), day, date(2022, 7, 23)]


def test_a_planned_sitting_has_the_standard_list_until_there_are_templates(cast, planned):
    standing = dict(planned.chores.values_list("title", "due_on"))

    assert list(standing) == [title for title, _ in rules.STANDARD_CHORES]
    assert standing["发会议通知"] == date(2022, 7, 13)
    assert standing["印发会议纪要"] == date(2022, 7, 27)


def test_templates_go_by_body_and_kind_and_an_ended_line_is_not_laid(cast, planned):
    assert refusal(lambda: add_line("布置会标", -1, by=cast.chen)) == "not_allowed"
    add_line("布置会标", -1, by=cast.lin, body_kind="joint")
    add_line("安排车辆", 0, by=cast.lin, body_kind="volunteer")
    notice = ChoreLine.objects.get(title="发会议通知")  # the standard became the district's own
    services.end_line(line=notice, at=NOW, by=cast.lin)
    assert refusal(lambda: add_line("布置会标", -2, by=cast.lin, body_kind="joint")) == (
        "line_already"
    )
    assert refusal(lambda: add_line("很早", -181, by=cast.lin)) == "too_far"

    special = makers.plan(cast, planned.body, kind="special", topic="暑期")
    added = services.lay_chores(sitting=planned, at=NOW, by=cast.lin)

    assert "布置会标" in titles(special)
    assert not {"安排车辆", "发会议通知"} & set(titles(special))
    assert added == 1  # only what the older list did not have


def test_the_office_gives_ticks_and_takes_back_and_so_does_whose_it_is(cast, planned):
    chore = planned.chores.first()
    chen = Person.objects.get(pk=cast.chen.person_id)

    def give(by):
        new = services.NewChore(chore.title, date(2022, 7, 4), owner=chen)
        return services.change_chore(chore=chore, new=new, at=NOW, by=by)

    assert refusal(lambda: give(cast.chen)) == "not_allowed"
    give(cast.lin)
    other = planned.chores.last()
    assert refusal(lambda: services.tick_chore(chore=other, at=NOW, by=cast.chen)) == "not_allowed"

    first = services.tick_chore(chore=chore, at=NOW, by=cast.chen)
    again = services.tick_chore(chore=chore, at=NOW + timedelta(hours=1), by=cast.lin)

    assert (again.done_at, again.done_by_id) == (first.done_at, cast.chen.person_id)
    assert refusal(lambda: give(cast.lin)) == "wrong_state"  # it is done
    assert services.untick_chore(chore=chore, at=NOW, by=cast.lin).done_at is None
    assert list(queries.chores_seen_by(cast.chen)) == [chore]  # of others' lists only their own


def test_what_is_late_waits_for_the_office_and_whose_it_is_until_it_is_ticked(
    cast, planned, monkeypatch
):
    chore = planned.chores.get(title="征集议题")
    Chore.objects.filter(pk=chore.pk).update(owner=cast.chen.person_id)
    day = "qinghe.systems.meetings.queries.chores.timezone.localdate"
    monkeypatch.setattr(day, lambda: chore.due_on - timedelta(days=1))
    early = queries.chores_waiting_for(cast.lin).count()
    monkeypatch.setattr(day, lambda: chore.due_on)

    for who in (cast.lin, cast.chen):
        assert list(queries.chores_waiting_for(who)) == [chore]
    assert early == 0
    assert not queries.chores_waiting_for(cast.zhou).exists()
    services.tick_chore(chore=chore, at=NOW, by=cast.lin)
    assert not queries.chores_waiting_for(cast.lin).exists()


def test_a_cancelled_sitting_waits_for_nothing(cast, planned, monkeypatch):
    services.cancel_sitting(sitting=planned, reason="改期", at=NOW, by=cast.lin)
    day = "qinghe.systems.meetings.queries.chores.timezone.localdate"
    monkeypatch.setattr(day, lambda: date(2022, 12, 1))

    assert not queries.chores_waiting_for(cast.lin).exists()
    chore = planned.chores.first()
    assert refusal(lambda: services.tick_chore(chore=chore, at=NOW, by=cast.lin)) == "wrong_state"


def test_of_an_internal_sitting_only_its_readers_see_the_list(cast, conference):
    sitting = makers.plan(cast, conference, is_internal=True)

    assert queries.chores_seen_by(cast.lin).filter(sitting=sitting).exists()
    assert not queries.chores_seen_by(cast.luo).filter(sitting=sitting).exists()
    chore = sitting.chores.first()
    assert refusal(lambda: services.tick_chore(chore=chore, at=NOW, by=cast.luo)) == "not_allowed"


def test_the_list_is_worked_off_and_printed_in_the_browser(client, cast, planned, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    sign_in(client, cast.lin)
    here = reverse("meetings:chores", args=[planned.pk])
    chore = planned.chores.get(title="发会议通知")

    new = {"title": "布置会标", "due_on": "2022-07-19", "owner": "", "owner_name": "程某"}
    client.post(reverse("meetings:chore_new", args=[planned.pk]), new)
    twice = client.post(reverse("meetings:chore_new", args=[planned.pk]), new)
    client.post(reverse("meetings:chore_tick", args=[chore.pk]))
    client.post(reverse("meetings:chore_drop", args=[planned.chores.get(title="审核汇报材料").pk]))
    page = client.get(here).content.decode()
    paper = client.get(reverse("meetings:chores_paper", args=[planned.pk]))
    sheet = client.get(reverse("meetings:chore_lines")).content.decode()
    sign_in(client, cast.chen)
    others = [
        client.get(here).status_code,
        client.post(reverse("meetings:chore_tick", args=[chore.pk])).status_code,
        client.get(reverse("meetings:chore_line_new")).status_code,
    ]

    assert twice.status_code == 422
    assert "程某" in page
    assert "共11项，完成1项" in page
    assert "林" in page
    assert "审核汇报材料" not in page
    assert paper.content.startswith(b"%PDF")
    assert "会前21天" in sheet
    assert others == [404, 404, 403]
