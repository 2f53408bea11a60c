"""What those who found a team are told of its way. A title names nobody: it may leave by e-mail."""

from dataclasses import dataclass
from datetime import datetime

from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.systems.volunteering import models

MINE = "/volunteering/mine/teams/"
Member = models.TeamMember.State


@dataclass(frozen=True)
class TeamTelling:
    """Tells everybody in a team, or about to found it, what was decided about it."""

    team: models.Team
    at: datetime

    def noticed(self) -> None:
        """Tell that it hangs out, and until when."""
        until = self.team.notice_until.isoformat() if self.team.notice_until else ""
        self._tell("队伍成立申请已通过审核", f"公示至{until}，期满无异议的准予成立。")

    def stands(self) -> None:
        """Tell that it is founded."""
        self._tell("志愿队伍已准予成立", "自今日起成立，可以发布活动。")

    def refused(self, *, reason: str) -> None:
        """Tell why it is not founded."""
        self._tell("志愿队伍未获准成立", f"未获准成立。原因：{reason.strip()}")

    def closed(self, *, reason: str) -> None:
        """Tell why it ends."""
        self._tell("志愿队伍已注销", f"已注销。原因：{reason.strip()}")

    def _tell(self, title: str, text: str) -> None:
        people = self.team.members.filter(state__in=[Member.FOUNDING, Member.MEMBER])
        told = list(people.values_list("volunteer__person_id", flat=True))
        if told:
            notices.notify(
                person_ids=told,
                kind=Kind.RESULT,
                title=title,
                text=f"{self.team.name}{text}",
                url=MINE,
                at=self.at,
            )
