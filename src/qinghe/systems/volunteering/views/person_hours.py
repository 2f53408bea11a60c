"""Hours by person, for any days and any organisation."""

from typing import cast

from django.http import HttpResponseBase
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries
from qinghe.systems.volunteering.access import Act


class PersonHoursTable(Table):
    """Persons with what they served within the days asked for."""

    name = columns.MaskedName(verbose_name="姓名", accessor="person__name", orderable=False)
    number = Column("志愿者编号", accessor="volunteer__number", orderable=False)
    org = Column("主组织", accessor="org__name", orderable=False)
    sessions = columns.Number(verbose_name="服务次数", orderable=False)
    minutes = columns.Number(verbose_name="计入分钟", orderable=False)
    manual = columns.Number(verbose_name="其中手工登记", orderable=False)
    late = columns.Number(verbose_name="其中补录", orderable=False)
    held = columns.Number(verbose_name="暂停计入（条）", orderable=False)


def person_hours(request: Request) -> HttpResponseBase:
    """Show who served how long at the chosen organisation and below, the longest first."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="个人服务时长",
        table=PersonHoursTable,
        rows=queries.volunteers_seen_by(request.actor),
        filterset=forms.PersonHoursFilter,
        totals=_totals,
    )


def _totals(rows: object) -> list[pages.Total]:
    rows = cast(queries.HoursList, rows)
    return [
        pages.Total("人数", len(rows), "人"),
        pages.Total("计入时长", rows.total("minutes") / 60, "小时", decimals=1),
        pages.Total("手工登记", rows.total("manual") / 60, "小时", decimals=1),
        pages.Total("补录", rows.total("late") / 60, "小时", decimals=1),
        pages.Total("暂停计入", rows.total("held"), "条"),
    ]
