"""`./qinghe manage first-admin`: the first of the three administrators, on the machine itself.

There is no account and no password to begin with (S-34): this makes one account without a password
and prints a path at which its owner sets one, once, within a day.
"""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from qinghe.config import migrating
from qinghe.edges.accounts import services as accounts
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import ADMINISTRATORS, Role
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people import services as people
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

BY = "manage first-admin"


class Command(BaseCommand):
    """This will open the account of a first administrator, once for each of the three roles."""

    help = "开立首个系统管理员、安全管理员或审计员账号，并给出一次性的设置密码链接。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who it is."""
        parser.add_argument("--role", required=True, choices=sorted(ADMINISTRATORS))
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--username", required=True, help="账号名")

    def handle(self, *, role: str, name: str, username: str, **_: object) -> None:
        """Open the account, give the role, print the path."""
        if migrating.is_behind(connection):
            raise CommandError("数据表还没有备好，没有开立账号；请先运行 manage seed。")
        try:
            path = self._open(role=Role(role), name=name, username=username)
        except Refused as refusal:
            raise CommandError(refusal.reason) from None
        self.stdout.write(f"已开立{Role(role).label}账号：{username}（{name}）。")
        before = "" if settings.QINGHE_ADDRESS else "（前面加上本平台的网址）"
        self.stdout.write(f"请本人在 24 小时内打开下面的地址{before}设置密码，只能用一次：")
        self.stdout.write(f"{settings.QINGHE_ADDRESS}{path}")

    @transaction.atomic
    def _open(self, *, role: Role, name: str, username: str) -> str:
        at = timezone.now()
        today = periods.local_day(at)
        root = orgs.root()
        if root is None:
            raise Refused("no_root", "还没有组织，没有开立账号；请先运行 manage seed。")
        if access_queries.holdings_on(today).filter(role=role).exists():
            raise Refused(
                "already_held", f"已有在任的{role.label}，没有开立账号；请由安全管理员办理。"
            )
        person = people.add_person(
            new=people.NewPerson(number=f"GLY-{at:%y%m%d%H%M%S%f}"[:20], name=name),
            at=at,
            by=BY,
        )
        user = access.open_account(person=person, username=username, at=at, by=BY)
        access.give_role(person=person, role=role, org=root, starts_on=today, at=at, by=BY)
        return accounts.issue_password_link(user=user, at=at, by=BY)
