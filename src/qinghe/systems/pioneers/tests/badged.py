"""What the tests of badges stand on."""

from datetime import date

from qinghe.systems.pioneers import rules, services
from qinghe.systems.pioneers.models import Badge, Nomination, Nominee, Round, Slate
from tests.cast import NOW, TODAY

OPENS, CLOSES = date(2022, 7, 1), date(2022, 7, 31)


def make_round(cast, level="school", *, title="本学期", closes=CLOSES):
    """Open a round."""
    new = services.NewRound(title, level, "2022H2", OPENS, closes)
    return services.open_round(new=new, at=NOW, by=cast.lin)


def badge(star, *, collective=False):
    """Return a star of the catalogue."""
    return Badge.objects.get(star=star, is_collective=collective)


def line(badge, count, *, troop="三（1）中队", grade=3, consented_on=TODAY):
    """Put a 中队 up."""
    return services.NewLine(troop, grade, badge, count, consented_on)


def child(star, code, *, troop="三（1）中队", consented_on=TODAY):
    """Put a child up."""
    return services.NewChild(troop, 3, badge(star), code, "L", consented_on)


def keep(cast, round=None, **listed):
    """Keep the school's list; without a round in this term's of the school's own."""
    found = round or Round.objects.filter(level="school").first() or make_round(cast)
    return services.keep_slate(
        round=found, org=cast.school, listed=services.Listed(**listed), at=NOW, by=cast.tang
    )


def one_star(cast, count, *, of, round=None):
    """Keep a list that puts some of the third grade up for one star."""
    eligible = [services.NewEligible(3, of, 0)]
    return keep(cast, round, lines=[line(badge(1), count)], eligible=eligible)


def submit(cast, slate, *, at=NOW):
    """Hand a list in."""
    return services.submit_slate(slate=slate, at=at, by=cast.tang)


def decide(cast, slate, *, given=None, on=TODAY, by=None):
    """Decide a list: so many of each line, or all that was put up; all children."""
    lines = slate.nominations.all()
    people = Nominee.objects.filter(nomination__slate=slate)
    return services.decide_slate(
        slate=slate,
        given={one.pk: one.count if given is None else given for one in lines},
        children=[one.pk for one in people],
        awarded_on=on,
        at=NOW,
        by=by or (cast.chen if slate.round.level == "school" else cast.lin),
    )


def hold(cast, star, count, *, on=TODAY, codes=()):
    """Let the school hold some of a star since a day, as if a round had given them."""
    level = rules.GIVEN_BY[star]
    round = Round.objects.create(
        title=f"以前的{star}", level=level, term="2022H1", opens_on=OPENS, closes_on=CLOSES
    )
    slate = Slate.objects.create(
        round=round, org=cast.school, state="decided", submitted_by_id=cast.tang.person_id,
        submitted_on=on, decided_by_id=cast.lin.person_id, decided_on=on, awarded_on=on,
    )  # fmt: skip
    held = Nomination.objects.create(
        slate=slate, troop="二（1）中队", grade=2, badge=badge(star), count=count, awarded=count
    )
    Nominee.objects.bulk_create(
        Nominee(nomination=held, code=code, initial="L", consented_on=on, is_awarded=True)
        for code in codes
    )
    return slate
