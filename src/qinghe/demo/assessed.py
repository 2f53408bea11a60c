"""How the streets were assessed: the year 2021 to its announced ranking, the year 2022 in self-scoring.

The items are invented. What 2021 ends with follows from the self-scores and reviews told here.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import queries, rules, services
from qinghe.systems.assessments.models import Assessment, Item, Mark, Scheme

from . import cast, reported

STEPS = (rules.Step(0, 600), rules.Step(5_000, 900), rules.Step(9_000, 1_200))
FALLING = (rules.Step(0, 800), rules.Step(100, 500), rules.Step(300, 200))
HEADINGS: tuple[tuple[str, tuple[services.NewItem, ...]], ...] = (
    (
        "组织建设",
        (
            services.NewItem("两新建团指标完成率", 1_200, way="figure", code="FND-01", steps=STEPS),
            services.NewItem(
                "按期办结建团申请", 800, way="figure", code="FND-05", steps=FALLING,
                standard="超期办结的越少得分越高。",
            ),
            services.NewItem(
                "党组织研究团的工作", 2_000,
                standard="全年专题研究不少于两次，有会议记录；每少一次扣10分。",
            ),
        ),
    ),
    (
        "队伍和活动",
        (
            services.NewItem(
                "团干部配备和待遇落实", 2_500, standard="按职数配齐，落实相应待遇，有任职文件。"
            ),
            services.NewItem("主题团日和团课", 2_000, standard="每季度开展，台账完整。"),
            services.NewItem(
                "工作经费和阵地保障", 1_500, standard="经费列入预算，团员活动有固定场所。"
            ),
        ),
    ),
    (
        "加分和扣分",
        (
            services.NewItem(
                "受上级表彰或推广", 300, sort="bonus", evidence_needed=True,
                standard="市级1分、省级2分、国家级3分，附文件。",
            ),
            services.NewItem(
                "数据不实或被通报", 500, sort="deduction", standard="每起扣1分，由区级认定。"
            ),
        ),
    ),
)  # fmt: skip
GIVEN = (92, 88, 95, 90, 85, 93, 88, 91, 87, 94, 90)  # percent of each item, street by street
REASON = "台账和会议记录齐全，已按季度自查。"
LATE, CUT, OBJECTS, REPRIMANDED = 7, 4, 2, 9  # by the place of the street
PUBLISHED, SELF_BY = date(2021, 12, 10), date(2022, 1, 10)
TOLD, TOLD_LATE, TAKEN = date(2022, 1, 6), date(2022, 1, 12), date(2022, 1, 14)
REVIEWED, SHOWN, OBJECTED = date(2022, 1, 20), date(2022, 1, 21), date(2022, 1, 24)
ANSWERED, FIXED, ANNOUNCED = date(2022, 1, 26), date(2022, 2, 8), date(2022, 2, 10)
READY = 3  # streets that have handed in this year
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Bring one year to its end and let the next be filled in; once."""
    if Scheme.objects.exists():
        return
    _last_year()
    _this_year(now=now)
    say(f"考核评比：{Scheme.objects.count()} 个方案、{Assessment.objects.count()} 张考核表")


def _last_year() -> None:
    maker, reviewer = cast.officer(), cast.officer(second=True)
    scheme = _published(2021, by_day=SELF_BY, reviewers=1, at=_at(PUBLISHED), by=maker)
    for place, sheet in enumerate(_sheets(scheme)):
        day = TOLD_LATE if place == LATE else TOLD
        _fill(sheet, percent=GIVEN[place % len(GIVEN)], at=_at(day))
    taken = queries.readings_of(maker, scheme)
    services.take_figures(scheme=scheme, readings=taken, at=_at(TAKEN), by=maker)
    for place, sheet in enumerate(_sheets(scheme)):
        _review(sheet, place, at=_at(REVIEWED), by=reviewer)
    services.show_results(scheme=scheme, at=_at(SHOWN), by=maker)
    _object(_sheets(scheme)[OBJECTS], at=_at(OBJECTED), answered_at=_at(ANSWERED), by=maker)
    services.fix_ranking(scheme=scheme, at=_at(FIXED), by=maker)
    services.announce(scheme=scheme, at=_at(ANNOUNCED), by=maker)


def _this_year(*, now: datetime) -> None:
    """Let a few streets have handed in, and the next one be half done; the others have not begun."""
    maker, last = cast.officer(), local_day(now) + timedelta(days=21)
    began = now - timedelta(days=12)
    scheme = _published(2022, by_day=last, reviewers=2, at=began, by=maker)
    chen = cast.place("440307017").pk  # the street of the cast's own secretary is half done
    others = [sheet for sheet in _sheets(scheme) if sheet.org_id != chen]
    for place, sheet in enumerate(others[:READY]):
        _fill(sheet, percent=GIVEN[place], at=now - timedelta(days=3 - place))
    half = next(sheet for sheet in _sheets(scheme) if sheet.org_id == chen)
    for mark in _self_marks(half)[:2]:
        _keep(mark, percent=90, at=now - timedelta(days=1), by=_keeper(half))
    services.remind(assessment=others[READY], at=now - timedelta(days=1), by=maker)


def _published(year: int, *, by_day: date, reviewers: int, at: datetime, by: Actor) -> Scheme:
    new = services.NewScheme(
        name=f"{year}年度街道党建带团建考核",
        period=str(year),
        audience="streets",
        self_by=by_day,
        source=f"龙团〔{year}〕30号",
        bonus_cap=300,
        deduction_cap=500,
        reviewers=reviewers,
    )
    scheme = services.draw_up(new=new, at=at, by=by)
    for name, items in HEADINGS:
        heading = services.add_heading(scheme=scheme, name=name, at=at, by=by)
        for item in items:
            services.add_item(heading=heading, new=item, at=at, by=by)
    return services.publish(scheme=scheme, at=at, by=by)


def _sheets(scheme: Scheme) -> list[Assessment]:
    return list(scheme.assessments.select_related("org").order_by("org__code"))


def _self_marks(sheet: Assessment) -> list[Mark]:
    marks = sheet.marks.filter(item__way=Item.Way.SELF, item__sort=Item.Sort.NORMAL)
    return list(marks.select_related("item", "assessment"))


def _fill(sheet: Assessment, *, percent: int, at: datetime) -> None:
    """Let a street fill in and hand in; its items differ a little."""
    by = _keeper(sheet)
    for place, mark in enumerate(_self_marks(sheet)):
        _keep(mark, percent=min(100, percent + 2 * place), at=at, by=by)
    services.submit(assessment=sheet, at=at, by=by)


def _keep(mark: Mark, *, percent: int, at: datetime, by: Actor) -> None:
    told = services.Told(mark.item.full * percent // 100, REASON)
    services.keep_mark(mark=mark, told=told, at=at, by=by)


def _review(sheet: Assessment, place: int, *, at: datetime, by: Actor) -> None:
    """Accept what a street says, but for one that lacks its papers and one that was reprimanded."""
    mark = _self_marks(sheet)[0]
    if place in (CUT, OBJECTS):
        marks = (mark.self_marks or 0) - 200
        services.judge(mark=mark, marks=marks, reason="第四季度没有会议记录", at=at, by=by)
    if place == REPRIMANDED:
        deduction = sheet.marks.select_related("assessment").get(item__sort=Item.Sort.DEDUCTION)
        services.judge(mark=deduction, marks=100, reason="一季度报送数据有误", at=at, by=by)
    _without_figures(sheet, at=at, by=by)
    services.judge_rest(assessment=sheet, at=at, by=by)


def _without_figures(sheet: Assessment, *, at: datetime, by: Actor) -> None:
    """Mark by hand what has no figure of that year."""
    for mark in sheet.marks.filter(item__way=Item.Way.FIGURE, figure__isnull=True):
        marks = mark.item.full * 3 // 4
        services.judge(mark=mark, marks=marks, reason="按街道上报台账认定", at=at, by=by)


def _object(sheet: Assessment, *, at: datetime, answered_at: datetime, by: Actor) -> None:
    mark = _self_marks(sheet)[0]
    keeper = _keeper(sheet)
    made = services.object_to(mark=mark, reason="第四季度会议记录漏传，现补上。", at=at, by=keeper)
    given = (mark.final or 0) + 200
    services.uphold(
        objection=made, marks=given, answer="经核，记录属实，恢复得分。", at=answered_at, by=by
    )


def _keeper(sheet: Assessment) -> Actor:
    found = reported.who_answers().secretaries.get(sheet.org_id)
    if found is None:
        raise Refused("not_allowed", f"{sheet.org}没有书记，没有填报。")
    return found


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=TZ).astimezone(UTC)
