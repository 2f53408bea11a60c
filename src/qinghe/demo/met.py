"""The joint conferences, a street's youth affairs committee, and the registers of what went up.

Two plenaries were held and the third is in preparation (F093); the standing committee above took up
youth work as often as was reported (F039), and so did the salon hear of the reform (F036).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.meetings import models, services

from . import cast, reported

DISTRICT = "440307"
STREETS = ("440307013", "440307017", "440307014")
SALON, OTHER = "基层改革先锋沙龙", "改革经验简报"
FOUNDED = date(2021, 6, 15)
PLENARIES = ((date(2021, 7, 8), date(2021, 7, 22)), (date(2021, 12, 20), date(2022, 1, 12)))
THIRD = date(2022, 6, 20)  # since then the third is in preparation
HALF_YEARS = {
    "2021H2": date(2021, 7, 14),
    "2022H1": date(2022, 1, 19),
}  # the first day of each register
APART = 29  # days between two entries of a register
DEPARTMENTS = (("区教育部门", "副局长", "程某"), ("区民政部门", "副局长", "方某"))
TOPICS = (
    ("传达学习上级关于青年工作的部署", "youth"),
    ("研究共青团改革工作", "league"),
    ("研究基层团组织建设", "league"),
    ("研究青年发展规划实施工作", "youth"),
)
TALKS = ("街道团的组织建设", "青年志愿服务社会化", "楼宇团建")
DECIDED = (
    ("完善青少年工作数据季度报送", 60),
    ("排查学校周边安全隐患", 40),
)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter bodies, sittings and registers, as many as were reported; then today; once."""
    if models.Body.objects.exists():
        return
    by = cast.officer()
    district = cast.place(DISTRICT)
    youth = _conference(district, "龙岗区青少年工作党政联席会议", "joint", by=by)
    for planned_on, day in PLENARIES:
        _hold(_plan(youth, planned_on, day, by=by), by=by)
    volunteer = _conference(district, "龙岗区志愿服务工作联席会议", "volunteer", by=by)
    _hold(_plan(volunteer, date(2022, 2, 16), date(2022, 3, 2), by=by), by=by)
    _committee(by=by)
    _above(district, by=by)
    _talks(district, by=by)
    _instructions(district, by=by)
    _today(youth, now=now, by=by)
    say(
        f"会议：{models.Body.objects.count()} 个会议机构、{models.Sitting.objects.count()} 次会议、"
        f"{models.Decision.objects.count()} 件议定事项"
    )


def _conference(org: Org, name: str, kind: str, *, by: Actor) -> models.Body:
    new = services.NewBody(name, kind, org, FOUNDED, None, "区委副书记", "团区委")
    body = services.found_body(new=new, at=_at(FOUNDED), by=by)
    secretaries = reported.who_answers().secretaries
    for code in STREETS:
        street = cast.place(code)
        unit = services.NewUnit("", FOUNDED, street)
        member = services.admit_unit(body=body, new=unit, at=_at(FOUNDED), by=by)
        if (known := secretaries.get(street.pk)) is not None:
            person = Person.objects.get(pk=known.person_id)
            delegate = services.NewRepresentative("delegate", "团工委书记", FOUNDED, person)
            services.name_representative(member=member, new=delegate, at=_at(FOUNDED), by=by)
    for name_of_unit, duty, name_of_delegate in DEPARTMENTS:
        member = services.admit_unit(
            body=body, new=services.NewUnit(name_of_unit, FOUNDED), at=_at(FOUNDED), by=by
        )
        named = services.NewRepresentative("delegate", duty, FOUNDED, name=name_of_delegate)
        services.name_representative(member=member, new=named, at=_at(FOUNDED), by=by)
    return body


def _plan(body: models.Body, planned_on: date, day: date, *, by: Actor) -> models.Sitting:
    new = services.NewSitting(
        body, "plenary", _at(day, 15), "区机关会议室", day - timedelta(days=7)
    )
    return services.plan_sitting(new=new, at=_at(planned_on), by=by)


def _item(sitting: models.Sitting, title: str, theme: str, *, at: datetime, by: Actor) -> None:
    new = services.NewItem(sitting, title, theme, length=20)
    services.list_item(item=services.propose_item(new=new, at=at, by=by), at=at, by=by)


def _hold(sitting: models.Sitting, *, by: Actor) -> None:
    """Let a sitting go its whole way: called, answered, held, in minutes, with two decisions."""
    day = sitting.day
    before = _at(day - timedelta(days=5))
    _item(sitting, "审议工作规则和年度重点工作清单", "youth", at=before, by=by)
    _item(sitting, "研究青少年服务协同工作", "league", at=before, by=by)
    services.call_sitting(sitting=sitting, at=before, by=by)
    invited = list(sitting.summonses.order_by("pk"))
    for one in invited:
        reply = services.Answer("coming")
        if one is invited[-1]:
            reply = services.Answer("leave", reason="参加上级会议")
        services.reply(summons=one, answer=reply, at=before, by=by)
    came = [one.pk for one in invited[:-1]]
    services.call_roll(sitting=sitting, came=came, at=_at(day, 15), by=by)
    after = _at(day, 17)
    services.hold_sitting(sitting=sitting, host="区委副书记", at=after, by=by)
    text = "一、关于工作规则\n会议原则同意工作规则和年度重点工作清单。\n二、关于协同工作\n各成员单位要加强信息共享。"
    services.write_minutes(
        sitting=sitting, text=text, number=f"〔{day.year}〕{sitting.number}号", at=after, by=by
    )
    for place, (words, days) in enumerate(DECIDED):
        _decide(sitting, words, cast.place(STREETS[place]), days=days, by=by)
    services.issue_minutes(sitting=sitting, at=after, by=by)
    for chore in sitting.chores.order_by("due_on", "pk"):
        services.tick_chore(chore=chore, at=_at(chore.due_on, 18), by=by)


def _decide(sitting: models.Sitting, words: str, owner: Org, *, days: int, by: Actor) -> None:
    """Write a decision down; all but those of 坂田 are carried out in time."""
    due_on = sitting.day + timedelta(days=days)
    new = services.NewDecision(sitting, words, owner, due_on, helpers="各成员单位")
    made = services.record_decision(new=new, at=_at(sitting.day, 17), by=by)
    late = 12 if owner.code == STREETS[0] else -6
    at = _at(due_on + timedelta(days=late))
    evidence = "已完成，台账和照片已存档。"
    services.report_decision(decision=made, evidence=evidence, at=at, by=cast.officer(second=True))
    services.accept_decision(decision=made, at=at + timedelta(days=2), by=by)


def _committee(*, by: Actor) -> None:
    """Enter a street's youth affairs committee, where the tree has one."""
    known = Org.objects.filter(kind=OrgKind.YOUTH_AFFAIRS_COMMITTEE, closed_on__isnull=True)
    found = known.select_related("parent").order_by("code").first()
    if found is None or found.parent is None:
        return
    since = max(FOUNDED, found.opened_on)
    new = services.NewBody(
        f"{found.name}会议",
        "committee",
        found.parent,
        since,
        found,
        "街道党工委副书记",
        "街道团工委",
    )
    body = services.found_body(new=new, at=_at(since), by=by)
    for unit in orgs.below(found.parent).filter(kind=OrgKind.COMMUNITY).order_by("code")[:3]:
        services.admit_unit(body=body, new=services.NewUnit("", since, unit), at=_at(since), by=by)


def _above(district: Org, *, by: Actor) -> None:
    """Register as many sittings of the standing committee as were reported, by sittings."""
    new = services.NewBody("区委常委会", "standing", district, FOUNDED)
    body = services.found_body(new=new, at=_at(FOUNDED), by=by)
    number = 0
    for period, first in HALF_YEARS.items():
        for place in range(_reported("MTG-02", period)):
            number += 1
            day = first + timedelta(days=place * APART)
            topics = [services.NewTopic(*TOPICS[number % len(TOPICS)])]
            if number % 3 == 0:  # two topics are one sitting all the same
                topics.append(services.NewTopic(*TOPICS[(number + 1) % len(TOPICS)]))
            above = services.NewAbove(body, f"区委常委会第{number}次会议", day, topics)
            services.register_sitting(new=above, at=_at(day, 18), by=by)


def _talks(district: Org, *, by: Actor) -> None:
    salon, other = (
        services.open_platform(
            name=name, host="上级团组织", is_counted=name == SALON, at=_at(FOUNDED), by=by
        )
        for name in (SALON, OTHER)
    )
    for period, first in HALF_YEARS.items():
        for place in range(_reported("MTG-01", period)):
            day = first + timedelta(days=place * APART + 9)
            new = services.NewTalk(
                salon, district, day, TALKS[place % len(TALKS)], "林青（团区委）"
            )
            services.enter_talk(new=new, at=_at(day, 18), by=by)
    day = date(2022, 4, 7)
    written = services.NewTalk(other, district, day, "街道青年工作委员会运行", "罗衡（团区委）")
    services.enter_talk(new=written, at=_at(day, 18), by=by)


def _instructions(district: Org, *, by: Actor) -> None:
    day = date(2022, 5, 9)
    new = services.NewInstruction(
        district, "区委副书记", day, "能力作风提升年行动情况报告", "抓好整改，务求实效。",
        cast.place(STREETS[1]), day + timedelta(days=30),
    )  # fmt: skip
    made = services.enter_instruction(new=new, at=_at(day), by=by)
    outcome = "已分解为措施清单，问题全部销号。"
    services.close_instruction(
        instruction=made, outcome=outcome, at=_at(day + timedelta(days=25)), by=by
    )
    for words, is_internal in (("请研究推广。", False), ("请核实后报告。", True)):
        subject = "青年工作委员会运行情况" if not is_internal else "内部情况反映"
        later = services.NewInstruction(
            district, "区委副书记", date(2022, 6, 8), subject, words, is_internal=is_internal
        )
        services.enter_instruction(new=later, at=_at(date(2022, 6, 8)), by=by)


def _today(youth: models.Body, *, now: datetime, by: Actor) -> None:
    """Let the third plenary be in preparation, with its call for items open; a decision is due."""
    today = local_day(now)
    new = services.NewSitting(
        youth,
        "plenary",
        _at(today + timedelta(days=21), 15),
        "区机关会议室",
        today + timedelta(days=12),
    )
    third = services.plan_sitting(new=new, at=_at(THIRD), by=by)
    done = third.chores.order_by("due_on", "pk").first()
    if done is not None:  # of the list of what it needs one thing is done
        services.tick_chore(chore=done, at=now, by=by)
    _item(third, "听取上半年青少年工作情况", "youth", at=now, by=by)
    services.propose_item(
        new=services.NewItem(third, "研究暑期青少年安全工作", "youth"), at=now, by=by
    )
    second = youth.sittings.get(number=2)
    for code, words, days in (
        (STREETS[1], "建设青少年服务阵地并对外公布", 14),
        (STREETS[1], "统筹开展青年夜校", -3),
    ):
        due_on = today + timedelta(days=days)
        decision = services.NewDecision(second, words, cast.place(code), due_on)
        services.record_decision(new=decision, at=now, by=by)


def _reported(code: str, period: str) -> int:
    return sum(reported.numbers_of(code, period).values())


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)
