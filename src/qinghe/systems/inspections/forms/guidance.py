from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, FilterSet

from qinghe.edges.web.fields import DayField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.inspections import models, queries
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.services import NewExchange, NewGuidance, NewLesson

from .findings import text

MOST = 100_000


class GuidanceForm(forms.Form):
    """A guidance visit."""

    org = OrgField(label="义工联")
    day = DayField(label="日期")
    topics = forms.CharField(label="指导内容", max_length=200, help_text="如：队伍建设、点位管理。")
    summary = text("情况记录", most=600, required=False)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.federations_for(actor)

    def as_new(self) -> NewGuidance:
        """Return it as the service takes it."""
        return NewGuidance(**self.cleaned_data)


class ExchangeForm(forms.Form):
    """An exchange."""

    org = OrgField(label="登记单位")
    partner = forms.CharField(
        label="对方组织", max_length=80, help_text="写组织全称，不写个人姓名。"
    )
    district = forms.CharField(label="所在区", max_length=40, help_text="如：南山区。")
    day = DayField(label="日期")
    topics = forms.CharField(label="交流内容", max_length=200)
    people = forms.IntegerField(label="参加人数", min_value=1, max_value=MOST)
    outcome = text("成效", most=600, required=False)

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.EXCHANGE)

    def as_new(self) -> NewExchange:
        """Return it as the service takes it."""
        return NewExchange(**self.cleaned_data)


class LessonForm(forms.Form):
    """Something learned."""

    org = OrgField(label="登记单位", help_text="它和它的下级都能查到。")
    title = forms.CharField(label="经验", max_length=80)
    text = text("做法", most=1000)
    source = forms.CharField(label="来源", max_length=120, help_text="从哪里学到的。")
    tags = forms.CharField(
        label="标签", max_length=120, required=False, help_text="用空格隔开，如：点位 培训。"
    )

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["org"].rows = queries.orgs_for(actor, Act.EXCHANGE)

    def as_new(self, exchange: models.Exchange | None) -> NewLesson:
        """Return it as the service takes it."""
        return NewLesson(**self.cleaned_data, exchange=exchange)


class LessonFilter(FilterSet):
    """What the lessons can be searched by."""

    q = CharFilter(label="关键词", method="search")

    class Meta:
        model = models.Lesson
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that hold each of the words somewhere."""
        for word in value.split():
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(text__icontains=word)
                | Q(source__icontains=word)
                | Q(tags__icontains=word)
            )
        return rows
