"""The filters over the entries: what is well-formed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, NumberFilter

from qinghe.edges import system
from qinghe.kernel.audit.models import Entry, Outcome
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person

from .queries import Position

ZONE = ZoneInfo("Asia/Shanghai")
# What the first word of a verb is called, where no system carries it as its name.
AREAS = {
    "accounts": "登录与账号",
    "access": "授权与任用",
    "orgs": "组织",
    "people": "人员",
    "consent": "告知与同意",
    "files": "附件",
    "sheets": "台账导入",
    "exports": "导出",
    "jobs": "后台任务",
    "notices": "通知",
    "secrets": "密钥",
    "api": "接口",
    "hooks": "事件推送",
    "analytics": "指标",
    "audit": "审计",
    "backups": "备份",
}
KINDS = {
    "orgs.Org": "组织",
    "people.Person": "人员",
    "access.Holding": "任用",
    "access.Invitation": "邀请",
    "access.Account": "账号",
    "access.SupportSession": "支持会话",
    "auth.User": "登录账号",
    "consent.Consent": "同意",
    "consent.Notice": "告知书",
    "privacy.Request": "更正、删除申请",
    "api.Token": "接口令牌",
    "jobs.Export": "导出",
    "jobs.Job": "后台任务",
}


def areas() -> dict[str, str]:
    """Return what each group of verbs is called."""
    return {
        **AREAS,
        **{each.slug: each.label for each in system.INSTALLED if each.slug not in AREAS},
    }


def kinds() -> dict[str, str]:
    """Return what each kind of record is called."""
    shown = [kind for each in system.INSTALLED for kind in each.records]
    return {**KINDS, **{kind.model: kind.label for kind in shown}}


class DayInput(forms.DateInput):
    input_type = "date"


class EntryFilter(FilterSet):
    """By time, person, kind of action, organisation, outcome and record."""

    since = DateFilter(label="起", method="from_day", widget=DayInput)
    until = DateFilter(label="止", method="to_day", widget=DayInput)
    person = CharFilter(label="姓名或编号", method="by_person")
    area = ChoiceFilter(label="操作类别", choices=lambda: list(areas().items()))
    org = CharFilter(label="组织代码", method="at_org")
    outcome = ChoiceFilter(label="结果", choices=Outcome.choices)
    kind = ChoiceFilter(
        label="对象类型", field_name="subject_kind", choices=lambda: list(kinds().items())
    )
    number = NumberFilter(label="对象序号", method="about", min_value=1, decimal_places=0)

    class Meta:
        model = Entry
        fields = ()

    def from_day(self, rows: QuerySet[Entry], name: str, day: datetime) -> QuerySet[Entry]:
        """Keep what was done on a local day or later."""
        return rows.filter(at__gte=datetime.combine(day, time(), tzinfo=ZONE))

    def to_day(self, rows: QuerySet[Entry], name: str, day: datetime) -> QuerySet[Entry]:
        """Keep what was done on a local day or earlier."""
        return rows.filter(at__lt=datetime.combine(day + timedelta(days=1), time(), tzinfo=ZONE))

    def by_person(self, rows: QuerySet[Entry], name: str, words: str) -> QuerySet[Entry]:
        """Keep what the people of this name or number did."""
        people = Person.objects.filter(number=words) | Person.objects.filter(name=words)
        return rows.filter(person_id__in=list(people.values_list("pk", flat=True)))

    def at_org(self, rows: QuerySet[Entry], name: str, code: str) -> QuerySet[Entry]:
        """Keep what is known to be about records of an organisation or one below it."""
        top = Org.objects.filter(code=code).first()
        below = Org.objects.filter(path__startswith=top.path) if top else Org.objects.none()
        return rows.filter(org_id__in=list(below.values_list("pk", flat=True)), org_id__gt=0)

    def about(self, rows: QuerySet[Entry], name: str, number: int) -> QuerySet[Entry]:
        """Keep what covers the record of this number."""
        return rows.filter(first_id__lte=number, last_id__gte=number)


def position(text: str) -> Position | None:
    """Read where a page begins, as `told` writes it; whatever else it says is the first page."""
    moment, _, seq = text.rpartition("_")
    try:
        at, number = datetime.fromisoformat(moment), int(seq)
    except ValueError:
        return None
    return Position(at, number) if at.tzinfo and 0 < number < 2**63 else None


def told(behind: Position) -> str:
    """Write where a page begins."""
    return f"{behind.at.isoformat()}_{behind.seq}"
