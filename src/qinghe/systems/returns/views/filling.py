"""What one must send up, the page it is filled in on, and sending it."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import attachments, doors, pages, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import forms, queries, rules, services
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.queries import Filing, FilledForm, State

from . import rows

FIRST = 30


def to_fill(request: Request) -> HttpResponse:
    """Show what this actor must send up, and what was sent before."""
    doors.require_anywhere(request.actor, Act.FILL)
    own = queries.filings_seen_by(request.actor).filter(
        org__in=actors.orgs_where(request.actor, Act.FILL)
    )
    waiting = list(queries.to_fill(request.actor))
    today = timezone.localdate()
    return pages.page(
        request,
        "returns/to_fill.html",
        title="我的报表",
        waiting=[(each, rows.due_of(each, day=today), rows.state_of(each)) for each in waiting],
        coming=list(
            own.filter(round__opens_on__gt=today, state=State.DRAFT).order_by("round__opens_on")[
                :FIRST
            ]
        ),
        sent=[
            (each, rows.state_of(each))
            for each in own.exclude(state__in=rules.OPEN).order_by("-submitted_at")[:FIRST]
        ],
        several=len({each.org_id for each in waiting}) > 1,
    )


def filing(request: Request, filing_id: int) -> HttpResponse:
    """Show a filing: to be filled by those who fill it, to be read by all others who see it."""
    found = found_for(request, filing_id)
    if may_fill(request, found):
        return _filling(request, queries.sheet_of(request.actor, found))
    return _reading(request, found)


@require_POST
def filing_keep(request: Request, filing_id: int) -> HttpResponseBase:
    """Keep what was typed: one cell as it is left, or the whole page at once.

    Whatever can be kept is kept; what cannot stands in its box again, with the reason.
    """
    found = found_for(request, filing_id)
    actors.require(request.actor, Act.FILL, at=found.org)
    posted = request.POST
    wrong = keep(request, found, posted)
    sheet = queries.sheet_of(request.actor, found)
    if request.htmx:
        return _kept(request, sheet, posted=posted, wrong=wrong)
    if wrong:
        return _filling(request, sheet, posted=posted, wrong=wrong)
    where = "returns:filing_submit" if "send" in posted else "returns:filing"
    return redirect(where, found.pk)


def filing_submit(request: Request, filing_id: int) -> HttpResponse:
    """Look over what is missing, and send."""
    found = found_for(request, filing_id)
    actors.require(request.actor, Act.FILL, at=found.org)
    late = _late_form(request, found)
    refusal = ""
    if request.method == "POST" and (late is None or late.is_valid()):
        answers = forms.answers_in(request.POST)
        reason = late.cleaned_data["late_reason"] if late else ""
        try:
            services.submit(
                filing=found,
                answers=answers,
                late_reason=reason,
                at=timezone.now(),
                by=request.actor,
            )
        except Refused as refused:
            refusal = refused.reason
            _keep_answers(request, found, answers, reason=reason)
        else:
            return redirect("returns:filing", found.pk)
    return _before_sending(request, found, late=late, refusal=refusal)


@require_POST
def filing_take_back(request: Request, filing_id: int) -> HttpResponse:
    """Take back what was sent and not yet decided."""
    found = found_for(request, filing_id)
    services.take_back(filing=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已撤回，填写的内容都在；改好后请重新报送。")
    return redirect("returns:filing", found.pk)


def found_for(request: Request, filing_id: int) -> Filing:
    """Return a filing that this actor sees. Raises Http404."""
    return get_object_or_404(queries.filings_seen_by(request.actor), pk=filing_id)


def may_fill(request: Request, found: Filing) -> bool:
    """Test if this actor fills this filing now."""
    opened = found.round.opens_on <= timezone.localdate()
    mine = actors.may(request.actor, Act.FILL, at=found.org)
    return mine and opened and found.state in rules.OPEN


def is_late(found: Filing) -> bool:
    """Test if sending a filing today is late."""
    return rules.is_late(
        state=found.state, closes_on=found.round.closes_on, day=timezone.localdate()
    )


def keep(request: Request, found: Filing, posted: QueryDict) -> dict[str, str]:
    """Keep what can be kept of what was typed, and return by code why the rest cannot."""
    cells = [one.cell for one in queries.sheet_of(request.actor, found).cells]
    typed = forms.typed_in(posted, cells=cells)
    wrong = dict(typed.wrong)
    reason = posted.get("late_reason", "")
    for entries in _together_or_alone(request, found, typed.entries, reason=reason):
        try:
            services.keep_values(
                filing=found, entries=entries, reason=reason, at=timezone.now(), by=request.actor
            )
        except Refused as refusal:
            wrong |= {entry.code: refusal.reason for entry in entries}
    if not wrong:
        wrong |= _keep_answers(request, found, forms.answers_in(posted), reason=reason)
    return wrong


def _together_or_alone(
    request: Request, found: Filing, entries: Sequence[services.Entry], *, reason: str
) -> list[list[services.Entry]]:
    """Keep all at once; when one of them is refused, return them one by one."""
    if len(entries) < 2:
        return [[entry] for entry in entries]
    try:
        services.keep_values(
            filing=found, entries=entries, reason=reason, at=timezone.now(), by=request.actor
        )
    except Refused:
        return [[entry] for entry in entries]
    return []


def _keep_answers(
    request: Request, found: Filing, answers: Mapping[str, str], *, reason: str
) -> dict[str, str]:
    if not answers:
        return {}
    try:
        services.keep_answers(
            filing=found, answers=answers, reason=reason, at=timezone.now(), by=request.actor
        )
    except Refused as refusal:
        return {"": refusal.reason}
    return {}


def _late_form(request: Request, found: Filing) -> forms.LateForm | None:
    if not is_late(found):
        return None
    said = queries.words_said_late(request.actor, found)
    return forms.LateForm(request.POST or None, initial={"late_reason": said})


def _filling(
    request: Request,
    sheet: FilledForm,
    *,
    posted: QueryDict | None = None,
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    found = sheet.filing
    late = is_late(found)
    said = posted.get("late_reason", "") if posted else ""
    return pages.page(
        request,
        "returns/filling.html",
        status=422 if wrong else 200,
        title=rows.title_of(found),
        state=rows.state_of(found),
        back=pages.Link("我的报表", reverse("returns:to_fill")),
        actions=[
            pages.Action("下载 .xlsx", reverse("returns:filing_workbook", args=[found.pk])),
            pages.Action("上传 .xlsx", reverse("returns:filing_upload", args=[found.pk])),
        ],
        sheet=sheet,
        filing=found,
        due=rows.due_of(found),
        rows=rows.rows_of(sheet, posted=posted, wrong=wrong),
        tally=rows.tally(sheet),
        late=late,
        late_reason=said or (queries.words_said_late(request.actor, found) if late else ""),
        wrong=wrong,
        first_wrong=next(iter(wrong.values()), "") if wrong else "",
        sent_back=next((each for each in sheet.reviews if each.verdict == State.SENT_BACK), None),
        evidence=attachments.AttachmentForm(prefix="attachment"),
        here=reverse("returns:filing", args=[found.pk]),
    )


def _kept(
    request: Request, sheet: FilledForm, *, posted: QueryDict, wrong: Mapping[str, str]
) -> HttpResponse:
    """Answer one cell: its own questions, and those of others that it has changed."""
    shown = rows.rows_of(sheet, posted=posted, wrong=wrong)
    own = [row for row in shown if f"seen-{row.code}" in posted]
    others = rows.changed_asked(
        [row for row in shown if row not in own], shown=posted.getlist("shown")
    )
    return pages.page(
        request,
        "returns/parts/kept.html",
        rows=own,
        others=others,
        filing=sheet.filing,
        tally=rows.tally(sheet),
        wrong=wrong,
        other_wrong=wrong.get("", ""),
        kept_at=timezone.localtime(),
        evidence=attachments.AttachmentForm(prefix="attachment"),
        here=reverse("returns:filing", args=[sheet.filing.pk]),
    )


def _before_sending(
    request: Request, found: Filing, *, late: forms.LateForm | None, refusal: str
) -> HttpResponse:
    sheet = queries.sheet_of(request.actor, found)
    asking = [row for row in rows.rows_of(sheet, blanks=True) if row.asked]
    wrong = refusal or (late is not None and late.is_bound and not late.is_valid())
    return pages.page(
        request,
        "returns/before_sending.html",
        status=422 if wrong else 200,
        title="报送前核对",
        back=rows.link_to(found),
        filing=found,
        sheet=sheet,
        asking=asking,
        wanting=rows.without_evidence(sheet),
        tally=rows.tally(sheet),
        below=queries.below_of(request.actor, found),
        late=late,
        refusal=refusal,
    )


def _reading(request: Request, found: Filing) -> HttpResponse:
    sheet = queries.sheet_of(request.actor, found)
    reviews = actors.may(request.actor, Act.REVIEW, at=found.reviewer)
    return pages.page(
        request,
        "returns/reading.html",
        title=rows.title_of(found),
        state=rows.state_of(found),
        back=pages.Link("报送台账", reverse("returns:filings")),
        actions=_actions(request, found, reviews=reviews),
        filing=found,
        sheet=sheet,
        rows=rows.rows_of(sheet, blanks=found.state not in rules.OPEN),
        due=rows.due_of(found),
        tally=rows.tally(sheet),
        can={
            "dispute": actors.may(request.actor, Act.FILL, at=found.org),
            "settle": reviews,
        },
        timeline=timeline.of(found, reader=request.actor),
        here=reverse("returns:filing", args=[found.pk]),
    )


def _actions(request: Request, found: Filing, *, reviews: bool) -> list[pages.Action]:
    key = [found.pk]
    made = []
    if reviews and found.state == State.SUBMITTED and found.sender_id != request.actor.person_id:
        made.append(
            pages.Action(
                "通过", reverse("returns:filing_accept", args=key), primary=True, post=True
            )
        )
    if reviews and found.state in (State.SUBMITTED, State.ACCEPTED):
        made.append(pages.Action("退回", reverse("returns:filing_send_back", args=key)))
    if found.state == State.SUBMITTED and actors.may(request.actor, Act.FILL, at=found.org):
        made.append(
            pages.Action(
                "撤回",
                reverse("returns:filing_take_back", args=key),
                post=True,
                ask="撤回后可以修改，改好要重新报送。确定撤回吗？",
            )
        )
    made.append(pages.Action("下载 .xlsx", reverse("returns:filing_workbook", args=key)))
    return made
