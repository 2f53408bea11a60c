"""Files beside a record: who sees the record sees them, who may change it adds and removes.

A manifest says so for its records (`System.attachable`); pages and addresses follow. Pictures are
kept as they come, with whatever the camera wrote into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from qinghe.edges import system
from qinghe.edges.system import Attachable
from qinghe.kernel.files import queries, rules, services
from qinghe.kernel.files.models import Attachment

from .requests import Request


class AttachmentForm(forms.Form):
    """One file, with a few words on what it is."""

    file = forms.FileField(
        label="文件",
        allow_empty_file=True,  # the rules say it better
        widget=forms.ClearableFileInput(
            attrs={"accept": ",".join(sorted(rules.TYPES)), "class": "form-control"}
        ),
        error_messages={"required": "请先选择一个文件。"},
    )
    label = forms.CharField(
        label="说明",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class RemovalForm(forms.Form):
    """Why a file is taken away."""

    reason = forms.CharField(label="移除原因", max_length=120)


@dataclass(frozen=True)
class Beside:
    """What a record's page shows of its files."""

    files: Sequence[Attachment]
    add_url: str
    form: AttachmentForm | None


def beside(request: Request, record: Model) -> Beside | None:
    """Return the files of a record for its page, or nothing when its kind keeps none."""
    kind = system.attachable(record._meta.label)
    if kind is None:
        return None
    may_change = kind.may_change(request.actor, record)
    return Beside(
        files=list(queries.attachments_of(record)),
        add_url=reverse("web:attach", args=[record._meta.label, record.pk]),
        form=AttachmentForm(prefix="attachment") if may_change else None,
    )


def subject_of(request: Request, *, model: str, key: int) -> tuple[Attachable, Model]:
    """Return a record that this actor sees. Raises Http404."""
    kind = system.attachable(model)
    if kind is None:
        raise Http404
    return kind, get_object_or_404(kind.seen_by(request.actor), pk=key)


def changeable(request: Request, *, model: str, key: int) -> Model:
    """Return a record whose files this actor may change. Raises Http404."""
    kind, subject = subject_of(request, model=model, key=key)
    if not kind.may_change(request.actor, subject):
        raise Http404
    return subject


def found(request: Request, attachment_id: int) -> Attachment:
    """Return a file of a record that this actor sees. Raises Http404.

    For a file that is not there a record is looked for too: it takes as long as one out of sight.
    """
    kept = Attachment.objects.select_related("file").filter(
        pk=attachment_id, removed_at__isnull=True
    )
    attachment = kept.first()
    if attachment is None:
        subject_of(request, model=_any_model(), key=0)
        raise Http404
    subject_of(request, model=attachment.subject_kind, key=attachment.subject_id)
    return attachment


def _any_model() -> str:
    return next(kind.model for installed in system.INSTALLED for kind in installed.attachable)


def sent(attachment: Attachment) -> HttpResponse | FileResponse:
    """Send a file to be saved, never to be shown by the browser."""
    answer = FileResponse(services.opened(attachment.file), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=attachment.name
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def told(request: HttpRequest, form: forms.Form) -> None:
    """Say on the record's page why a file was not taken."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
