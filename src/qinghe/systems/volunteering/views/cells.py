"""Cells that several pages of volunteering show alike."""

from django_tables2 import Column, Table

from qinghe.edges.web import columns
from qinghe.systems.volunteering import rules


class CreditHours(Column):
    """Quarters, shown as 学时 on a page and in a workbook."""

    def render(self, value: int) -> str:
        """Write them."""
        return rules.credit_hours(value)


class CarriedTable(Table):
    """Hours from before the platform."""

    source = Column("来源")
    served_until = columns.Day(verbose_name="服务截止")
    minutes = columns.Number(verbose_name="分钟")
