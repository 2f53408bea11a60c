"""How committees were renewed, and who is in reserve, lent and thanked.

Most are in their term, some are due, some overdue. A secondment gives a second post to somebody who is
a cadre already and is not full-time, so that their number and the share of the full-time stay what
they were (DIR-06, F083).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person, Post
from qinghe.lib.periods import local_day, months_after
from qinghe.systems.cadres import queries, rules, services
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.models import Election

from . import cast

CHUNK = 500
FIRST = date(2021, 1, 1)
OVERDUE, SOON, LATE = 12, 9, 7  # one of so many is overdue, ends soon, was late before
IN_RESERVE = 9
LONG_AGO = timedelta(days=3 * 366 + 20)
STREET, COMMUNITY = "P002", "P006"
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter elections since 2021, then what is under way these days; told once."""
    if Election.objects.exists():
        return
    by = cast.officer()
    _renew(list(queries.orgs_below_approver(by).order_by("path")), now=now, by=by)
    _report_one(now=now)
    cadres = _cadres()
    _keep_in_reserve(cadres[:12], now=now, by=by)
    _lend(cadres[12:18], now=now, by=by)
    _thank(cadres[18:19], now=now, by=by)
    say(f"换届：{Election.objects.count():,} 次；储备、互兼互挂、激励各有几例")


def _renew(orgs: Sequence[Org], *, now: datetime, by: Actor) -> None:
    """Enter the tenures of every organisation, the oldest of each first."""
    terms = queries.shipped(by)
    today = local_day(now)
    chains = [list(_tenures(org, place, terms, today)) for place, org in enumerate(orgs)]
    for place in range(max(map(len, chains), default=0)):
        ready = [chain[place] for chain in chains if place < len(chain)]
        for first in range(0, len(ready), CHUNK):
            source = {"title": "换届台账"}
            services.record_many(ready=ready[first : first + CHUNK], at=now, by=by, source=source)


def _tenures(
    org: Org, place: int, terms: queries.CadreTerms, today: date
) -> Iterator[services.NewElection]:
    least, most = rules.years_allowed(kind=org.kind, sector=org.sector, terms=terms)
    years = least if least == 1 else most
    days = [_last_day(place, years=years, today=today)]
    while days[0] > FIRST:
        late = 40 if (place + len(days)) % LATE == 0 else 0
        days.insert(0, months_after(days[0], months=-12 * years) - timedelta(days=late))
    entitled = 12 + place % 20
    for day in days:
        if day >= org.opened_on:
            yield services.NewElection(
                org=org,
                held_on=day,
                entitled=entitled,
                present=entitled - 1,
                votes=entitled - 1,
                years=years,
            )


def _last_day(place: int, *, years: int, today: date) -> date:
    """Return the day of the last election: its term is over, ends soon, or runs."""
    ends_now = months_after(today, months=-12 * years)
    if place % OVERDUE == 0:
        return ends_now - timedelta(days=90 + place % 30)
    if place % SOON == 0:
        return ends_now + timedelta(days=20 + place % 120)
    return today - timedelta(days=10 + place * 37 % (years * 365 - 200))


def _report_one(*, now: datetime) -> None:
    """Let a community report an election that the street has still to answer."""
    by = _actor(COMMUNITY)
    org = queries.electing_orgs(by, Act.HOLD_ELECTION).first()
    held = list(queries.posts_at(by, org)[:1]) if org else []
    if org is None or not held:
        return
    last = queries.last_day_at(by, org)
    day = max(local_day(now) - timedelta(days=5), (last or FIRST) + timedelta(days=1))
    terms = queries.terms_on(by, day)
    _, most = rules.years_allowed(kind=org.kind, sector=org.sector, terms=terms)
    new = services.NewElection(org, day, 12, 11, 11, most, "差额选举", "团员较少，只设书记")
    election = services.record_election(new=new, at=now, by=by)
    post = held[0]
    chosen = services.Chosen(post.person, post.title, post.service, 10)
    services.choose(election=election, chosen=chosen, at=now, by=by)
    services.submit_election(election=election, at=now, by=by)


def _cadres() -> list[Post]:
    """Return part-time cadres of organisations that are there, each once."""
    held = Post.objects.filter(
        ends_on__isnull=True,
        service="part_time",
        org__closed_on__isnull=True,
        person__number__startswith="G",
    )
    found = {post.person_id: post for post in held.select_related("person", "org").order_by("-pk")}
    return list(reversed(found.values()))


def _keep_in_reserve(posts: Sequence[Post], *, now: datetime, by: Actor) -> None:
    group = [_actor(cast.CAST[1].number), _actor(STREET)]
    for place, post in enumerate(posts):
        at = now - LONG_AGO if place == 0 else now - timedelta(days=30 + place)
        new = services.Nomination(
            person=post.person,
            org=post.org,
            politics=("party", "party", "league")[place % 3],
            education=("bachelor", "master", "college")[place % 3],
            reason="在团建工作中表现突出",
            strengths=("文字", "活动策划", "外语", "新媒体")[place % 4],
        )
        candidate = services.nominate(new=new, at=at, by=by)
        if place == 11:
            continue  # still to say yes
        own = Actor(post.person_id, post.person.name)
        services.agree(candidate=candidate, at=at, by=own)
        if place == 10:
            continue  # a group is still to be formed
        examiners = [_person(one) for one in group]
        services.form_group(candidate=candidate, examiners=examiners, at=at, by=by)
        for who in group if place < IN_RESERVE else group[:1]:
            one = queries.own_examinations(who).get(candidate=candidate)
            opinion = "作风扎实，群众基础好。"
            services.give_opinion(examination=one, verdict="fit", opinion=opinion, at=at, by=who)
        if place < IN_RESERVE:
            services.admit(candidate=candidate, words="同意入库", at=at, by=by)
        if place == 1:
            services.let_out(candidate=candidate, how="used", words="已任用", at=now, by=by)


# When each began and ends, in days from today.
SPANS = ((20, 200), (5, 370), (-200, 160), (-380, -15), (-170, 12), (-400, -40))


def _lend(posts: Sequence[Post], *, now: datetime, by: Actor) -> None:
    hosts = [post.org for post in reversed(posts)]
    today = local_day(now)
    for place, (post, span) in enumerate(zip(posts, SPANS, strict=False)):
        host = hosts[place]
        if host.pk == post.org_id:
            continue
        begins, ends = (today + timedelta(days=days) for days in span)
        at = now + timedelta(days=min(span[0], 0))
        new = services.NewSecondment(
            person=post.person,
            home=post.org,
            host=host,
            service=("part_time", "seconded")[place % 2],
            title=("副书记（兼职）", "副书记（挂职）")[place % 2],
            task="联系两新组织团建和青年服务",
            starts_on=begins,
            ends_on=ends,
        )
        asked = services.ask_secondment(new=new, at=at, by=by)
        if place:
            made = services.agree_to(secondment=asked, at=at, by=by)
        if place == 5:
            told = services.Appraisal(ends, "good", "任务完成得好，联系青年紧密。")
            services.end_secondment(secondment=made, appraisal=told, at=now, by=by)


def _thank(posts: Sequence[Post], *, now: datetime, by: Actor) -> None:
    today = local_day(now)
    for post in posts:
        day = max(post.starts_on, today - timedelta(days=30))
        new = services.NewAchievement(post.person, post.org, day, "honour", "区优秀共青团干部")
        evidence = [ContentFile(b"%PDF-1.7 honour", name="通报.pdf")]
        services.enter_achievement(new=new, evidence=evidence, at=now, by=by)
        decided = services.Decided(post.person, day.year, "given", "实绩突出", "通报表扬")
        services.decide_incentive(new=decided, at=now, by=by)


def _actor(number: str) -> Actor:
    person = people.by_number(number)
    if person is None:
        raise ValueError(f"the cast lacks {number}")
    return access.actor_of_person(person.pk, person.name, cast.SINCE)


def _person(one: Actor) -> Person:
    return Person.objects.get(pk=one.person_id)
