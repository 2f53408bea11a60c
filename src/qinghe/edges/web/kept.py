"""Small addresses behind the pages: saved views, drafts, files beside a record."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qinghe.kernel.files import services as files
from qinghe.lib.verdicts import Refused

from . import attachments, drafts, pages, saved_views
from .models import SavedView
from .parts import Link
from .requests import Request


@require_POST
def view_save(request: Request) -> HttpResponse:
    """Keep the filter and order of a list under a name."""
    path = _own_path(request.POST.get("path", ""))
    query = QueryDict(request.POST.get("query", ""))
    try:
        view = saved_views.save(
            path=path,
            query=query,
            name=request.POST.get("name", ""),
            first=request.POST.get("first") == "on",
            at=timezone.now(),
            by=request.actor,
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect(f"{path}?{query.urlencode()}&{saved_views.ALL}")
    messages.success(request, f"已保存视图“{view.name}”。")
    return redirect(f"{view.path}?{view.query}")


@require_POST
def view_first(request: Request, view_id: int) -> HttpResponse:
    """Show a saved view first from now on, or no longer."""
    view = _own_view(request, view_id)
    saved_views.show_first(view=view)
    words = "以后打开列表不再先看" if view.is_default else "以后打开列表先看"
    messages.success(request, f"{words}“{view.name}”。")
    return redirect(f"{view.path}?{view.query}")


@require_POST
def view_delete(request: Request, view_id: int) -> HttpResponse:
    """Forget a saved view; the records it showed are as they were."""
    view = _own_view(request, view_id)
    view.delete()
    messages.success(request, f"已删除视图“{view.name}”，列表中的记录没有变化。")
    return redirect(f"{view.path}?{saved_views.ALL}")


@require_POST
def draft_keep(request: Request) -> HttpResponse:
    """Keep what is typed so far, and say when."""
    try:
        draft = drafts.keep(
            token=request.POST.get(drafts.FIELD, ""),
            posted=request.POST,
            at=timezone.now(),
            by=request.actor,
        )
    except Refused as refusal:
        return render(request, "web/parts/draft_kept.html", {"reason": refusal.reason})
    return render(request, "web/parts/draft_kept.html", {"at": draft.at})


@require_POST
def draft_drop(request: Request) -> HttpResponse:
    """Forget what was typed and begin anew."""
    drafts.drop(token=request.POST.get(drafts.FIELD, ""), by=request.actor)
    return redirect(_own_path(request.POST.get("path", "")))


@require_POST
def attach(request: Request, model: str, key: int) -> HttpResponse:
    """Keep a file with a record."""
    subject = attachments.changeable(request, model=model, key=key)
    form = attachments.AttachmentForm(request.POST, request.FILES, prefix="attachment")
    if form.is_valid():
        with pages.refusals_on(form):
            files.attach(
                subject=subject,
                upload=form.cleaned_data["file"],
                label=form.cleaned_data["label"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "附件已保存。")
    attachments.told(request, form)
    return redirect(_back(request))


@require_safe
def attachment(request: Request, attachment_id: int) -> HttpResponse | FileResponse:
    """Send a file that is kept with a record the actor sees."""
    return attachments.sent(attachments.found(request, attachment_id))


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_remove(request: Request, attachment_id: int) -> HttpResponse:
    """Take a file off a record, with a reason."""
    found = attachments.found(request, attachment_id)
    subject = attachments.changeable(request, model=found.subject_kind, key=found.subject_id)
    form = attachments.RemovalForm(request.POST or None)
    back = _own_path(request.POST.get("back") or request.GET.get("back") or "/")
    if form.is_valid():
        with pages.refusals_on(form):
            files.remove(
                attachment=found,
                subject=subject,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, f"附件“{found.name}”已移除。")
            return redirect(back)
    return pages.form_page(
        request,
        title=f"移除附件“{found.name}”",
        form=form,
        note="移除后页面上不再显示，办理记录保留移除人和原因。",
        submit="移除",
        back=Link("返回", back),
    )


def _own_view(request: Request, view_id: int) -> SavedView:
    return get_object_or_404(SavedView, pk=view_id, person_id=request.actor.person_id)


def _own_path(path: str) -> str:
    """Return a path of ours; whatever points elsewhere becomes the first page."""
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else "/"


def _back(request: Request) -> str:
    return _own_path(request.POST.get("back", ""))
