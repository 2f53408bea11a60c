"""Who sees what; what is internal is seen by its named readers alone, wherever one looks."""

from datetime import date

import pytest
from django.urls import reverse

from qinghe.analytics import figures
from qinghe.edges import handing
from qinghe.edges.inbox import QUEUES
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.meetings import indicators, queries, services, system
from qinghe.systems.meetings.models import Decision
from tests.cast import NOW, with_role
from tests.desk import build_facts, sign_in

from .makers import AFTER, decide, hold, make_body, make_conference, plan, propose, register

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


@pytest.fixture
def secret(cast):
    """An internal item with its decision, an internal sitting above, an internal instruction."""
    conference = make_conference(cast)
    planned = plan(cast, conference)
    hidden = propose(cast, planned, title=f"{CANARY}议题", is_internal=True)
    services.list_item(item=hidden, at=NOW, by=cast.lin)
    held = hold(cast, planned)
    made = decide(cast, held, text=f"{CANARY}事项", item=hidden)
    above = make_body(cast, kind="standing", name="区委常委会")
    register(cast, above, titles=(f"{CANARY}上会",), is_internal=True)
    new = services.NewInstruction(
        cast.longgang, "区委书记", date(2022, 3, 1), f"{CANARY}材料", "请研究",
        owner=cast.henggang, due_on=date(2022, 9, 1), is_internal=True,
    )  # fmt: skip
    return held, hidden, made, services.enter_instruction(new=new, at=NOW, by=cast.lin)


def addresses(secret):
    held = secret[0]
    return [
        reverse("meetings:sittings"),
        reverse("meetings:sitting", args=[held.pk]),
        reverse("meetings:decisions"),
        reverse("meetings:instructions"),
        reverse("meetings:bodies"),
        reverse("meetings:body", args=[held.body_id]),
        reverse("meetings:board"),
        "/api/v1/meetings/sittings",
        "/api/v1/meetings/decisions",
        "/inbox/",
    ]


def unnamed(cast, who):
    """Return somebody who is named nowhere; `officer` is another of the district."""
    if who == "officer":
        return with_role("P040", "余宁", role=Role.DISTRICT_OFFICER, org=cast.longgang)
    return getattr(cast, who)


def closed(secret):
    _, hidden, made, instruction = secret
    return [
        reverse("meetings:item", args=[hidden.pk]),
        reverse("meetings:item_readers", args=[hidden.pk]),
        reverse("meetings:decision", args=[made.pk]),
        reverse("meetings:decision_report", args=[made.pk]),
        reverse("meetings:instruction", args=[instruction.pk]),
        reverse("meetings:instruction_readers", args=[instruction.pk]),
    ]


@pytest.mark.parametrize("who", ["luo", "chen", "officer"])
def test_nobody_but_the_named_finds_a_trace(client, cast, secret, who):
    actor = unnamed(cast, who)
    sign_in(client, actor)

    for address in addresses(secret):
        answer = client.get(address)
        assert answer.status_code in (200, 403), address
        assert CANARY not in answer.content.decode(), address
    assert [client.get(one).status_code for one in closed(secret)] == [404] * 6
    assert CANARY not in str(queries.offers(actor))
    assert handing.offer(actor, f"meetings.decision:{secret[2].pk}") is None
    for queue in QUEUES:
        if queue.code.startswith("meetings."):
            keys = [one.pk for one in queue.waiting(actor)]
            assert CANARY not in str(queue.items(actor, keys))


@pytest.mark.parametrize("who", ["luo", "officer"])
def test_a_figure_counts_it_and_its_records_do_not_name_it(cast, secret, who):
    store, h1, h2 = build_facts(), periods.half_year(2022, 1), periods.half_year(2022, 2)
    orgs = cast.longgang.pk
    counted = figures.compute(store, indicators.INDICATORS, h1)["MTG-02", orgs].value
    traced = [
        figures.trace(store, indicators.ABOVE_SITTINGS, h1, orgs),
        figures.trace(store, indicators.DUE, h2, orgs),
    ]

    assert counted == 1
    kinds = {kind.model: kind for kind in system.SYSTEM.records}
    reader = unnamed(cast, who)
    for found in traced:
        assert len(found.ids) == 1
        assert kinds[found.model].rows(reader, found.ids) == []
        assert len(kinds[found.model].rows(cast.lin, found.ids)) == 1


def test_the_minutes_name_it_to_its_readers_alone(client, cast, secret):
    held, hidden, *_ = secret
    services.write_minutes(sitting=held, text="一、议题", number="", at=AFTER, by=cast.lin)

    assert [one.item.title for one in queries.agenda_of(cast.luo, held)] == ["暑期安全"]
    assert hidden.title in [one.item.title for one in queries.agenda_of(cast.lin, held)]
    assert list(queries.decisions_seen_by(cast.luo).filter(sitting=held)) == []


def test_a_named_reader_sees_it_and_others_may_not_act(cast, secret):
    _, hidden, made, instruction = secret
    with pytest.raises(Refused):
        services.report_decision(decision=made, evidence="办了", at=AFTER, by=cast.chen)
    with pytest.raises(Refused):
        services.name_readers(record=hidden, people=[], at=AFTER, by=cast.luo)

    chen = Person.objects.get(pk=cast.chen.person_id)
    services.name_readers(record=hidden, people=[chen], at=AFTER, by=cast.lin)

    assert made in queries.decisions_seen_by(cast.chen)
    assert made in queries.decisions_waiting_for(cast.chen)
    assert CANARY not in str(queries.offers(cast.chen))  # a list is read by more than its readers
    services.report_decision(decision=made, evidence="办了", at=AFTER, by=cast.chen)
    services.name_readers(record=instruction, people=[], at=AFTER, by=cast.lin)
    assert instruction in queries.instructions_seen_by(cast.luo)


def test_a_unit_sees_the_sittings_of_its_body_and_a_stranger_does_not(cast):
    sitting = hold(cast, plan(cast, make_conference(cast)))
    made = decide(cast, sitting, owner=cast.hongmian)

    assert sitting in queries.sittings_seen_by(cast.chen)
    assert sitting not in queries.sittings_seen_by(cast.zhou)
    assert sitting not in queries.sittings_seen_by(cast.auditor)
    assert made in queries.decisions_seen_by(cast.chen)  # of a community below
    assert Decision.objects.count() == 1
