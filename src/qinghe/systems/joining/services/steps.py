"""The steps of the branch that each take one form."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import typst
from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, queries, rules

from .turns import COMMITTEE, Turn

Case = models.Case
SCAN = "入团志愿书"
CONTACT, INTRODUCER = models.Sponsor.Kind.CONTACT, models.Sponsor.Kind.INTRODUCER


@transaction.atomic
def hold_talk(*, case: Case, on: date, words: str, at: datetime, by: Actor) -> Case:
    """Write down that the branch sent somebody to talk with the applicant: who, what was said (2).

    Raises Refused: reason_needed and what Turn.take raises.
    """
    told = rules.check_reason(words)
    return _taken(
        Turn.take(case, 2, on=on, at=at, by=by), "hold_talk", on=on, at=at, by=by, words=told
    )


@transaction.atomic
def propose_activist(
    *, case: Case, on: date, way: models.Way, words: str = "", at: datetime, by: Actor
) -> Case:
    """Report whom the branch's committee decided on as 积极分子, for approval above (3).

    Raises Refused: what Turn.take raises.
    """
    turn = Turn.take(case, 3, on=on, at=at, by=by)
    step, kept = turn.step, turn.case
    step.on, step.way, step.words, step.by_id = on, way, words.strip(), by.person_id
    step.save()
    kept.awaits = COMMITTEE
    kept.save(update_fields=["awaits"])
    audit.record(
        by=by, verb="joining.propose_activist", subject=kept, at=at, detail={"on": str(on)}
    )
    return kept


@transaction.atomic
def name_contacts(
    *, case: Case, members: Sequence[Person], on: date, at: datetime, by: Actor
) -> Case:
    """Name one or two full members who cultivate the applicant (4).

    Raises Refused: wrong_sponsors, not_a_member and what Turn.take raises.
    """
    turn = Turn.take(case, 4, on=on, at=at, by=by)
    _name(turn, members, kind=CONTACT, least=1, most=turn.terms.contacts, on=on, by=by)
    return _taken(turn, "name_contacts", on=on, at=at, by=by)


@transaction.atomic
def recommend(*, case: Case, on: date, words: str = "", at: datetime, by: Actor) -> Case:
    """Write down that the branch's committee recommends the applicant as 发展对象 (6).

    Raises Refused: what Turn.take raises.
    """
    turn = Turn.take(case, 6, on=on, at=at, by=by)
    return _taken(turn, "recommend", on=on, at=at, by=by, words=words.strip())


@transaction.atomic
def name_introducers(
    *, case: Case, members: Sequence[Person], on: date, at: datetime, by: Actor
) -> Case:
    """Name exactly two full members who introduce the applicant (9).

    Raises Refused: wrong_sponsors, not_a_member and what Turn.take raises.
    """
    turn = Turn.take(case, 9, on=on, at=at, by=by)
    asked = turn.terms.introducers
    _name(turn, members, kind=INTRODUCER, least=asked, most=asked, on=on, by=by)
    return _taken(turn, "name_introducers", on=on, at=at, by=by)


@transaction.atomic
def fill_form(
    *, case: Case, on: date, opinion_on: date, words: str, at: datetime, by: Actor
) -> Case:
    """Write down the day of the 志愿 and that of the introducers' opinion, with its words (10, T-11).

    The step is done once the introducers have signed: on the later of the two days.
    Raises Refused: wrong_order, reason_needed and what Turn.take raises.
    """
    told = rules.check_reason(words)
    turn = Turn.take(case, 10, on=on, at=at, by=by)
    rules.check_days_of_paper(last_lesson=turn.standing.last_lesson, wished=on, opinion=opinion_on)
    check_not_future(day=opinion_on, today=local_day(at), what="介绍人签署意见")
    turn.step.on = on
    return _taken(turn, "fill_form", on=opinion_on, at=at, by=by, opinion_on=opinion_on, words=told)


@transaction.atomic
def tell_result(*, case: Case, on: date, words: str = "", at: datetime, by: Actor) -> Case:
    """Tell the branch and the applicant of the approval (13). Raises Refused: as Turn.take."""
    kept = _taken(
        Turn.take(case, 13, on=on, at=at, by=by),
        "tell_result",
        on=on,
        at=at,
        by=by,
        words=words.strip(),
    )
    text = f"{kept.org.name}的入团申请已获批准，入团时间为{kept.joined_on}（支部大会通过之日）。"
    Turn.tell(kept, title="入团审批结果", text=text, at=at)
    return kept


@transaction.atomic
def hold_ceremony(*, case: Case, on: date, words: str = "", at: datetime, by: Actor) -> Case:
    """Write down the day on which the oath was taken before the flag (14).

    Raises Refused: what Turn.take raises.
    """
    turn = Turn.take(case, 14, on=on, at=at, by=by)
    return _taken(turn, "hold_ceremony", on=on, at=at, by=by, words=words.strip())


@transaction.atomic
def archive(*, case: Case, scan: Upload, on: date, at: datetime, by: Actor) -> Case:
    """Keep the scan of the 志愿书: one PDF of exactly so many pages; the case is finished (15).

    Raises Refused: wrong_scan, the codes of files.attach and what Turn.take raises.
    """
    turn = Turn.take(case, 15, on=on, at=at, by=by)
    rules.check_scan(name=scan.name or "", size=scan.size, most_megabytes=turn.terms.scan_megabytes)
    _check_pages(scan, pages=turn.terms.scan_pages)
    files.attach(subject=turn.case, upload=scan, label=SCAN, at=at, by=by)
    turn.case.state, turn.case.closed_on = Case.State.FINISHED, on
    return _taken(turn, "archive", on=on, at=at, by=by)


def _taken(turn: Turn, verb: str, *, on: date, at: datetime, by: Actor, **told: object) -> Case:
    case = turn.settle(on=on, by_id=by.person_id, **told)
    case.save()
    audit.record(by=by, verb=f"joining.{verb}", subject=case, at=at, detail={"on": str(on)})
    return case


def _name(
    turn: Turn,
    members: Sequence[Person],
    *,
    kind: models.Sponsor.Kind,
    least: int,
    most: int,
    on: date,
    by: Actor,
) -> None:
    keys = [person.pk for person in members]
    rules.check_sponsors(
        keys, least=least, most=most, what=kind.label, applicant=turn.case.person_id
    )
    known = set(queries.members_of(by, turn.case).filter(pk__in=keys).values_list("pk", flat=True))
    if set(keys) - known:
        raise Refused(
            "not_a_member", f"{kind.label}须是本支部或上级团组织名册上的正式团员，没有保存。"
        )
    models.Sponsor.objects.bulk_create(
        models.Sponsor(case=turn.case, kind=kind, person_id=key, since=on) for key in keys
    )


def _check_pages(scan: Upload, *, pages: int) -> None:
    """Refuse a scan that cannot be read or has another number of pages. Raises Refused: wrong_scan.

    Typst, which sets our papers, opens a page of a PDF as a picture: it tells whether there is one.
    """
    with tempfile.TemporaryDirectory() as folder:
        scan.seek(0)
        Path(folder, "scan.pdf").write_bytes(scan.read())
        if not _has_page(folder, 1):
            raise Refused("wrong_scan", "扫描件打不开，可能已损坏或有密码，没有保存，请重新导出。")
        if not _has_page(folder, pages):
            raise Refused("wrong_scan", f"入团志愿书须正好{pages}页，扫描件不足，没有保存。")
        if _has_page(folder, pages + 1):
            raise Refused("wrong_scan", f"入团志愿书须正好{pages}页，扫描件超出，没有保存。")
    scan.seek(0)


def _has_page(folder: str, number: int) -> bool:
    document = Path(folder, "page.typ")
    document.write_text(f'#image("scan.pdf", page: {number})\n#metadata(1) <there>')
    try:
        typst.query(str(document), "<there>", root=folder)
    except RuntimeError:
        return False
    return True
