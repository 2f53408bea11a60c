"""One action for several rows of a list: each goes through the same service as it would alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import CheckBoxColumn

from qinghe.lib import sentences
from qinghe.lib.verdicts import Refused

MOST, LONGEST = 200, 200  # rows at once, and characters of a reason
PICKED, ACTION, REASON = "picked", "bulk", "reason"
TYPED = "bulk_reason"  # the name in the session
NOTHING_PICKED = "没有勾选任何一项，没有任何改动；请先勾选再办理。"
TOO_MANY = f"一次最多办理{MOST}项，没有任何改动；请分几次办理。"


@dataclass(frozen=True)
class Bulk:
    """An action for the rows that are ticked. `do` takes one of them and may refuse it.

    `why` labels the box beside the button in which the reason for all of them is typed; `reason_of`
    reads it.
    """

    name: str
    label: str
    do: Callable[[Model], object]
    ask: str = ""
    primary: bool = False
    why: str = ""


class PickColumn(CheckBoxColumn):
    """A box before each row, said aloud by what its first cell shows."""

    def __init__(self) -> None:
        super().__init__(accessor="pk", orderable=False, exclude_from_export=True)
        self.attrs = {"th": {"class": "q-pick-cell"}, "td": {"class": "q-pick-cell"}}

    @property
    def header(self) -> SafeString:
        """Return the box that ticks all of this page."""
        return format_html(
            '<input type="checkbox" class="form-check-input" data-pick-all aria-label="{}">',
            "勾选本页全部",
        )

    def render(self, value: object, bound_column: object, record: object) -> SafeString:
        """Show the box of one row."""
        return format_html(
            '<input type="checkbox" class="form-check-input" form="bulk" name="{}" value="{}"'
            ' aria-label="{}">',
            PICKED,
            value,
            f"勾选第{value}号",
        )


def run(request: HttpRequest, *, rows: QuerySet[Model], actions: Sequence[Bulk]) -> HttpResponse:
    """Do one action for the ticked rows among those that this person sees, and say how it went.

    Where nothing was done the list comes back with the reason that was typed.
    """
    if not _do(request, rows=rows, actions=actions):
        request.session[TYPED] = request.POST.get(REASON, "")[:LONGEST]
    return redirect(request.get_full_path())


def typed_before(request: HttpRequest) -> str:
    """Return, once, the reason that was typed for rows to which nothing was done."""
    return str(request.session.pop(TYPED, ""))


def reason_of(request: HttpRequest) -> str:
    """Return the reason that was typed for the ticked rows. Raises Refused: reason_too_long."""
    reason = request.POST.get(REASON, "").strip()
    if len(reason) > LONGEST:
        raise Refused("reason_too_long", f"原因最多写{LONGEST}个字，没有改动，请写短一些。")
    return reason


def _do(request: HttpRequest, *, rows: QuerySet[Model], actions: Sequence[Bulk]) -> int:
    action = next((each for each in actions if each.name == request.POST.get(ACTION)), None)
    picked = _keys(request.POST)
    if action is None or not picked:
        messages.warning(request, NOTHING_PICKED)
        return 0
    if len(picked) > MOST:
        messages.warning(request, TOO_MANY)
        return 0
    done, refusals = 0, []
    for row in list(rows.filter(pk__in=picked)):
        try:
            with transaction.atomic():
                action.do(row)
            done += 1
        except Refused as refusal:
            refusals.append(refusal.reason)
    missing = len(picked) - done - len(refusals)
    if missing:
        refusals += ["这些记录已不在您的列表里，可能已由别人办理。"] * missing
    _tell(request, done=done, refusals=refusals)
    return done


def _keys(posted: QueryDict) -> set[int]:
    return {int(key) for key in posted.getlist(PICKED) if key.isdecimal() and len(key) < 19}


def _tell(request: HttpRequest, *, done: int, refusals: Sequence[str]) -> None:
    if not refusals:
        messages.success(request, f"{done}项已办理。")
        return
    counts = {reason: refusals.count(reason) for reason in dict.fromkeys(refusals)}
    reasons = "；".join(
        f"{sentences.inside(reason)}（{times}项）" if times > 1 else sentences.inside(reason)
        for reason, times in counts.items()
    )
    messages.warning(request, f"{done}项已办理，{len(refusals)}项未办理：{reasons}。")
