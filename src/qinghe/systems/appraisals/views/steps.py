"""The next step of a branch: which form, what stands beside each member, and what it does."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django import forms as django_forms
from django.http import QueryDict
from django.utils import timezone

from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import forms, queries, rules, services
from qinghe.systems.appraisals.queries import Grade, Line, Roll, RollState, Standing

VOTES, GRADE, DEFER = "votes", "grade", "defer"
Do = Callable[[Request, Roll, django_forms.Form, Mapping[int, str]], str]


@dataclass(frozen=True)
class Step:
    """One step; `beside` names what is entered for each member."""

    title: str
    note: str
    form: Callable[..., django_forms.Form]
    submit: str
    do: Do
    beside: str = ""


def next_of(roll: Roll, *, again: bool) -> Step | None:
    """Return the step that a branch takes next; `again` writes the meeting anew."""
    if again and roll.state == RollState.GRADING:
        return _MEETING
    return STEPS.get(roll.state)


def typed(data: QueryDict, *, beside: str, lines: Iterable[Line]) -> dict[int, str]:
    """Return what was entered for each member."""
    return {
        line.pk: str(data[f"{beside}-{line.pk}"]).strip()
        for line in lines
        if beside and f"{beside}-{line.pk}" in data
    }


def first(line: Line, *, beside: str) -> str:
    """Return what stands beside a member when the form is opened."""
    if beside == VOTES:
        votes = votes_of(line)
        counts = (votes.top, votes.good, votes.basic, votes.failed)
        return " ".join(map(str, counts)) if votes.total else ""
    if beside == GRADE:
        return line.grade or rules.suggested(votes_of(line), own=line.own_grade)
    return ""


def is_asked(line: Line, *, beside: str) -> bool:
    """Test if something is entered for this member."""
    if beside == DEFER:
        return line.grade in rules.PASSING
    return line.standing == Standing.IN


def votes_of(line: Line) -> rules.Votes:
    """Return what the meeting said of a member."""
    return rules.Votes(line.votes_top, line.votes_good, line.votes_basic, line.votes_failed)


def _study(request: Request, roll: Roll, form: django_forms.Form, _: Mapping[int, str]) -> str:
    services.record_study(roll=roll, **form.cleaned_data, at=timezone.now(), by=request.actor)
    return "已登记；团员现在可以在手机上自评和互评。"


def _meeting(
    request: Request, roll: Roll, form: django_forms.Form, entered: Mapping[int, str]
) -> str:
    told = dict(form.cleaned_data)
    by_phone = told.pop("by_phone")
    votes = None if by_phone else {key: _votes(words) for key, words in entered.items() if words}
    meeting = services.Meeting(**told, votes=votes)
    services.hold_meeting(roll=roll, meeting=meeting, at=timezone.now(), by=request.actor)
    return "支部大会和测评票已登记；请支委会拟定等次。"


def _grades(
    request: Request, roll: Roll, form: django_forms.Form, entered: Mapping[int, str]
) -> str:
    unknown = set(entered.values()) - {"", *Grade.values}
    if unknown:
        raise Refused("unknown_grade", "等次只能选优秀、合格、基本合格、不合格，没有保存。")
    now = timezone.now()
    if request.POST.get("go") == "keep":
        services.keep_grades(roll=roll, grades=entered, at=now, by=request.actor)
        return "等次已保存，还没有上报。"
    on = form.cleaned_data["on"]
    services.propose(roll=roll, grades=entered, on=on, at=now, by=request.actor)
    return "已上报，等待上级审批。"


def _register(
    request: Request, roll: Roll, form: django_forms.Form, entered: Mapping[int, str]
) -> str:
    deferred = {key: words for key, words in entered.items() if words}
    kept = services.register(
        roll=roll,
        deferred=deferred,
        months=form.cleaned_data["months"],
        at=timezone.now(),
        by=request.actor,
    )
    return f"已注册{kept.registered}人，暂缓{kept.deferred}人。"


def _votes(words: str) -> rules.Votes:
    """Read four numbers as they are typed: 12 3 0 0."""
    counts = [int(number) for number in re.findall(r"[0-9]{1,6}", words)]
    if len(counts) != 4 or re.search(r"[^0-9\s,，、/]", words):
        raise Refused(
            "bad_votes",
            f"“{words[:20]}”不是四个票数；请按优秀、合格、基本合格、不合格的顺序填，用空格隔开，"
            "如“12 3 0 0”。没有保存，已填的内容还在。",
        )
    return rules.Votes(*counts)


_MEETING = Step(
    title="支部大会测评投票",
    note="在名单中填每人的票数，顺序为优秀、合格、基本合格、不合格，用空格隔开，如“12 3 0 0”。",
    form=forms.MeetingForm,
    submit="登记大会和票数",
    do=_meeting,
    beside=VOTES,
)
STEPS: dict[str, Step] = {
    RollState.STUDY: Step(
        title="登记学习教育",
        note="登记后，团员可以在手机上自我评价和互评。",
        form=forms.StudyForm,
        submit="登记学习教育",
        do=_study,
    ),
    RollState.RATING: _MEETING,
    RollState.GRADING: Step(
        title="支委会拟定等次",
        note="在名单中选每人的等次；先按测评票提示，优秀由支委会在比例以内确定。",
        form=forms.GradesForm,
        submit="保存并上报",
        do=_grades,
        beside=GRADE,
    ),
    RollState.APPROVED: Step(
        title="年度团籍注册",
        note="基本合格以上的一并注册；需要暂缓的，在名单中写明原因。",
        form=forms.RegisterForm,
        submit="办理注册",
        do=_register,
        beside=DEFER,
    ),
}
TRACK = (
    ("学习教育", RollState.STUDY),
    ("自评、互评、投票", RollState.RATING),
    ("支委会拟等次", RollState.GRADING),
    ("上级审批", RollState.PROPOSED),
    ("团籍注册", RollState.APPROVED),
    ("完成", RollState.REGISTERED),
)


def track_of(roll: Roll) -> list[tuple[str, str]]:
    """Return the road with how far the branch is: done, now, or still ahead."""
    order = [state for _, state in TRACK]
    here = order.index(RollState(roll.state))
    marks = ["done" if place < here else "" for place in range(len(order))]
    marks[here] = "done" if roll.state == RollState.REGISTERED else "now"
    return [(label, mark) for (label, _), mark in zip(TRACK, marks, strict=True)]


def orders_of(request: Request, roll: Roll) -> list[Line]:
    """Return the members of a roll in the order of the page."""
    return list(queries.lines_of(request.actor, roll))
