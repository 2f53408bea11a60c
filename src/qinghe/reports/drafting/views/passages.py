from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import forms, queries, services
from qinghe.reports.drafting.queries import Passage
from qinghe.reports.drafting.rules import comparing

from . import sheet, side

NOT_ALLOWED, OVERTAKEN = "not_allowed", "changed_meanwhile"


def passage(request: Request, passage_id: int) -> HttpResponse:
    """Write in one passage: by the sheet's own program, or in a plain form without it."""
    found = passage_seen_by(request, passage_id)
    if request.method != "POST":
        return _plain(request, found, forms.KeepForm(initial=_kept(found)))
    form = forms.KeepForm(request.POST)
    if request.accepts("text/html"):
        return _keep_plainly(request, found, form)
    if not form.is_valid():
        reason = next(iter(form.errors.values()))[0]
        return JsonResponse({"reason": str(reason)}, status=422)
    return _keep(request, found, form)


def passage_side(request: Request, passage_id: int) -> HttpResponse:
    """Show beside the sheet who writes a passage, what was said of it, and its versions."""
    found = passage_seen_by(request, passage_id)
    return _side(request, found)


def passage_changes(request: Request, passage_id: int) -> HttpResponse:
    """Compare two versions of a passage; without a choice the newest with the one before."""
    found = passage_seen_by(request, passage_id)
    versions = queries.changes(request.actor, found)
    new = _chosen(request, "new", default=versions[0].number)
    old = _chosen(request, "old", default=max(new - 1, versions[-1].number))
    heading, text = queries.compare_versions(request.actor, found, old=old, new=new)
    said = queries.printed(
        request.actor, found.report, texts=[each.text for each in (*heading, *text)]
    )
    return pages.page(
        request,
        "drafting/changes.html",
        title="修改记录",
        passage=found,
        versions=versions,
        old=old,
        new=new,
        heading=sheet.changes(heading, said),
        text=sheet.changes(text, said),
    )


@require_POST
def passage_add(request: Request, passage_id: int) -> HttpResponse:
    """Add a passage behind another."""
    after = passage_seen_by(request, passage_id)
    form = forms.AddForm(request.POST)
    if not form.is_valid():
        raise Refused("unknown_kind", "请选择要新增的段落类别；没有增加段落。")
    made = services.add_passage(
        report=after.report,
        kind=form.cleaned_data["kind"],
        heading=form.cleaned_data["heading"],
        text="",
        after=after,
        at=timezone.now(),
        by=request.actor,
    )
    return _to(made)


@require_POST
def passage_move(request: Request, passage_id: int) -> HttpResponse:
    """Move a passage up or down by one."""
    found = passage_seen_by(request, passage_id)
    standing = list(
        queries.passages_seen_by(request.actor)
        .filter(report=found.report, removed_at__isnull=True)
        .order_by("place", "pk")
    )
    keys = [each.pk for each in standing]
    if found.pk not in keys:
        raise Http404
    at = keys.index(found.pk)
    target = at - 2 if request.POST.get("way") == "up" else at + 1
    if target >= len(standing):
        return _to(found)
    services.move_passage(
        passage=found,
        after=standing[target] if target >= 0 else None,
        at=timezone.now(),
        by=request.actor,
    )
    return _to(found)


@require_POST
def passage_remove(request: Request, passage_id: int) -> HttpResponse:
    """Take a passage out of the report."""
    found = passage_seen_by(request, passage_id)
    services.remove_passage(passage=found, at=timezone.now(), by=request.actor)
    return redirect("drafting:passage_changes", found.pk)


@require_POST
def passage_restore(request: Request, passage_id: int) -> HttpResponse:
    """Put a removed passage back."""
    found = passage_seen_by(request, passage_id)
    services.restore_passage(passage=found, at=timezone.now(), by=request.actor)
    return _to(found)


def passage_seen_by(request: Request, passage_id: int) -> Passage:
    """Return a passage that the reader may see, or answer that there is none."""
    found = queries.passages_seen_by(request.actor).filter(pk=passage_id).first()
    if found is None:
        raise Http404
    return found


def shown_again(request: Request, found: Passage) -> HttpResponse:
    """Show a passage's panel again after something was done there."""
    return _side(request, found) if request.htmx else _to(found)


def _keep(request: Request, found: Passage, form: forms.KeepForm) -> JsonResponse:
    try:
        kept = services.keep_passage(
            passage=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
    except Refused as refusal:
        if refusal.code == OVERTAKEN:
            return _overtaken(request, found, form, refusal)
        status = 403 if refusal.code == NOT_ALLOWED else 422
        return JsonResponse({"reason": refusal.reason}, status=status)
    page = queries.page_of(request.actor, found.report)
    return JsonResponse(
        {**_kept(kept), "printed": sheet.printed(page, kept.pk), **side.said(request, page)}
    )


def _overtaken(
    request: Request, found: Passage, form: forms.KeepForm, refusal: Refused
) -> JsonResponse:
    """Answer with both texts and what they make together, so that the writer can choose."""
    theirs, mine = passage_seen_by(request, found.pk), form.cleaned_data
    merged = queries.merged_with(request.actor, theirs, **mine)
    both = [theirs.heading, theirs.text, mine["heading"], mine["text"]]
    said = queries.printed(request.actor, theirs.report, texts=both)
    shown = {
        "passage": theirs,
        "mine": mine,
        "clashes": sum(each.clashes for each in merged),
        "merged": [
            ("heading", sheet.merged(merged[0], said)),
            ("text", sheet.merged(merged[1], said)),
        ],
        "reason": refusal.reason,
        "heading": sheet.changes(comparing.compare(theirs.heading, mine["heading"]), said),
        "text": sheet.changes(comparing.compare(theirs.text, mine["text"]), said),
    }
    return JsonResponse(
        {
            "theirs": _kept(theirs),
            "printed": said,
            "html": render_to_string("drafting/conflict.html", shown, request),
            "reason": refusal.reason,
        },
        status=409,
    )


def _keep_plainly(request: Request, found: Passage, form: forms.KeepForm) -> HttpResponse:
    if form.is_valid():
        with pages.refusals_on(form):
            services.keep_passage(
                passage=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return _to(found)
    return _plain(request, passage_seen_by(request, found.pk), form)


def _plain(request: Request, found: Passage, form: forms.KeepForm) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    overtaken = wrong and found.lock != form.cleaned_data.get("lock", found.lock)
    merged = queries.merged_with(request.actor, found, **form.cleaned_data) if overtaken else None
    return pages.page(
        request,
        "drafting/passage.html",
        status=422 if wrong else 200,
        title="改写本段",
        passage=found,
        form=form,
        overtaken=overtaken,
        merged=merged,
        may_write=queries.may_write(request.actor, found),
    )


def _side(request: Request, found: Passage) -> HttpResponse:
    report = found.report
    return pages.page(
        request,
        "drafting/passage_side.html",
        part="panel",
        title="本段",
        report=report,
        passage=found,
        may_lead=side.may_lead(request, report),
        remarks=queries.remarks_seen_by(request.actor).filter(passage=found),
        versions=queries.changes(request.actor, found)[:8],
        form=forms.RemarkForm(),
        add=forms.AddForm(initial={"kind": found.kind if found.kind != "title" else "paragraph"}),
        assigning=side.assign_form(found),
    )


def _kept(found: Passage) -> dict[str, object]:
    return {"heading": found.heading, "text": found.text, "lock": found.lock}


def _chosen(request: Request, name: str, *, default: int) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() else default


def _to(found: Passage) -> HttpResponse:
    here = reverse("drafting:report", args=[found.report_id])
    return redirect(f"{here}#passage-{found.pk}")
