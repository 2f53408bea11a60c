"""Where a refusal meets the form that asked for it; and the form of the search by number."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.forms import BaseForm

from qinghe.lib.verdicts import Refused


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Turn a domain refusal into an error of the form, with all that was typed kept."""
    try:
        yield
    except Refused as refusal:
        form.add_error(None, refusal.reason)


class NumberForm(forms.Form):
    """A phone or an identity number to look somebody up by; it is sent, never put in an address."""

    number = forms.CharField(
        label="手机号或身份证号",
        max_length=30,
        help_text="须填完整号码；每次查找都会留下记录，号码不留在记录和地址里。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
