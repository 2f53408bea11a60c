"""`./qinghe manage freeze`: close a period's figures in the name of somebody who may."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.analytics import frozen
from qinghe.kernel.access import queries as access
from qinghe.kernel.people.models import Person
from qinghe.lib import periods
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will keep a period's figures for good."""

    help = "封存一个已结束期间的全部数字；封存后不随记录更正而变化。再次封存须写明原因。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which period, in whose name, and why once more."""
        parser.add_argument("--period", required=True, help="期间，如 2022H1")
        parser.add_argument("--by", required=True, help="经办人的人员编号")
        parser.add_argument("--reason", default="", help="再次封存的原因")

    def handle(self, *args: object, **options: object) -> None:
        """Freeze and tell how many figures were kept."""
        at = timezone.now()
        try:
            period = periods.parse(str(options["period"]))
            person = Person.objects.filter(number=str(options["by"])).first()
            if person is None:
                raise Refused("unknown_person", f"没有编号为“{options['by']}”的人员，请核对编号。")
            by = access.actor_of_person(person.pk, person.name, local_day(at))
            kept = frozen.freeze(period=period, by=by, at=at, reason=str(options["reason"]))
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        self.stdout.write(
            f"已封存{period.label}的{kept.figures:,}个数字（第{kept.number}次，清单校验值{kept.sha256}）。"
        )
