"""What is typed into a long form is kept while it is typed, and offered again.

The page names, signed, the form and the fields that may be kept: files, passwords and what is sealed
elsewhere are never among them, whatever a browser sends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import timezone

from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused

from .models import Draft
from .requests import Request

LASTS = timedelta(days=14)
FIELD = "_draft"  # the hidden field by which a form that is sent drops its draft
LONGEST = 20_000
SALT = "qinghe.drafts"
# S-45: kept sealed in the database, so never in a draft.
SEALED = frozenset(
    {"phone", "id_number", "address", "guardian", "guardian_name", "guardian_phone", "guardian_id"}
)


@dataclass(frozen=True)
class Kept:
    """What a form page shows of a draft."""

    token: str
    sends: str  # the fields that the browser sends to be kept
    draft: Draft | None = None
    resumed: bool = False


def offered(request: Request, *, form: forms.BaseForm, key: str) -> Kept:
    """Return what is kept of a form, and fill it in when the person asked to go on with it."""
    fields = keepable(form)
    token = signing.dumps({"form": key, "fields": fields}, salt=SALT)
    sends = ",".join([FIELD, "csrfmiddlewaretoken", *fields])
    if form.is_bound:
        return Kept(token, sends)
    draft = Draft.objects.filter(
        person_id=request.actor.person_id, form=key, at__gt=timezone.now() - LASTS
    ).first()
    if draft is None or request.GET.get("draft") != "resume":
        return Kept(token, sends, draft)
    form.initial = {**form.initial, **_values(form, draft.values)}
    return Kept(token, sends, draft, resumed=True)


def keepable(form: forms.BaseForm) -> list[str]:
    """Return the fields of a form that a draft may hold."""
    sensitive = SEALED | set(getattr(form, "sensitive", ()))
    return [
        name
        for name, field in form.fields.items()
        if name not in sensitive
        and not field.disabled
        and not getattr(field, "sensitive", False)
        and not isinstance(field, forms.FileField)
        and not isinstance(field.widget, forms.PasswordInput)
    ]


@transaction.atomic
def keep(*, token: str, posted: QueryDict, at: datetime, by: Actor) -> Draft:
    """Keep what is typed so far. Raises Refused: unknown_form, draft_too_long."""
    key, fields = _named(token)
    values = {
        name: posted.getlist(name)
        for name in fields
        if any(value.strip() for value in posted.getlist(name))
    }
    if sum(len(value) for each in values.values() for value in each) > LONGEST:
        raise Refused("draft_too_long", "填写内容过长，没有自动保存；提交不受影响。")
    draft, _ = Draft.objects.update_or_create(
        person_id=by.person_id, form=key, defaults={"values": values, "at": at}
    )
    return draft


@transaction.atomic
def drop(*, token: str, by: Actor) -> None:
    """Forget a draft. Raises Refused: unknown_form."""
    key, _ = _named(token)
    Draft.objects.filter(person_id=by.person_id, form=key).delete()


@transaction.atomic
def drop_old(*, at: datetime) -> int:
    """Forget the drafts that nobody came back to."""
    count, _ = Draft.objects.filter(at__lte=at - LASTS).delete()
    return count


class DraftMiddleware:
    """Drops the draft of a form once the form was sent and taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a redirect after a form, or a file, says that it was taken."""
        response = self.get_response(request)
        taken = 300 <= response.status_code < 400 or response.has_header("Content-Disposition")
        if request.method == "POST" and taken:
            token = request.POST.get(FIELD, "")
            actor = getattr(request, "actor", None)
            if token and actor is not None:
                _forget(token, by=actor)
        return response


def _forget(token: str, *, by: Actor) -> None:
    try:
        drop(token=token, by=by)
    except Refused:
        return


def _named(token: str) -> tuple[str, list[str]]:
    try:
        named = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise Refused("unknown_form", "这个表单已过期，没有自动保存；请刷新页面后再填。") from error
    return named["form"], named["fields"]


def _values(form: forms.BaseForm, kept: Mapping[str, list[str]]) -> dict[str, object]:
    allowed = keepable(form)
    return {
        name: values if isinstance(form.fields[name].widget, forms.SelectMultiple) else values[0]
        for name, values in kept.items()
        if name in allowed and values
    }
