"""Where a refusal meets the form that asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from qinghe.lib.verdicts import Refused


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a domain refusal into an error of the form, with all that was typed kept."""
    try:
        yield
    except Refused as refusal:
        form.add_error(None, refusal.reason)
