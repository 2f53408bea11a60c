"""What the tests of recommending stand on."""

from datetime import date

from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewFile
from qinghe.systems.recommending import services
from qinghe.systems.recommending.models import RecommendingTerms
from tests.cast import NOW, TODAY, make_person

JOINED, APPLIED = date(2020, 5, 4), date(2021, 12, 1)


def member(cast, number: int, *, birth_date=date(2002, 1, 1), joined_on=JOINED) -> Person:
    """Enter a member of the school's branch."""
    person = make_person(f"M{number:03}", f"梅小{number}", birth_date=birth_date)
    code = f"{joined_on.year}44{number:06}"
    new = NewFile(joined_on=joined_on, number=code)
    people.open_league_file(person=person, new=new, at=NOW, by="the tests")
    people.admit_member(person=person, org=cast.branch, starts_on=joined_on, at=NOW, by="the tests")
    return person


def propose(cast, *, person=None, number=0, org=None, aim="candidate", applied_on=APPLIED, by=None):
    """Propose somebody of the branch."""
    new = services.NewRecommendation(
        person=person or member(cast, number),
        org=org or cast.branch,
        aim=aim,
        applied_on=applied_on,
        proposed_on=TODAY,
    )
    return services.propose_to_party(new=new, at=NOW, by=by or cast.tang)


def vote(cast, found, *, entitled=20, present=18, votes=17, is_secret=True):
    """Let the branch's meeting vote."""
    held = services.Vote(TODAY, entitled, present, votes, is_secret)
    return services.hold_vote(recommendation=found, vote=held, at=NOW, by=cast.tang)


def accept(cast, found, *, on=TODAY):
    """Let the Party organisation take somebody."""
    return services.accept_by_party(recommendation=found, on=on, at=NOW, by=cast.tang)


def as_far_as(cast, found, state):
    """Take the one step that leads to a state."""
    same = {"recommendation": found, "on": TODAY, "at": NOW, "by": cast.tang}
    steps = {
        "agreed": lambda: services.agree_to_proposal(**same, words="同意"),
        "voted": lambda: vote(cast, found),
        "recommended": lambda: services.recommend(**same, words="同意推荐"),
        "accepted": lambda: services.accept_by_party(**same),
        "probationary": lambda: services.become_probationary(**same),
    }
    return steps[state]()


def recommended(cast, *, number=0):
    """Bring somebody before the Party organisation."""
    found = propose(cast, number=number)
    for state in ("agreed", "voted", "recommended"):
        found = as_far_as(cast, found, state)
    return found


def set_terms(cast, **numbers):
    """Let other numbers hold since the first of the year."""
    return RecommendingTerms.objects.create(
        starts_on=date(2022, 1, 1), source="校内办法", entered_by_id=cast.lin.person_id, **numbers
    )
