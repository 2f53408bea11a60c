"""Forms: list, record, designing, publishing, versions, opening a round."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.models import Department
from qinghe.kernel.orgs.kinds import Level, OrgKind, Sector
from qinghe.lib import periods
from qinghe.lib.periods import Period, PeriodKind
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import forms, queries, services
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.queries import Cell, FormState, ReportForm

TONES: dict[str, pages.Tone] = {
    FormState.DRAFT: pages.Tone.WAIT,
    FormState.PUBLISHED: pages.Tone.GOOD,
    FormState.RETIRED: pages.Tone.PLAIN,
}
YEARS_BACK = 1
TOLD = 4  # the last rounds, whose opening and putting off a form tells


class FormTable(Table):
    """Forms and their versions."""

    title = Column("报表", linkify=("returns:form", [A("pk")]))
    version = columns.Number(verbose_name="版本")
    period_kind = Column("报送频率", accessor="get_period_kind_display", order_by="period_kind")
    department = Column("主管部门", accessor="get_department_display", order_by="department")
    published_at = columns.Moment(verbose_name="发布时间")
    state = columns.State(verbose_name="状态", labels=dict(FormState.choices), tones=TONES)

    class Meta:
        empty_text = "还没有报表；区里设计、发布后，再开放报送期。"


def report_forms(request: Request) -> HttpResponseBase:
    """Show the forms."""
    _require_sight(request)
    actions = []
    if actors.may_anywhere(request.actor, Act.DESIGN):
        actions = [
            pages.Action("新建报表", reverse("returns:form_new"), primary=True),
            pages.Action("指标目录", reverse("returns:definitions")),
        ]
    return pages.list_page(
        request,
        title="报表",
        table=FormTable,
        rows=queries.forms_seen_by(request.actor),
        actions=actions,
    )


def report_form(request: Request, form_id: int) -> HttpResponse:
    """Show what one form asks, of whom, and the periods it was asked for."""
    found = _found(request, form_id)
    known = queries.codes_known(request.actor)
    asked = queries.would_ask(
        request.actor, levels=found.levels, kinds=found.kinds, sectors=found.sectors
    )
    state = FormState(found.state)
    rounds = list(queries.rounds_seen_by(request.actor).filter(form=found))
    return pages.page(
        request,
        "returns/form.html",
        title=f"{found.title}（第{found.version}版）",
        state=pages.Tag(state.label, TONES[state]),
        form=found,
        facts=_facts(found, asked.count()),
        cells=[(cell, known.get(cell.code)) for cell in found.cells.all()],
        rules=list(found.rules.all()),
        rounds=rounds,
        may_extend=actors.may_anywhere(request.actor, Act.DESIGN),
        timeline=timeline.of(found, reader=request.actor, parts=rounds[:TOLD]),
        actions=_actions(request, found),
        back=pages.Link("报表", reverse("returns:forms")),
    )


def form_new(request: Request) -> HttpResponse:
    """Design a form."""
    _require_design(request)
    return _designed(request, None)


def form_change(request: Request, form_id: int) -> HttpResponse:
    """Change a form that is still being designed."""
    _require_design(request)
    return _designed(request, _found(request, form_id))


@require_safe
def code_search(request: Request) -> HttpResponse:
    """Show the numbers that some words find, to be taken as the next cell."""
    _require_design(request)
    words = request.GET.get("q", "").strip()
    found = queries.codes_found(request.actor, words) if words else []
    return pages.page(
        request,
        "returns/parts/codes.html",
        found=found,
        words=words,
        records=queries.RECORDS,
        returned=queries.RETURNS,
    )


@require_safe
def cell_line(request: Request) -> HttpResponse:
    """Add a line to the form that is being designed."""
    _require_design(request)
    known = queries.codes_known(request.actor).get(request.GET.get("code", ""))
    number = request.GET.get("cells-TOTAL_FORMS", "0")
    if known is None or not number.isdecimal():
        raise Refused("unknown_code", "指标目录里没有这个编号，没有加入；请重新查找。")
    initial = {
        "code": known.code,
        "label": known.label,
        "unit": known.unit,
        "meaning": known.meaning,
        "kind": Cell.Kind.HUNDREDTHS if known.decimals else Cell.Kind.WHOLE,
    }
    lines = forms.CellLines(prefix="cells", initial=[initial])
    line = lines.forms[0]
    line.prefix = f"cells-{int(number)}"
    line.initial["ORDER"] = int(number) + 1
    return pages.page(
        request,
        "returns/parts/cell_added.html",
        line=line,
        total=int(number) + 1,
        derived={known.code} if known.source == queries.RECORDS else set(),
    )


@require_POST
def form_preview(request: Request) -> HttpResponse:
    """Say how many organisations a form would ask, by what is ticked so far."""
    _require_design(request)
    posted: QueryDict = request.POST
    asked = queries.would_ask(
        request.actor,
        levels=posted.getlist("levels"),
        kinds=posted.getlist("kinds"),
        sectors=posted.getlist("sectors"),
    )
    return pages.page(
        request,
        "returns/parts/preview.html",
        count=asked.count(),
        names=list(asked.order_by("path").values_list("name", flat=True)[:3]),
    )


@require_POST
def form_publish(request: Request, form_id: int) -> HttpResponse:
    """Publish a form for good."""
    found = _found(request, form_id)
    services.publish_form(form=found, at=timezone.now(), by=request.actor)
    return redirect("returns:form", found.pk)


@require_POST
def form_retire(request: Request, form_id: int) -> HttpResponse:
    """Ask a form no more."""
    found = _found(request, form_id)
    services.retire_form(form=found, at=timezone.now(), by=request.actor)
    return redirect("returns:form", found.pk)


@require_POST
def form_version(request: Request, form_id: int) -> HttpResponse:
    """Begin the next version of a form."""
    found = _found(request, form_id)
    made = services.new_version(form=found, at=timezone.now(), by=request.actor)
    return redirect("returns:form_change", made.pk)


def round_open(request: Request, form_id: int) -> HttpResponse:
    """Ask a form for a period."""
    found = _found(request, form_id)
    if not actors.may_anywhere(request.actor, Act.OPEN):
        raise Refused("not_allowed", "开放报送期由区一级办理，没有任何改动。")
    form = forms.RoundForm(request.POST or None, offered=_offered(found), initial=_usual(found))
    asked = queries.would_ask(
        request.actor, levels=found.levels, kinds=found.kinds, sectors=found.sectors
    ).count()
    if form.is_valid():
        with pages.refusals_on(form):
            opened = services.open_round(
                form=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            messages.success(request, f"已开放{opened.span.label}报送，填报单位会在待办里看到。")
            return redirect("returns:form", found.pk)
    return pages.form_page(
        request,
        title=f"开放报送：{found.title}",
        form=form,
        submit="开放报送",
        note=f"按现有组织，约{asked}个组织要填报；以期末的组织为准。开放后不能撤销。",
        back=pages.Link(found.title, reverse("returns:form", args=[found.pk])),
    )


def _designed(request: Request, found: ReportForm | None) -> HttpResponse:
    posted = request.POST or None
    head = forms.HeadForm(posted, initial=_head_of(found))
    if found:
        head.fields["slug"].disabled = True
        head.fields["slug"].help_text = "定下后不改。"
    cells = forms.CellLines(posted, prefix="cells", initial=_cells_of(found))
    rules = forms.RuleLines(posted, prefix="rules", initial=_rules_of(found))
    for lines in (cells, rules):
        lines.extra = 1 if lines is rules and not posted else 0
    whole = all([head.is_valid(), cells.is_valid(), rules.is_valid()]) if posted else False
    if whole:
        with pages.refusals_on(head):
            new = forms.as_new(head, cells=cells.kept(), rules=rules.kept())
            made = _keep(request, found, new)
            return redirect("returns:form", made.pk)
    back = reverse("returns:form", args=[found.pk]) if found else reverse("returns:forms")
    return pages.page(
        request,
        "returns/designing.html",
        status=422 if posted else 200,
        title=f"修改报表：{found.title}" if found else "新建报表",
        head=head,
        form=head,
        cells=cells,
        rules=rules,
        wrong=bool(posted) and not whole,
        derived=_derived(request),
        back=pages.Link("返回", back),
    )


def _keep(request: Request, found: ReportForm | None, new: services.NewForm) -> ReportForm:
    if found is None:
        return services.make_form(new=new, at=timezone.now(), by=request.actor)
    return services.change_form(form=found, new=new, at=timezone.now(), by=request.actor)


def _derived(request: Request) -> set[str]:
    known = queries.codes_known(request.actor).values()
    return {each.code for each in known if each.source == queries.RECORDS}


def _head_of(found: ReportForm | None) -> dict[str, object]:
    return {name: getattr(found, name) for name in forms.HeadForm.base_fields} if found else {}


def _cells_of(found: ReportForm | None) -> list[dict[str, object]]:
    return list(found.cells.values(*forms.CellForm.base_fields)) if found else []


def _rules_of(found: ReportForm | None) -> list[dict[str, object]]:
    named = ("left_code", "operator", "right_code", "words")
    return list(found.rules.values(*named)) if found else []


def _facts(found: ReportForm, asked: int) -> list[tuple[str, pages.Cell]]:
    def named(values: list[str], choices: list[tuple[str, str]]) -> str:
        labels = dict(choices)
        return "、".join(labels.get(value, value) for value in values) or "不限"

    return [
        ("代号", found.slug),
        ("报送频率", found.get_period_kind_display()),
        ("主管部门", dict(Department.choices).get(found.department, "不限")),
        ("填报层级", named(found.levels, Level.choices)),
        ("组织类型", named(found.kinds, OrgKind.choices)),
        ("所属领域", named(found.sectors, Sector.choices)),
        ("现有填报单位", f"{asked}个"),
        ("开始填报", _day(found.opens_after_days)),
        ("截止", _day(found.closes_after_days)),
    ]


def _day(after: int) -> str:
    if after == 0:
        return "期末当天"
    return f"期末后第{after}天" if after > 0 else f"期末前{-after}天"


def _actions(request: Request, found: ReportForm) -> list[pages.Action]:
    if not actors.may_anywhere(request.actor, Act.DESIGN):
        return []
    key = [found.pk]
    if found.state == FormState.DRAFT:
        return [
            pages.Action(
                "发布",
                reverse("returns:form_publish", args=key),
                primary=True,
                post=True,
                ask="发布后不能再改，要改须另建新版本。确定发布吗？",
            ),
            pages.Action("修改", reverse("returns:form_change", args=key)),
        ]
    version = pages.Action("新版本", reverse("returns:form_version", args=key), post=True)
    if found.state == FormState.RETIRED:
        return [version]
    return [
        pages.Action("开放报送", reverse("returns:round_open", args=key), primary=True),
        version,
        pages.Action(
            "停用",
            reverse("returns:form_retire", args=key),
            post=True,
            ask="停用后不再开放新的报送期，已开放的继续。确定停用吗？",
        ),
    ]


def _offered(found: ReportForm) -> list[Period]:
    """Return the periods that a form may be asked for, the newest first."""
    today = timezone.localdate()
    made = []
    for year in range(today.year + 1, today.year - YEARS_BACK - 5, -1):
        made += _of_year(PeriodKind(found.period_kind), year)
    begun = [one for one in made if one.start <= today]
    taken = set(found.rounds.values_list("period", flat=True))
    return [one for one in sorted(begun, reverse=True) if one.name not in taken]


def _usual(found: ReportForm) -> dict[str, str]:
    """Return what is asked for most often: the period just over; of a year, the one that runs."""
    offered, today = _offered(found), timezone.localdate()
    over = [one for one in offered if one.kind is PeriodKind.YEAR or one.end < today]
    return {"period": over[0].name} if over else {}


def _of_year(kind: PeriodKind, year: int) -> list[Period]:
    match kind:
        case PeriodKind.MONTH:
            return [periods.month(year, place) for place in range(1, 13)]
        case PeriodKind.QUARTER:
            return [periods.quarter(year, place) for place in range(1, 5)]
        case PeriodKind.HALF_YEAR:
            return [periods.half_year(year, place) for place in (1, 2)]
        case PeriodKind.YEAR:
            return [periods.year(year)]


def round_extend(request: Request, round_id: int) -> HttpResponse:
    """Let a round close later, and say why."""
    found = get_object_or_404(queries.rounds_seen_by(request.actor), pk=round_id)
    if not actors.may_anywhere(request.actor, Act.DESIGN):
        raise Refused("not_allowed", "延长截止日由区一级办理，没有任何改动。")
    form = forms.ExtendForm(request.POST or None)
    back = pages.Link(found.form.title, reverse("returns:form", args=[found.form_id]))

    def do() -> str:
        extended = services.extend_round(
            round=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        day = extended.closes_on.isoformat()
        messages.success(request, f"截止日已延至{day}，还没报送的单位会收到通知。")
        return back.url

    return pages.act_page(
        request,
        title=f"延长截止日：{found.form.title} {found.span.label}",
        form=form,
        do=do,
        submit="延长截止日",
        note=f"现在的截止日是{found.closes_on.isoformat()}。只能往后延；已按逾期报送的，逾期标记不变。",
        back=back,
    )


def _found(request: Request, form_id: int) -> ReportForm:
    return get_object_or_404(queries.forms_seen_by(request.actor), pk=form_id)


def _require_sight(request: Request) -> None:
    if not actors.may_anywhere(request.actor, Act.SEE):
        raise Refused("not_allowed", "您没有查看统计报送的权限。")


def _require_design(request: Request) -> None:
    if not actors.may_anywhere(request.actor, Act.DESIGN):
        raise Refused("not_allowed", "设计报表由区一级办理，没有任何改动。")
