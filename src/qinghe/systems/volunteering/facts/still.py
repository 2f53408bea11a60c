from datetime import date

from django.db.models import DateField, F, Value
from django.db.models.functions import Coalesce

STILL = Value(date(9999, 12, 31), output_field=DateField())


def or_still(field: str) -> Coalesce:
    """Return a day, or the end of time where there is none yet."""
    return Coalesce(F(field), STILL, output_field=DateField())
