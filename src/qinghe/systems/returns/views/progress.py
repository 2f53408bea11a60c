"""How far reporting has come: street by street, form by form, and who is still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import forms, queries, services
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.queries import CoverageRow, Round

LOW = Decimal(80)  # below this, once the round has closed, a share is marked
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Share:
    """One number of the board: a street and a form."""

    row: CoverageRow | None
    url: str
    tone: str


@dataclass(frozen=True)
class Street:
    """One line of the board."""

    name: str
    url: str
    shares: Sequence[Share]
    all: CoverageRow


class LateTable(Table):
    """Who has not reported. The names of what is missing are read for the page that is shown."""

    name = Column("组织")
    parent = Column("上级", accessor="parent__name", order_by="parent__path")
    level = Column("层级", accessor="get_level_display", order_by="level")
    missing = columns.Number(verbose_name="未报份数")
    forms = Column("未报报表", accessor="pk", orderable=False, exclude_from_export=True)
    closes_on = columns.Day(verbose_name="最早截止")
    reminded_on = columns.Day(verbose_name="上次催报")

    rounds: Sequence[Round] = ()

    class Meta:
        attrs = {"class": "q-table"}

    def before_render(self, request: Request) -> None:
        """Read, once for the page, what each of its organisations has not sent."""
        shown = [row.record for row in self.paginated_rows]
        titles = {one.pk: one.form.title for one in self.rounds}
        self.titles = {
            org_id: "、".join(dict.fromkeys(titles[filing.round_id] for filing in filings))
            for org_id, filings in queries.missing_of(request.actor, shown, self.rounds).items()
        }

    def render_forms(self, value: int) -> str:
        """Name what is missing."""
        return self.titles.get(value, "")


def progress(request: Request) -> HttpResponse:
    """Show how complete and how timely each street is with each form of the chosen period."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rounds = list(queries.rounds_within(request.actor, request.scope.period))
    found = queries.coverage(request.actor, request.scope.org, rounds)
    asked = {row.round_id for row in found}
    rounds = [one for one in rounds if one.pk in asked]  # who is here is not asked by the others
    return pages.page(
        request,
        "returns/progress.html",
        title="报送进度",
        rounds=rounds,
        elsewhere=[] if rounds else queries.periods_asked(request.actor),
        streets=_streets(request, found, rounds),
        whole=_sum(found),
        sums=[_sum([row for row in found if row.round_id == one.pk]) for one in rounds],
        late_url=f"{reverse('returns:late')}?{request.scope.query}",
        actions=_board_actions(request),
    )


def late(request: Request) -> HttpResponseBase:
    """Show who has not reported, to be reminded one by one or all at once."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rounds = _rounds(request)
    actions: list[pages.Action | pages.Bulk] = []
    if rounds and actors.may(request.actor, Act.REVIEW, at=request.scope.org):
        query = request.GET.urlencode()
        actions = [
            pages.Bulk(
                "remind",
                "催报所选",
                lambda org: _remind_one(request, cast(Org, org), rounds),
                primary=True,
            ),
            pages.Action(
                "全部催报",
                f"{reverse('returns:remind_all')}?{query}",
                post=True,
                ask="提醒名单上的全部组织？每个组织每张报表一天只提醒一次。",
            ),
        ]
    return pages.list_page(
        request,
        title=_late_title(request, rounds),
        table=_late_table(request, rounds),
        rows=queries.late_ledger(request.actor, request.scope.org, rounds),
        filterset=forms.LateFilter,
        actions=actions,
    )


@require_POST
def remind_all(request: Request) -> HttpResponse:
    """Remind all who have not reported, of each round that they miss."""
    actors.require(request.actor, Act.REVIEW, at=request.scope.org)
    rounds = _rounds(request)
    chosen = forms.LateFilter(
        request.GET, queryset=queries.late_orgs(request.actor, request.scope.org, rounds)
    ).qs
    orgs = list(chosen)
    told, persons, nobody = set(), 0, set()
    for one in rounds:
        reached = services.remind(round=one, orgs=orgs, at=timezone.now(), by=request.actor)
        told |= set(reached.told)
        nobody |= set(reached.nobody)
        persons += reached.persons
    _say(request, told=len(told), persons=persons, nobody=len(nobody - told))
    return redirect(f"{reverse('returns:late')}?{request.GET.urlencode()}")


def _remind_one(request: Request, org: Org, rounds: Iterable[Round]) -> None:
    """Remind one organisation. Raises Refused: reminded_already, nobody_there."""
    results = [
        services.remind(round=one, orgs=[org], at=timezone.now(), by=request.actor)
        for one in rounds
    ]
    if any(each.told for each in results):
        return
    if any(each.again for each in results):
        raise Refused("reminded_already", "今天已经催报过，没有重复提醒。")
    raise Refused("nobody_there", "该组织没有可填报的人员，没有发出提醒；请先任命负责人。")


def _say(request: HttpRequest, *, told: int, persons: int, nobody: int) -> None:
    left = f"；{nobody}个组织没有可填报的人员，请先任命负责人" if nobody else ""
    if told:
        messages.success(request, f"已提醒{told}个组织（{persons}人次）{left}。")
    else:
        messages.warning(request, f"没有发出新的提醒：今天都已催报过，或已报齐{left}。")


def _rounds(request: Request) -> list[Round]:
    """Return the round that was asked for, else all of the chosen period."""
    asked = request.GET.get("round", "")
    if asked.isdecimal() and len(asked) < 19:
        return list(queries.rounds_seen_by(request.actor).filter(pk=int(asked)))
    return list(queries.rounds_within(request.actor, request.scope.period))


def _late_table(request: Request, rounds: Sequence[Round]) -> type[LateTable]:
    """Return the table of these rounds, which says what it means when nobody stands in it."""
    words = "没有符合条件的组织：都报齐了，或被筛选掉了。"
    if not rounds:
        label = request.scope.period.label
        words = f"{label}没有开放的报送期；请在页面上方换一个期间，或先看报送进度。"
    meta = type("Meta", (LateTable.Meta,), {"empty_text": words})
    return type("LateTable", (LateTable,), {"rounds": rounds, "Meta": meta})


def _late_title(request: Request, rounds: Sequence[Round]) -> str:
    if request.GET.get("round") and len(rounds) == 1:
        return f"谁还没报：{rounds[0].form.title} {rounds[0].span.label}"
    return f"谁还没报：{request.scope.period.label}"


def _streets(
    request: Request, found: Sequence[CoverageRow], rounds: Sequence[Round]
) -> list[Street]:
    known = {(row.street_id, row.round_id): row for row in found}
    names = {row.street_id: row.street for row in found}
    seen = Org.objects.filter(pk__in=[pk for pk in names if pk]).in_bulk()
    made = []
    for street_id, name in names.items():
        org = seen[street_id].code if street_id else request.scope.org.code
        mine = [row for row in found if row.street_id == street_id]
        made.append(
            Street(
                name=name or "区直属",
                url=_late_url(org=org, request=request),
                shares=[
                    _share(request, known.get((street_id, one.pk)), round=one, org=org)
                    for one in rounds
                ],
                all=_sum(mine),
            )
        )
    return sorted(made, key=lambda street: street.all.complete or Decimal(0))


def _share(request: Request, row: CoverageRow | None, *, round: Round, org: str) -> Share:
    if row is None:
        return Share(None, "", "")
    closed = round.closes_on < timezone.localdate()
    share = row.complete or Decimal(0)
    tone = ""
    if closed and share < WHOLE:
        tone = "r-low" if share < LOW else "r-fair"
    return Share(row, _late_url(org=org, request=request, round=round), tone)


def _late_url(*, org: str, request: Request, round: Round | None = None) -> str:
    asked = {"org": org, "period": request.scope.period.name}
    if round:
        asked["round"] = f"{round.pk}"
    return f"{reverse('returns:late')}?{urlencode(asked)}"


def _sum(rows: Sequence[CoverageRow]) -> CoverageRow:
    return CoverageRow(
        round_id=0,
        street_id=None,
        street="",
        expected=sum(row.expected for row in rows),
        submitted=sum(row.submitted for row in rows),
        accepted=sum(row.accepted for row in rows),
        late=sum(row.late for row in rows),
    )


def _board_actions(request: Request) -> list[pages.Action]:
    made = [
        pages.Action("谁还没报", f"{reverse('returns:late')}?{request.scope.query}", primary=True)
    ]
    if actors.may_anywhere(request.actor, Act.REVIEW):
        made.append(pages.Action("待审核", reverse("returns:to_review")))
    return [*made, pages.Action("报送台账", reverse("returns:filings"))]
