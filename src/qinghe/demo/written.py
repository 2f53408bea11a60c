"""A report that several people are writing, and a circular that the streets are answering."""

from datetime import datetime, timedelta

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.reports.circulars import queries as circular_queries
from qinghe.reports.circulars import services as circulars
from qinghe.reports.circulars.models import Circular
from qinghe.reports.drafting import services as drafting
from qinghe.reports.drafting.models import Report

from . import cast, reported

DISTRICT, STREET = "440307", "440307017"
HALF = periods.half_year(2022, 1)
FIXED = "读懂2022"
RANKED = {"DIR-01": "high", "DIR-02": "high", "EMG-02": "high", "VOL-12": "high"}
BEGUN_BEFORE, TIME_TO_ANSWER = timedelta(days=2), timedelta(days=14)


@transaction.atomic
def tell(*, by: Actor, now: datetime) -> None:
    """Begin the report and issue the circular, from figures as they stand; each is told once."""
    district, street = orgs.by_code(DISTRICT), orgs.by_code(STREET)
    if district is None or street is None:
        raise ValueError("the divisions have not been entered")
    if not Report.objects.filter(org=district, period=HALF.name).exists():
        _write(district, street, by=by, now=now)
    if not Circular.objects.filter(org=district, period=HALF.name).exists():
        _answer(_issued(district, by=by, now=now), street, now=now)


def _write(district: Org, street: Org, *, by: Actor, now: datetime) -> None:
    """Begin a report, give a passage to a street, say something of another, vouch for a name."""
    report = drafting.begin(org=district, period=HALF, at=now - BEGUN_BEFORE, by=by)
    passages = report.passages
    drafting.assign(
        passage=passages.get(text__contains="{ACT-04}"),
        department="",
        street=street,
        due_on=periods.local_day(now + TIME_TO_ANSWER),
        at=now - BEGUN_BEFORE,
        by=by,
    )
    lesson = passages.get(text__contains="{HON-04}")
    drafting.keep_passage(
        passage=lesson,
        heading=lesson.heading,
        text=f"{lesson.text}开展“{FIXED}”主题宣讲。",
        lock=lesson.lock,
        at=now - BEGUN_BEFORE,
        by=by,
    )
    drafting.declare_fixed(
        report=report, words=FIXED, reason="宣讲活动的名称。", at=now - BEGUN_BEFORE, by=by
    )
    drafting.remark(
        passage=passages.get(text__contains="{DIR-01}"),
        text="请补一句两新组织建团的做法，再定稿。",
        at=now,
        by=cast.officer(second=True),
    )


def _issued(district: Org, *, by: Actor, now: datetime) -> Circular:
    """Write a circular, let the other officer review it, and issue it."""
    begun = circulars.begin(org=district, period=HALF, at=now, by=by)
    circulars.choose(circular=begun, chosen=RANKED, at=now, by=by)
    text = circulars.Text(
        title=begun.title,
        opening="全区新增两新团组织{DIR-01}家，组建青年突击队{EMG-02}支。现将各街道情况通报如下。",
        demands="请各街道对照排名查找差距，写明原因和下一步措施，按期反馈。",
        signature=begun.signature,
        dated_on=None,
        answer_by=periods.local_day(now + TIME_TO_ANSWER),
    )
    circulars.keep_text(circular=begun, text=text, at=now, by=by)
    sent = circulars.send_for_review(circular=begun, at=now, by=by)
    reviewer = cast.officer(second=True)
    agreed = circulars.agree(circular=sent, words="数字与汇总一致。", at=now, by=reviewer)
    return circulars.issue(circular=agreed, word="龙团通报", at=now, by=by)


def _answer(issued: Circular, street: Org, *, now: datetime) -> None:
    """Let one street answer; the others are still waited for."""
    by = reported.who_answers().secretaries[street.pk]
    addressee = circular_queries.addressees_seen_by(by).get(circular=issued, org=street)
    circulars.answer(
        addressee=addressee,
        text="部分楼宇的两新组织尚未摸清，建团进度偏慢。",
        measures="本月完成楼宇走访，成熟一家建一家。",
        at=now,
        by=by,
    )
