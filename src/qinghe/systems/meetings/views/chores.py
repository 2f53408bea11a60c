"""What a sitting needs: its list, ticked and printed; the templates it is laid from (S088)."""

from datetime import date
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges import papers
from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import Chore, ChoreLine, Sitting

from .sittings import back_to, found_or_404

PAPER = Path(__file__).parents[1] / "templates" / "meetings" / "chores.typ"
LINES = "会务模板"


@require_safe
def chores(request: Request, sitting_id: int) -> HttpResponse:
    """Show what a sitting needs; who owns some of it sees that."""
    rows = _rows(request, sitting_id)
    found = rows[0].sitting if rows else found_or_404(request, sitting_id)
    today = local_day(timezone.now())
    runs = _runs(request, found)
    return pages.page(
        request,
        "meetings/chores.html",
        title=f"会务清单：{found.title}",
        rows=[(one, _state(one, today), runs, _may_tick(request, one, runs=runs)) for one in rows],
        done=sum(1 for one in rows if one.done_at),
        late=sum(1 for one in rows if one.done_at is None and one.due_on < today),
        actions=_actions(request, found, runs=runs),
        back=back_to(found),
    )


def _rows(request: Request, sitting_id: int) -> list[Chore]:
    found = queries.chores_seen_by(request.actor).filter(sitting=sitting_id)
    rows = list(found.order_by("due_on", "pk"))
    if not rows:  # an empty list is shown to the office only, else nobody would begin one
        sitting = found_or_404(request, sitting_id)
        if not actors.may(request.actor, Act.SEE, at=sitting.body.org):
            raise Http404
    return rows


def _runs(request: Request, found: Sitting) -> bool:
    is_over = found.state in (Sitting.State.CANCELLED, Sitting.State.REGISTERED)
    return not is_over and actors.may(request.actor, Act.RUN, at=found.body.org)


def _may_tick(request: Request, one: Chore, *, runs: bool) -> bool:
    is_mine = one.owner_id is not None and one.owner_id == request.actor.person_id
    return runs or (is_mine and one.sitting.state != Sitting.State.CANCELLED)


def _state(one: Chore, today: date) -> pages.Tag:
    if one.done_at is not None:
        by = one.done_by.name if one.done_by else ""
        when = one.done_at.astimezone(TZ)
        return pages.Tag(f"{when:%Y-%m-%d %H:%M} {by}完成", pages.Tone.GOOD)
    if one.due_on < today:
        return pages.Tag("已逾期", pages.Tone.LATE)
    return pages.Tag("未完成", pages.Tone.WAIT)


def _actions(request: Request, found: Sitting, *, runs: bool) -> list[pages.Action]:
    key = [found.pk]
    actions = [pages.Action("打印", reverse("meetings:chores_paper", args=key))]
    if runs:
        lay = reverse("meetings:chores_lay", args=key)
        actions = [
            pages.Action("增加事项", reverse("meetings:chore_new", args=key), primary=True),
            pages.Action("按模板补齐", lay, post=True),
            *actions,
        ]
    if actors.may_anywhere(request.actor, Act.RUN):
        actions.append(pages.Action(LINES, reverse("meetings:chore_lines")))
    return actions


def chore_new(request: Request, sitting_id: int) -> HttpResponse:
    """Put one thing more on a sitting's list."""
    found = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    form = forms.ChoreForm(request.POST or None, initial={"due_on": found.day})

    def do() -> str:
        services.add_chore(sitting=found, new=form.as_new(), at=timezone.now(), by=request.actor)
        return _list_url(found.pk)

    return pages.act_page(
        request, title=f"增加会务事项：{found.title}", form=form, do=do, back=_back(found)
    )


@require_POST
def chores_lay(request: Request, sitting_id: int) -> HttpResponse:
    """Put what the templates say on a sitting's list."""
    found = found_or_404(request, sitting_id)
    made = services.lay_chores(sitting=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已按模板补{made}项，原有的没有改动。")
    return redirect(_list_url(found.pk))


def chore_change(request: Request, chore_id: int) -> HttpResponse:
    """Say whose a thing is and by when."""
    found = _found(request, chore_id)
    actors.require(request.actor, Act.RUN, at=found.sitting.body.org)
    initial = {
        "title": found.title,
        "due_on": found.due_on,
        "owner": found.owner.number if found.owner else "",
        "owner_name": found.owner_name,
    }
    form = forms.ChoreForm(request.POST or None, initial=initial)

    def do() -> str:
        services.change_chore(chore=found, new=form.as_new(), at=timezone.now(), by=request.actor)
        return _list_url(found.sitting_id)

    return pages.act_page(
        request, title=f"安排：{found.title}", form=form, do=do, back=_back(found.sitting)
    )


@require_POST
def chore_tick(request: Request, chore_id: int) -> HttpResponse:
    """Say that it is done."""
    found = _found(request, chore_id)
    services.tick_chore(chore=found, at=timezone.now(), by=request.actor)
    return redirect(_list_url(found.sitting_id))


@require_POST
def chore_untick(request: Request, chore_id: int) -> HttpResponse:
    """Take a tick back."""
    found = _found(request, chore_id)
    services.untick_chore(chore=found, at=timezone.now(), by=request.actor)
    return redirect(_list_url(found.sitting_id))


@require_POST
def chore_drop(request: Request, chore_id: int) -> HttpResponse:
    """Take what is not needed off the list."""
    found = _found(request, chore_id)
    services.drop_chore(chore=found, at=timezone.now(), by=request.actor)
    return redirect(_list_url(found.sitting_id))


@require_safe
def chores_paper(request: Request, sitting_id: int) -> HttpResponse:
    """Send the list to be printed."""
    rows = _rows(request, sitting_id)
    found = rows[0].sitting if rows else found_or_404(request, sitting_id)
    data = {
        "title": found.title,
        "when": _when(found),
        "place": found.place or "—",
        "rows": [_printed(one) for one in rows],
        "org": found.body.org.name,
    }
    response = HttpResponse(papers.pdf_of(PAPER, data=data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="huiwu-{found.pk}.pdf"'
    return response


def _when(found: Sitting) -> str:
    if found.starts_at is None:
        return found.day.isoformat()
    return f"{found.starts_at.astimezone(TZ):%Y-%m-%d %H:%M}"


def _printed(one: Chore) -> list[str]:
    owner = one.owner.name if one.owner else one.owner_name
    done = f"{one.done_at.astimezone(TZ):%m-%d %H:%M}" if one.done_at else ""
    return [one.title, owner or "", one.due_on.isoformat(), done]


@require_safe
def chore_lines(request: Request) -> HttpResponse:
    """Show the templates, with what may be done to them."""
    doors.require_anywhere(request.actor, Act.RUN)
    may_set = doors.may_for_the_house(request.actor, Act.SET)
    rows = queries.lines(request.actor)
    are_ours = any(one.pk for one in rows)
    actions = []
    if may_set:
        new = reverse("meetings:chore_line_new")
        actions = [pages.Action("增加事项", new, primary=True)]
        if not are_ours:
            adopt = reverse("meetings:chore_lines_adopt")
            actions.append(pages.Action("采用为本区模板", adopt, post=True))
    return pages.page(
        request,
        "meetings/chore_lines.html",
        title=LINES,
        rows=rows,
        may_end=may_set and are_ours,
        are_ours=are_ours,
        actions=actions,
        back=pages.Link("会议", reverse("meetings:sittings")),
    )


def chore_line_new(request: Request) -> HttpResponse:
    """Add a line to the templates."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    form = forms.LineForm(request.POST or None)

    def do() -> str:
        services.add_line(new=form.as_new(), at=timezone.now(), by=request.actor)
        return reverse("meetings:chore_lines")

    return pages.act_page(
        request,
        title="增加模板事项",
        form=form,
        do=do,
        note="以后筹备的会议按新模板建会务清单；已在筹备的，在它的清单上点“按模板补齐”。",
        back=pages.Link(LINES, reverse("meetings:chore_lines")),
    )


@require_POST
def chore_lines_adopt(request: Request) -> HttpResponse:
    """Make what the platform comes with the district's own."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    services.adopt_lines(at=timezone.now(), by=request.actor)
    return redirect("meetings:chore_lines")


@require_POST
def chore_line_end(request: Request, chore_line_id: int) -> HttpResponse:
    """Leave a line out from now on."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    found = get_object_or_404(ChoreLine, pk=chore_line_id)
    services.end_line(line=found, at=timezone.now(), by=request.actor)
    return redirect("meetings:chore_lines")


def _found(request: Request, chore_id: int) -> Chore:
    return get_object_or_404(queries.chores_seen_by(request.actor), pk=chore_id)


def _list_url(key: int) -> str:
    return reverse("meetings:chores", args=[key])


def _back(found: Sitting) -> pages.Link:
    return pages.Link("会务清单", _list_url(found.pk))
