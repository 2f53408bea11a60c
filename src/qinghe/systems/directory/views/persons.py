"""One person: what every system knows, how they are reached, and a sealed text shown once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from qinghe.edges.web import pages, timeline, watching
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import ContactField, Person
from qinghe.systems.directory import forms, queries, services

from . import links


@dataclass(frozen=True)
class Sealed:
    """One sealed text as the page shows it; with a url it can be asked for."""

    name: str
    label: str
    masked: str
    url: str = ""


@never_cache
def person(request: Request, person_id: int) -> HttpResponse:
    """Show a person: facts, masked contact, what each system knows, who read what."""
    shown = queries.persons_seen_by(request.actor).filter(pk=person_id).first()
    if shown is None:
        went = get_object_or_404(queries.went_into(request.actor, person_id))
        return redirect("directory:person", went.pk)
    watching.note_person(request.actor, at=timezone.now())
    contact = people.masked_contact(shown)
    minor = people.is_minor(shown, timezone.localdate())
    return pages.page(
        request,
        "directory/person.html",
        title=queries.name_for(request.actor, shown),
        record=shown,
        state=_state(shown, minor=minor),
        facts=_facts(request.actor, shown),
        actions=_actions(request.actor, shown, minor=minor),
        sealed=_sealed(request.actor, shown, contact=contact),
        alarm=contact.alarm,
        note=_note(request.actor, shown, minor=minor),
        parts=queries.parts_about(request.actor, shown),
        timeline=timeline.of(shown, reader=request.actor),
        back=pages.Link("团员名册", reverse("directory:members")),
    )


@never_cache
def person_contact(request: Request, person_id: int) -> HttpResponse:
    """Enter or correct how a person is reached."""
    shown = found(request, person_id)
    links.require(queries.may_keep(request.actor, shown))
    masked = asdict(people.masked_contact(shown))
    form = forms.ContactForm(request.POST or None, shown=masked)
    if form.is_valid():
        with pages.refusals_on(form):
            services.keep_contact(
                person=shown, new=form.as_new(), at=timezone.now(), by=request.actor
            )
            return redirect("directory:person", shown.pk)
    return pages.form_page(
        request,
        title=f"{queries.name_for(request.actor, shown)}的联系方式",
        form=form,
        groups=[
            ("本人", ["phone", "id_number", "address"]),
            ("监护人", ["guardian_name", "guardian_phone"]),
        ],
        note="所填内容加密保存，页面上只显示一部分；留空的项目保持不变。",
        back=_back(shown),
    )


@never_cache
def person_show(request: Request, person_id: int, field: str) -> HttpResponse:
    """Ask why, then show one sealed text in full, once."""
    shown = found(request, person_id)
    watching.note_person(request.actor, at=timezone.now())
    wanted = _field(field)
    links.require(queries.may_show(request.actor, wanted, of=shown))
    form = forms.ReasonForm(request.POST or None)
    text = ""
    if form.is_valid():
        with pages.refusals_on(form):
            text = services.reveal(
                person=shown,
                field=wanted,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
    return pages.page(
        request,
        "directory/shown.html",
        part="shown",
        title=f"查看{queries.name_for(request.actor, shown)}的{wanted.label}",
        form=form,
        label=wanted.label,
        text=text,
        url=reverse("directory:person_show", args=[shown.pk, wanted.value]),
        back=_back(shown),
        status=422 if form.is_bound and form.errors else 200,
    )


def found(request: Request, person_id: int) -> Person:
    """Return the person, or 404 where the actor's grants do not reach."""
    return get_object_or_404(queries.persons_seen_by(request.actor), pk=person_id)


def _field(name: str) -> ContactField:
    try:
        return ContactField(name)
    except ValueError:
        raise Http404 from None


def _state(shown: Person, *, minor: bool) -> pages.Tag | None:
    if not minor:
        return None
    child = people.is_child(shown, timezone.localdate())
    return pages.Tag("未满14周岁" if child else "未成年人", pages.Tone.WAIT)


def _facts(actor: Actor, shown: Person) -> list[tuple[str, pages.Cell]]:
    return [
        ("人员编号", shown.number),
        ("性别", _read(actor, shown, "sex", shown.get_sex_display())),
        ("出生日期", _read(actor, shown, "birth_date", links.day(shown.birth_date))),
    ]


def _read(actor: Actor, shown: Person, column: str, text: str) -> str:
    allowed = queries.may_read(actor, f"people.Person.{column}", of=shown)
    return text if allowed else levels.HIDDEN


def _sealed(actor: Actor, shown: Person, *, contact: people.MaskedContact) -> list[Sealed]:
    kept = asdict(contact)
    rows = []
    for field in ContactField:
        masked = kept[field.value]
        may = queries.may_show(actor, field, of=shown)
        url = reverse("directory:person_show", args=[shown.pk, field.value])
        rows.append(
            Sealed(
                name=field.value,
                label=field.label,
                masked=masked if may or not masked else levels.HIDDEN,
                url=url if may and masked else "",
            )
        )
    return rows


def _actions(actor: Actor, shown: Person, *, minor: bool) -> Sequence[pages.Action]:
    actions = []
    if queries.may_keep(actor, shown):
        url = reverse("directory:person_contact", args=[shown.pk])
        actions.append(pages.Action("填写联系方式", url))
    if minor and _may_ask(actor, shown):
        url = reverse("directory:child_access_ask", args=[shown.pk])
        actions.append(pages.Action("申请查看", url))
    return actions


def _may_ask(actor: Actor, shown: Person) -> bool:
    allowed = queries.may_show(actor, ContactField.GUARDIAN_PHONE, of=shown)
    now = timezone.now()
    return allowed and not people.may_read_minor(shown, reader_id=actor.person_id, at=now)


def _note(actor: Actor, shown: Person, *, minor: bool) -> str:
    if not minor:
        return ""
    last = people.child_access_of(shown, reader_id=actor.person_id)
    if last is None:
        return "未成年人的联系方式须先申请，经另一位负责人批准后24小时内可查看。"
    if last.valid_until and last.valid_until > timezone.now():
        return f"查看申请已批准，{timezone.localtime(last.valid_until):%Y-%m-%d %H:%M}前可以查看。"
    if last.state == last.State.ASKED:
        return "您的查看申请正在等待审批。"
    if last.state == last.State.REFUSED:
        return f"您的查看申请未获批准：{last.answer}"
    return "上次批准的查看时间已过，需要时请重新申请。"


def _back(shown: Person) -> pages.Link:
    return pages.Link("返回", reverse("directory:person", args=[shown.pk]))
