"""What the tests of assessments stand on."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from qinghe.kernel.access.actors import Role
from qinghe.lib.periods import TZ
from qinghe.systems.assessments import queries, rules, services
from qinghe.systems.assessments.models import Assessment, Mark
from tests.cast import NOW, make_wider_cast, with_role

SELF_BY = date(2022, 7, 20)
CODE = "DIR-01"
AS_OF = datetime(2022, 7, 1, tzinfo=UTC)


def make_scene():
    """Enter the wider cast, a second district officer and 坂田's secretary."""
    cast = make_wider_cast()
    return SimpleNamespace(
        **vars(cast),
        heng=with_role("P031", "罗衡", role=Role.DISTRICT_OFFICER, org=cast.longgang),
        wen=with_role("P032", "温蓝", role=Role.STREET_SECRETARY, org=cast.bantian),
    )


def new_scheme(**told):
    """Tell of a scheme for the streets in the first half of 2022."""
    return services.NewScheme(
        **{
            "name": "2022年上半年党建带团建考核",
            "period": "2022H1",
            "audience": "streets",
            "self_by": SELF_BY,
            "source": "龙团〔2022〕20号",
            **told,
        }
    )


def make_scheme(cast, **told):
    """Draw up a scheme: 40 by a figure, 60 by self-score, a bonus and a deduction of 5."""
    made = services.draw_up(new=new_scheme(**told), at=NOW, by=cast.lin)
    heading = services.add_heading(scheme=made, name="基础团务", at=NOW, by=cast.lin)
    other = services.add_heading(scheme=made, name="加减分", at=NOW, by=cast.lin)
    items = [
        (heading, {"name": "建团", "full": 4_000, "way": "figure", "code": CODE, "target": 400}),
        (heading, {"name": "党建带团建", "full": 6_000, "evidence_needed": False}),
        (other, {"name": "上级表彰", "full": 500, "sort": "bonus"}),
        (other, {"name": "通报批评", "full": 500, "sort": "deduction"}),
    ]
    for under, told_of_it in items:
        services.add_item(heading=under, new=services.NewItem(**told_of_it), at=NOW, by=cast.lin)
    return made


def publish(cast, **told):
    """Publish such a scheme."""
    return services.publish(scheme=make_scheme(cast, **told), at=NOW, by=cast.lin)


def sheet_of(scheme, org):
    return Assessment.objects.get(scheme=scheme, org=org)


def mark_of(scheme, org, name):
    return Mark.objects.select_related("item", "assessment__scheme", "assessment__org").get(
        assessment__scheme=scheme, assessment__org=org, item__name=name
    )


def keep(scheme, who, org, *, marks=5_000, name="党建带团建", at=NOW):
    """Let a street tell of one item."""
    return services.keep_mark(
        mark=mark_of(scheme, org, name),
        told=services.Told(marks, "台账齐全"),
        at=at,
        by=who,
    )


def hand_in(cast, scheme, *, marks=(5_000, 5_000), at=NOW):
    """Let both streets fill in and hand in."""
    for who, org, given in zip(
        (cast.chen, cast.wen), (cast.henggang, cast.bantian), marks, strict=True
    ):
        keep(scheme, who, org, marks=given, at=at)
        services.submit(assessment=sheet_of(scheme, org), at=at, by=who)


def readings(scheme, **values):
    """Return a figure for every assessed organisation: by its code, or 200 for all others."""
    return {
        (CODE, sheet.org_id): rules.Reading(
            values.get(f"o{sheet.org.code}", 200), 1, AS_OF, "complete"
        )
        for sheet in scheme.assessments.select_related("org")
    }


def take(cast, scheme, **values):
    """Take the figures."""
    return services.take_figures(
        scheme=scheme, readings=readings(scheme, **values), at=NOW, by=cast.lin
    )


def accept_all(cast, scheme, *, by=None):
    """Let one reviewer accept what all gave themselves."""
    for sheet in scheme.assessments.all():
        services.judge_rest(assessment=sheet, at=NOW, by=by or cast.lin)


def shown(cast, *, marks=(5_000, 5_000), **told):
    """Bring a scheme as far as its results."""
    scheme = publish(cast, **told)
    hand_in(cast, scheme, marks=marks)
    take(cast, scheme)
    accept_all(cast, scheme)
    return services.show_results(scheme=scheme, at=NOW, by=cast.lin)


def on(day, *, month=7, year=2022):
    """Return nine o'clock of a day."""
    return datetime(year, month, day, 9, tzinfo=TZ)


def fixed(cast, **told):
    """Bring a scheme as far as its ranking."""
    scheme = shown(cast, **told)
    services.fix_ranking(scheme=scheme, at=on(20), by=cast.lin)
    scheme.refresh_from_db()
    return scheme


def announced(cast, **told):
    """Bring a scheme to its end."""
    return services.announce(scheme=fixed(cast, **told), at=on(21), by=cast.lin)


def places(cast, scheme):
    """Return the newest ranking as rank, name and total."""
    newest = scheme.rankings.latest("number")
    return [(place.rank, place.name, place.total) for place in queries.places_of(cast.lin, newest)]
