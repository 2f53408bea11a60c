"""A run as it is worked on: held, ended before its end, its file wiped; its lines as they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.lib.verdicts import Refused
from qinghe.systems.reconciling import models
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.rules import Judged, NewDifference

Run = models.Run


@dataclass(frozen=True)
class Work:
    """Who works on a run, and when."""

    at: datetime
    by: object

    def held(self, run: models.Run) -> models.Run:
        """Return a run that is still to be finished, its row locked.

        Raises Refused: not_allowed, run_over.
        """
        rows = Run.objects.select_for_update(of=("self",)).select_related("org", "file", "source")
        found = rows.get(pk=run.pk)
        if isinstance(self.by, Actor):
            actors.require(self.by, Act.UPLOAD, at=found.org)
        if found.state != Run.State.WAITING:
            raise Refused("run_over", f"这次对账{found.get_state_display()}，没有改动。")
        return found

    def end(self, run: models.Run, state: str, *, reason: str) -> None:
        """End a run that does not come to its end: its lines go, its file is wiped."""
        for rows in (run.lines, run.differences):
            rows.all().delete()
        run.state, run.words = state, reason[:300]
        run.save(update_fields=["state", "words"])
        detail = {"reason": run.words}
        audit.record(
            by=self.by, verb=f"reconciling.run_{state}", subject=run, at=self.at, detail=detail
        )
        self.wipe(run)

    def wipe(self, run: models.Run) -> None:
        """Wipe an export, unless another run still has to read the same one."""
        others = Run.objects.filter(file=run.file, state=Run.State.WAITING).exclude(pk=run.pk)
        if not others.exists():
            files.wipe(file=run.file, at=self.at, by=self.by)


@dataclass(frozen=True)
class Lines:
    """How the lines of a run are kept; nothing is saved here."""

    run: models.Run

    def row(self, one: Judged) -> models.RunRow:
        """Return a line as evidence."""
        told = one.told
        return models.RunRow(
            run=self.run,
            line=told.line,
            org_id=one.org,
            name=told.name,
            shown=told.shown,
            sex=told.sex,
            birth=told.birth,
            joined_on=told.joined_on,
            number=told.number,
            branch=told.branch,
            branch_code=told.branch_code,
            named_id=told.org,
            standing=told.standing,
            cells=dict(told.cells),
            outcome=one.outcome,
            how=one.how,
            person_id=one.person,
            words=one.words[:300],
        )

    def differences(self, some: Iterable[Judged]) -> list[models.Difference]:
        """Return the differences that lines make."""
        return [self._difference(one, new) for one in some for new in one.differences]

    def _difference(self, one: Judged, new: NewDifference) -> models.Difference:
        return models.Difference(
            run=self.run,
            org_id=one.org,
            kind=new.kind,
            field=new.field,
            line=one.told.line,
            person_id=one.person,
            name="" if one.person else one.told.name,
            birth=None if one.person else one.told.birth,
            ours=new.ours[:200],
            theirs=new.theirs[:200],
            key=new.key,
            candidates=list(new.candidates),
            words=new.words[:300],
        )
