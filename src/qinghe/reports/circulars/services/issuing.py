"""Issuing: the figures are kept for good, the streets are told."""

import hashlib
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from qinghe.analytics import catalogue, figures, store
from qinghe.analytics.indicators import Ratio
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period, local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import queries, rules, standing
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Addressee, Circular, Line, Reporting
from qinghe.reports.circulars.sheet import Board, Row, Sheet
from qinghe.reports.half_year import printing as office

from .printing import print_pdf


@transaction.atomic
def issue(*, circular: Circular, word: str, at: datetime, by: Actor) -> Circular:
    """Issue a reviewed circular: keep its figures and its words, and tell the streets.

    With an agency `word` it gets the next free number of the year (G-12), with none it gets none.
    Raises Refused: not_allowed, wrong_state, period_not_over, figures_changed, day_over,
    bad_word, no_facts, facts_outdated.
    """
    circular = standing.locked(circular, act=Act.ISSUE, by=by)
    rules.check_move(now=circular.state, to=Circular.State.ISSUED)
    standing.check_whole(circular, at=at, by=by)
    sheet = queries.computed(by, circular)
    if sheet.as_of is None:
        raise Refused("no_facts", "还没有汇总数据，不能印发。")
    rules.check_over(period=circular.span, as_of=local_day(sheet.as_of))
    rules.check_seen(reviewed=circular.reviewed_sha256, now=sheet.sha256)
    said = queries.words_of(by, circular)
    _keep(circular, sheet)
    day = local_day(at)
    if word:
        rules.check_word(word)
        circular.word, circular.year = word, day.year
        circular.number = queries.next_number(by, org=circular.org, word=word, year=day.year)
    circular.said_opening, circular.said_demands = said.opening.text, said.demands.text
    circular.dated_on = circular.dated_on or day
    circular.issued_at, circular.issuer_name = at, by.name
    circular.as_of, circular.sha256 = sheet.as_of, sheet.sha256
    circular.state = Circular.State.ISSUED
    circular.save()
    _ask(circular, at=at, by=by)
    if office.program():
        print_pdf(circular=circular, at=at, by=by)
    detail = {"document": circular.document_number, "sha256": circular.sha256}
    audit.record(by=by, verb="circulars.issue", subject=circular, at=at, detail=detail)
    return circular


def _keep(circular: Circular, sheet: Sheet) -> None:
    """Write down every number with its state, and the fingerprints of the records behind it."""
    boards = {board.code: board for board in sheet.boards}
    for chosen in circular.chosen.all():
        board = boards[chosen.code]
        Line.objects.bulk_create(
            _line(row, board, chosen_id=chosen.pk, place=place, period=circular.span)
            for place, row in enumerate((board.own, *board.rows))
        )
        chosen.version, chosen.label, chosen.unit = board.version, board.label, board.unit
        chosen.decimals, chosen.is_ratio = board.decimals, board.is_ratio
        chosen.meaning = board.meaning
        chosen.save()
    Reporting.objects.bulk_create(
        Reporting(circular=circular, **vars(each)) for each in sheet.reported
    )


def _line(row: Row, board: Board, *, chosen_id: int, place: int, period: Period) -> Line:
    records, sha256 = _behind(board.code, period, row.org_id)
    return Line(
        chosen_id=chosen_id,
        org_id=row.org_id,
        name=row.name,
        place=place,
        state=row.state,
        value=_text(row.value),
        exact=_text(row.exact),
        goal=_text(row.goal),
        completion=_text(row.completion),
        rank=row.rank,
        last_year=_text(row.last_year.then),
        last_year_change=_text(row.last_year.change),
        last_year_note=row.last_year.note,
        previous=_text(row.previous.then),
        previous_change=_text(row.previous.change),
        previous_note=row.previous.note,
        records=records,
        records_sha256=sha256,
    )


def _behind(code: str, period: Period, org_id: int) -> tuple[int, str]:
    """Return how many records stand behind a figure and their fingerprint; of a ratio both halves."""
    indicator = catalogue.indicator(code)
    parts = ("top", "bottom") if isinstance(indicator, Ratio) else ("top",)
    traces = [
        figures.trace(store.current(), indicator, period, org_id, part=part) for part in parts
    ]
    if len(traces) == 1:
        return traces[0].count, traces[0].sha256
    both = "\n".join(each.sha256 for each in traces)
    return sum(each.count for each in traces), hashlib.sha256(both.encode()).hexdigest()


def _ask(circular: Circular, *, at: datetime, by: Actor) -> None:
    """Tell the streets that the circular is there, and start the time for their answers."""
    kept = list(circular.addressees.select_related("org"))
    asked = [each for each in kept if each.state == Addressee.State.WAITING]
    for each in asked:
        each.asked_at, each.answer_by = at, circular.answer_by
    Addressee.objects.bulk_update(asked, ["asked_at", "answer_by"])
    waiting = {each.pk for each in asked}
    _tell(circular, [each.org for each in asked], needs_answer="yes", at=at, by=by)
    noted = [each.org for each in kept if each.pk not in waiting]
    _tell(circular, noted, needs_answer="", at=at, by=by)


def _tell(
    circular: Circular, orgs: list[Org], *, needs_answer: str, at: datetime, by: Actor
) -> None:
    due = circular.answer_by
    text = f"请于{due.month}月{due.day}日前反馈。" if needs_answer and due else "请知悉。"
    notices.notify(
        person_ids=queries.secretaries(by, orgs=orgs, day=local_day(at)),
        kind=Kind.TODO if needs_answer else Kind.RESULT,
        title=f"收到通报：{circular.title}",
        text=text,
        url=f"/circulars/{circular.pk}/",
        at=at,
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
