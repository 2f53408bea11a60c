from django import forms
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from qinghe.edges.web.fields import DayField, MomentField, OrgField
from qinghe.kernel.access.actors import Actor
from qinghe.systems.training import models, queries
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Lecture, Webcast
from qinghe.systems.training.services import Arrangement, NewLecture, NewWebcast

from .fields import MOST, LecturerField, ProgrammeField, text

STARS = [(5, "5星"), (4, "4星"), (3, "3星"), (2, "2星"), (1, "1星")]


class LectureForm(forms.Form):
    """A lecture to be asked for."""

    team = ProgrammeField(label="讲师队、宣讲团")
    host = OrgField(label="预约单位")
    topic = forms.CharField(label="主题", max_length=80)
    audience = forms.CharField(label="听众", max_length=80, help_text="如“三年级学生”“社区居民”。")
    expected = forms.IntegerField(label="预计人数", min_value=1, max_value=MOST)
    first_day = DayField(label="希望最早日期")
    last_day = DayField(label="希望最晚日期")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["team"].queryset = queries.teams_to_book(actor)
        self.fields["host"].rows = queries.orgs_for(actor, Act.BOOK)

    def as_new(self) -> NewLecture:
        """Return it as the service takes it."""
        return NewLecture(**self.cleaned_data)


class AcceptForm(forms.Form):
    """Who is sent, when and where."""

    lecturer = LecturerField(label="讲师")
    starts_at = MomentField(label="宣讲时间")
    place = forms.CharField(label="地点", max_length=120)

    def __init__(self, *args: object, actor: Actor, lecture: Lecture, **options: object) -> None:
        super().__init__(*args, **options)
        there = queries.lecturers_of(actor, lecture.team).filter(left_on__isnull=True)
        self.fields["lecturer"].take(there, actor=actor, on=timezone.localdate())

    def as_arrangement(self) -> Arrangement:
        """Return it as the service takes it."""
        return Arrangement(**self.cleaned_data)


class HoldLectureForm(forms.Form):
    """How many listened."""

    people = forms.IntegerField(label="人次", min_value=1, max_value=MOST)


class RatingForm(forms.Form):
    """How it was."""

    stars = forms.TypedChoiceField(label="星级", choices=STARS, coerce=int)
    words = text("评价", most=200)


class WebcastForm(forms.Form):
    """An online session to be drawn up."""

    programme = ProgrammeField(label="线上学堂")
    number = forms.IntegerField(label="期数", min_value=1, max_value=MOST)
    title = forms.CharField(label="题目", max_length=80)
    org = OrgField(label="开展单位")
    day = DayField(label="播出日期")
    platform = forms.CharField(label="平台", max_length=40, help_text="如“微信视频号”。")
    lecturer = LecturerField(label="主讲", required=False, empty_label="待定")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        schools = queries.programmes_seen_by(actor).filter(
            kind=queries.ProgrammeKind.SCHOOL, ended_on__isnull=True
        )
        self.fields["programme"].queryset = schools
        self.fields["org"].rows = queries.orgs_for(actor, Act.RUN)
        self.fields["lecturer"].take(
            queries.lecturers_to_choose(actor), actor=actor, on=timezone.localdate()
        )

    def as_new(self) -> NewWebcast:
        """Return it as the service takes it."""
        return NewWebcast(**self.cleaned_data)


class ChangeWebcastForm(forms.Form):
    """Another day or lecturer."""

    day = DayField(label="播出日期")
    lecturer = LecturerField(label="主讲", required=False, empty_label="待定")

    def __init__(self, *args: object, actor: Actor, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["lecturer"].take(
            queries.lecturers_to_choose(actor), actor=actor, on=timezone.localdate()
        )


class ReplayForm(forms.Form):
    """Where it can be watched again."""

    replay = forms.URLField(label="回放网址", max_length=200, assume_scheme="https")


class HoldWebcastForm(forms.Form):
    """How many watched."""

    views = forms.IntegerField(label="观看人次", min_value=0, max_value=100 * MOST)
    replay = forms.URLField(label="回放网址", max_length=200, required=False, assume_scheme="https")


class LectureFilter(FilterSet):
    """What a list of lectures can be narrowed to."""

    q = CharFilter(label="主题", field_name="topic", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.Lecture.State.choices)

    class Meta:
        model = Lecture
        fields: list[str] = []


class WebcastFilter(FilterSet):
    """What a list of online sessions can be narrowed to."""

    q = CharFilter(label="题目", field_name="title", lookup_expr="icontains")
    state = ChoiceFilter(label="状态", choices=models.Webcast.State.choices)

    class Meta:
        model = Webcast
        fields: list[str] = []
