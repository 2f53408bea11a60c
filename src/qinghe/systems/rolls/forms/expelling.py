from dataclasses import fields

from django import forms

from qinghe.edges.web.fields import DayField
from qinghe.systems.rolls.queries import Hearing
from qinghe.systems.rolls.rules import Ballot
from qinghe.systems.rolls.services import NewExpulsion

from .leaving import words

MOST = 30_000


def _votes(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST)


class ExpulsionForm(forms.Form):
    """What a branch's meeting resolved about a member, after having heard them."""

    conduct = words("违纪事实", most=600, help_text="只写查证属实的事实和认定依据。")
    hearing = forms.ChoiceField(label="听取本人意见的方式", choices=Hearing.choices)
    heard_on = DayField(label="听取本人意见日期", help_text="不晚于支部大会。")
    statement = words(
        "本人陈述和申辩",
        most=600,
        required=False,
        help_text="照本人的话写；通知后本人没有陈述的可以不填。",
    )
    resolved_on = DayField(label="支部大会决议日期")
    entitled = _votes("应到会有表决权人数")
    present = _votes("实到会有表决权人数")
    agreed = _votes("赞成")
    opposed = _votes("反对")
    abstained = _votes("弃权")

    def as_new(self) -> NewExpulsion:
        """Return it as the service takes it."""
        told = dict(self.cleaned_data)
        ballot = Ballot(**{one.name: told.pop(one.name) for one in fields(Ballot)})
        return NewExpulsion(ballot=ballot, **told)


class ExpelForm(forms.Form):
    """From which day on somebody is expelled."""

    on = DayField(label="开除日期", help_text="从这一天起不再计入团员数，不早于支部大会决议日期。")


class AppealForm(forms.Form):
    """Why a decision should not stand."""

    reason = words("申诉理由", most=600)
