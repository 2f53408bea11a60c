"""The way of a report from its first draft to its issue, as a row of stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qinghe.analytics import frozen
from qinghe.analytics.models import Freezing
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting.models import Report
from qinghe.reports.issuing.access import Act
from qinghe.reports.issuing.models import Circulation, Issue, Signing, Step, Verdict

from . import rounds

DONE, NOW, LATER, BACK = "done", "now", "later", "back"
WORDS = {DONE: "已完成", NOW: "进行中", LATER: "未开始", BACK: "退回"}


@dataclass(frozen=True)
class Stage:
    """One stage: how far it is, who stands in it, and when it was done."""

    label: str
    state: str
    who: Sequence[str] = ()
    at: datetime | None = None

    @property
    def words(self) -> str:
        """Return its state in words, so that colour is not needed to read it."""
        return WORDS[self.state]


@dataclass(frozen=True)
class Way:
    """A report's way: its stages, its rounds, and what this reader can do now."""

    report: Report
    stages: Sequence[Stage]
    rounds: Sequence[Circulation]
    freezing: Freezing | None
    issue: Issue | None
    mine: Signing | None
    may_submit: bool
    may_issue: bool
    may_withdraw: bool

    @property
    def last(self) -> Circulation | None:
        """Return the last round."""
        return self.rounds[0] if self.rounds else None

    @property
    def comes_back(self) -> bool:
        """Test if the last round sent the report back and it has not gone round again."""
        return self.last is not None and self.last.state == Circulation.State.SENT_BACK


def way_of(actor: Actor, report: Report) -> Way:
    """Return how far a report is, for a reader who may follow it. Raises Refused: not_allowed."""
    actors.require(actor, Act.SEE, at=report.org)
    found = list(rounds.circulations_of(actor, report))
    last = found[0] if found else None
    writing = report.state == Report.State.WRITING
    freezing = frozen.newest(report.span) if writing or last is None else last.freezing
    issue = Issue.objects.filter(report=report).first()
    waiting = rounds.signings_waiting_for(actor).filter(circulation__report=report)
    return Way(
        report=report,
        stages=_stages(report, last, freezing=freezing, issue=issue),
        rounds=found,
        freezing=freezing,
        issue=issue,
        mine=waiting.first(),
        may_submit=writing and actors.may(actor, Act.SUBMIT, at=report.org),
        may_issue=bool(last and last.state == Circulation.State.SIGNED)
        and actors.may(actor, Act.ISSUE, at=report.org),
        may_withdraw=bool(
            last
            and last.begun_by_id == actor.person_id
            and last.state in (Circulation.State.GOING, Circulation.State.SIGNED)
        ),
    )


def _stages(
    report: Report, last: Circulation | None, *, freezing: Freezing | None, issue: Issue | None
) -> list[Stage]:
    writing = report.state == Report.State.WRITING
    begun = NOW if writing else DONE
    drafter = last.begun_by.name if last else report.begun_by.name
    stages = [
        Stage("拟稿", begun, (drafter,), last.begun_at if last and not writing else None),
        Stage(
            "封存数字",
            DONE if freezing else LATER,
            (f"第{freezing.number}次",) if freezing else (),
            freezing.at if freezing else None,
        ),
    ]
    stages += [_stage(step, last, writing=writing) for step in (Step.CHECK, Step.COUNTERSIGN, Step.SIGN)]  # fmt: skip
    signed = last is not None and last.state == Circulation.State.SIGNED
    state = DONE if issue else NOW if signed else LATER
    stages.append(
        Stage(
            "印发",
            state,
            (issue.number or "未编号",) if issue else (),
            issue.issued_at if issue else None,
        )
    )
    return stages


def _stage(step: Step, last: Circulation | None, *, writing: bool) -> Stage:
    signings = [each for each in last.signings.all() if each.step == step] if last else []
    label = str(step.label)
    if not signings or (writing and last is not None and last.state != Circulation.State.SENT_BACK):
        return Stage(label, LATER)
    who = tuple(each.person.name for each in signings)
    if any(each.verdict == Verdict.SENT_BACK for each in signings):
        return Stage(label, BACK, who, max(each.at for each in signings if each.at))
    if writing:
        return Stage(label, LATER)
    if all(each.verdict == Verdict.AGREED for each in signings):
        return Stage(label, DONE, who, max(each.at for each in signings if each.at))
    asked = any(each.asked_at for each in signings)
    return Stage(label, NOW if asked else LATER, who)
