"""Cells that several pages of volunteering show alike."""

from django_tables2 import Column

from qinghe.systems.volunteering import rules


class CreditHours(Column):
    """Quarters, shown as 学时 on a page and in a workbook."""

    def render(self, value: int) -> str:
        """Write them."""
        return rules.credit_hours(value)
