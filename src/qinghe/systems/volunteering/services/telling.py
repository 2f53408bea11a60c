"""What those who signed up are told. A title names nobody: it may leave the house by e-mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import models, rules

MINE = "/volunteering/mine/sign-ups/"


@dataclass(frozen=True)
class Telling:
    """Tells people of one session what happened to it or to their place, at a moment."""

    session: models.Session
    at: datetime

    def moved(self) -> None:
        """Tell those signed up, waiting or asked that it has another time or place."""
        self._tell(
            self._concerned(),
            title="您报名的活动改了时间或地点",
            text=f"{self._named}，地点：{self.session.place}。不能参加的请及时取消。",
        )

    def called_off(self, *, reason: str) -> None:
        """Tell them that it is off."""
        self._tell(
            self._concerned(),
            title="您报名的活动已取消",
            text=f"{self._named}已取消。原因：{reason}",
        )

    def offered(self, sign_up: models.SignUp) -> None:
        """Tell who waited that a place is kept for them for a while."""
        until = sign_up.offer_until
        clock = f"{until.astimezone(TZ):%m月%d日%H:%M}" if until else ""
        self._tell(
            [self._whom(sign_up.volunteer)],
            title="候补到名额，请确认",
            text=f"{self._named}空出名额，请在{clock}前确认，逾期顺延给下一位。",
            kind=Kind.TODO,
        )

    def expired(self, sign_up: models.SignUp) -> None:
        """Tell who did not answer that the place went on."""
        self._tell(
            [self._whom(sign_up.volunteer)],
            title="候补名额逾期未确认，已顺延",
            text=f"{self._named}的名额已顺延。还想参加可以重新报名候补。",
        )

    def signed_by_leader(self, sign_up: models.SignUp) -> None:
        """Tell somebody that the leader put them on the list."""
        self._tell(
            [self._whom(sign_up.volunteer)],
            title="负责人已为您报名活动",
            text=f"{self._named}，{self.session.place}，{sign_up.get_state_display()}。",
        )

    def released(self, sign_up: models.SignUp, *, reason: str) -> None:
        """Tell somebody that the leader took them off the list."""
        self._tell(
            [self._whom(sign_up.volunteer)],
            title="您的活动报名已由负责人取消",
            text=f"{self._named}。原因：{reason}",
        )

    def reminded(self, sign_ups: Collection[models.SignUp]) -> None:
        """Remind those signed up of what is to come."""
        self._tell(
            {self._whom(one.volunteer) for one in sign_ups},
            title="活动提醒",
            text=f"{self._named}，地点：{self.session.place}。请准时到场签到。",
        )

    @property
    def _named(self) -> str:
        starts = self.session.starts_at.astimezone(TZ)
        ends = self.session.ends_at.astimezone(TZ)
        when = f"{starts.month}月{starts.day}日{starts:%H:%M}至{ends:%H:%M}"
        return f"{self.session.title}（{when}）"

    def _concerned(self) -> list[int]:
        live = models.SignUp.objects.filter(post__session=self.session, state__in=rules.LIVE)
        return sorted({self._whom(one.volunteer) for one in live.select_related("volunteer")})

    def _whom(self, volunteer: models.Volunteer) -> int:
        """Return who reads what is told: the guardian, of a child (V-21)."""
        return volunteer.spoken_for_by(self.session.day)

    def _tell(
        self, person_ids: Collection[int], *, title: str, text: str, kind: Kind = Kind.RESULT
    ) -> None:
        if person_ids:
            notices.notify(
                person_ids=sorted(person_ids),
                kind=kind,
                title=title,
                text=text,
                url=MINE,
                at=self.at,
            )
