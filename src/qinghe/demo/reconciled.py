"""One export of the national platform held against the rolls of a street: every kind of difference."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.edges.books import Book
from qinghe.edges.jobs import running
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.reconciling import queries, services
from qinghe.systems.reconciling.models import Difference, RollSource
from qinghe.systems.reconciling.rules import OnRoll

from . import cast, reported

STREET = "440307017"
NAME, FILE = "广东智慧团建", "横岗街道团员名册.xlsx"
HEADINGS = ("姓名", "发展团员编号", "出生日期", "入团时间", "支部编码", "所在团支部", "团员状态")
KEYS = ("name", "number", "birth", "joined_on", "branch_code", "branch", "standing")
NOT_THERE = 2  # members whom the export does not tell
FEW = 8  # with fewer members there is nothing to show
SAID = (("theirs", "与《入团志愿书》核对，来源正确"), ("ours", "与支部台账一致，请在来源系统更正"))
Say = Callable[[str], None]
Cells = tuple[object, ...]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Compare a street's rolls with an invented export; some lines are answered; once."""
    street = cast.place(STREET)
    members = queries.on_roll(cast.officer(), street, on=local_day(now))
    if RollSource.objects.exists() or len(members) < FEW:
        return
    by = cast.officer()
    source = services.name_roll_source(name=NAME, org=_top(street), at=now, by=by)
    columns = services.keep_roll_columns(
        source=source,
        columns=dict(zip(KEYS, HEADINGS, strict=True)),
        headings=HEADINGS,
        at=now,
        by=by,
    )
    file = ContentFile(_book(members, street, now=now), name=FILE)
    new = services.NewRun(columns, street, file, len(members))
    run = services.upload_run(new=new, at=now, by=by)
    if run.job_id:
        running.run(run.job_id)
    _answer(by=by, now=now)
    say(f"名册对账：{Difference.objects.count()} 条差异")


def _top(street: Org) -> Org:
    return street.parent or street


def _book(members: Sequence[OnRoll], street: Org, *, now: datetime) -> bytes:
    book = Book(created=now)
    with book:
        book.rows(book.page("团员名册", HEADINGS), _lines(members, street))
    return book.content()


def _lines(members: Sequence[OnRoll], street: Org) -> Iterator[Cells]:
    """Tell the members as they are, but for a few of each kind."""
    known = dict(orgs.below(street).values_list("pk", "code"))
    names = dict(orgs.below(street).values_list("pk", "name"))
    ordered = sorted(members, key=lambda one: (known[one.org], one.person))
    for place, one in enumerate(ordered[NOT_THERE:]):
        joined, standing, number = one.joined_on, "正常", one.number
        if place in (0, 3) and joined:
            joined -= timedelta(days=27)
        if place == 1:
            standing = "已转出"
        yield (
            one.name if place != 2 else f"{one.name[:-1]}晓",
            number,
            one.birth,
            joined,
            known[one.org],
            names[one.org],
            standing,
        )
    code, name = known[ordered[0].org], names[ordered[0].org]
    yield ("岑一诺", "202144000901", None, None, code, name, "正常")
    yield ("路知远", "202144000902", None, None, "", "已撤销的团支部", "正常")
    yield (ordered[0].name, "", None, None, "", "", "正常")  # of whom nothing else is told


def _answer(*, by: Actor, now: datetime) -> None:
    """Let branches answer some lines; one answer is confirmed, one goes back."""
    who, other = reported.who_answers().secretaries, cast.officer(second=True)
    asked = Difference.objects.exclude(kind=Difference.Kind.UNSURE).select_related("org")
    done = []
    for place, one in enumerate(asked.order_by("pk")[:4]):
        answer, reason = SAID[place % 2]
        said = services.Said(answer, reason)
        hand = who.get(one.org_id, other)
        hand = hand if queries.may_answer(hand, one) else other
        done.append(services.answer_difference(difference=one, said=said, at=now, by=hand))
    for one in done[1:2]:
        services.confirm_answer(difference=one, at=now, by=by)
    for one in done[3:]:
        services.return_answer(difference=one, reason="请附入团志愿书再答复", at=now, by=by)
