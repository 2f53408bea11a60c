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

from qinghe.lib.verdicts import Refused

MOST = 200
PICKED, ACTION, REASON = "picked", "bulk", "reason"
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
    """Do one action for the ticked rows among those that this person sees, and say how it went."""
    action = next((each for each in actions if each.name == request.POST.get(ACTION)), None)
    picked = _keys(request.POST)
    back = redirect(request.get_full_path())
    if action is None or not picked:
        messages.warning(request, NOTHING_PICKED)
        return back
    if len(picked) > MOST:
        messages.warning(request, TOO_MANY)
        return back
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
    return back


def reason_of(request: HttpRequest) -> str:
    """Return the reason that was typed for the ticked rows."""
    return request.POST.get(REASON, "").strip()


def _keys(posted: QueryDict) -> set[int]:
    return {int(key) for key in posted.getlist(PICKED) if key.isdecimal() and len(key) < 19}


def _tell(request: HttpRequest, *, done: int, refusals: Sequence[str]) -> None:
    if not refusals:
        messages.success(request, f"{done}项已办理。")
        return
    counts = {reason: refusals.count(reason) for reason in dict.fromkeys(refusals)}
    reasons = "；".join(
        f"{reason.rstrip('。')}（{times}项）" if times > 1 else reason.rstrip("。")
        for reason, times in counts.items()
    )
    messages.warning(request, f"{done}项已办理，{len(refusals)}项未办理：{reasons}。")
