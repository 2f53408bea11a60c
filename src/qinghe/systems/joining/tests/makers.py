"""What the tests of joining stand on: a branch with members, an applicant, and the whole road."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.systems.joining import queries, services
from qinghe.systems.joining.models import Case, Way
from tests import cast as whole
from tests.cast import NOW

BORN = date(2007, 9, 1)
APPLIED = date(2022, 1, 10)
NUMBER = "202244000001"
VOTE = services.Vote(entitled=10, present=9, agreed=8, opposed=0, abstained=1)
SERVED = services.Served(hours=20, volunteer_number="Z0001", words="考察合格，证明见附件。")
LETTER = "我志愿加入中国共产主义青年团。"


def on(day: date, hour: int = 12) -> datetime:
    """Return an hour of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=TZ)


def make_members(cast, count: int = 3) -> list[Person]:
    """Enter members on the branch's roll."""
    made = [whole.make_person(f"M{n:03d}", f"团员{n}", birth_date=BORN) for n in range(count)]
    for person in made:
        people.admit_member(
            person=person, org=cast.branch, starts_on=date(2021, 9, 10), at=NOW, by="the tests"
        )
    return made


def hand_numbers(cast, *, year: int = 2022, amount: int = 4) -> None:
    """Hand numbers of a year down to the school; the branch uses them."""
    first, at = year * 10**8 + 44_000_001, on(date(year, 1, 10))
    new = services.NewBatch(
        org=cast.longgang,
        sector="school",
        first=str(first),
        last=str(first + amount - 1),
        source="团市委组织部通知",
        received_on=date(year, 1, 1),
    )
    services.enter_batch(new=new, at=at, by=cast.lin)
    services.hand_down(
        giver=cast.longgang,
        kept=services.Kept(year, "school"),
        shares=[services.Share(cast.school, amount)],
        at=at,
        by=cast.lin,
    )


def new_application(cast, **changed) -> services.NewApplication:
    """Return an application to the branch."""
    told = {"org": cast.branch, "on": APPLIED, "letter": LETTER} | changed
    return services.NewApplication(**told)


def enter(
    cast, *, number: str = "A001", name: str = "苗青青", born: date = BORN, **changed
) -> Case:
    """Let the branch enter an application."""
    new = new_application(cast, **changed)
    person = people.NewPerson(number=number, name=name, sex="female", birth_date=born)
    return services.enter_application(new=new, applicant=person, at=on(new.on), by=cast.luo)


def add_lessons(cast, case: Case, *, count: int = 4, first: date = date(2022, 2, 15)) -> None:
    """Let the applicant attend lessons of two 学时 each."""
    for place in range(count):
        day = first + timedelta(days=7 * place)
        services.add_lesson(
            case=case, on=day, title=f"第{place + 1}讲", quarters=8, at=on(day), by=cast.luo
        )


@cache
def scan_of(pages: int) -> bytes:
    """Return a PDF of so many pages."""
    sheets = "\n#pagebreak()\n".join(["志愿书"] * pages)
    return typst.compile(f"#set page(width: 90pt, height: 90pt)\n{sheets}".encode(), format="pdf")


def scan(pages: int = 12, *, name: str = "志愿书.pdf") -> SimpleUploadedFile:
    """Return an upload of so many pages."""
    return SimpleUploadedFile(name, scan_of(pages), content_type="application/pdf")


DAYS: Mapping[str, date] = {
    "hold_talk": date(2022, 1, 20),
    "propose_activist": date(2022, 2, 1),
    "confirm_activist": date(2022, 2, 5),
    "name_contacts": date(2022, 2, 10),
    "finish_cultivation": date(2022, 5, 10),
    "recommend": date(2022, 5, 12),
    "preview": date(2022, 5, 16),
    "post_notice": date(2022, 5, 17),
    "close_notice": date(2022, 5, 25),
    "name_introducers": date(2022, 5, 26),
    "fill_form": date(2022, 5, 27),
    "hold_meeting": date(2022, 5, 30),
    "approve": date(2022, 6, 6),
    "tell_result": date(2022, 6, 7),
    "hold_ceremony": date(2022, 6, 10),
    "archive": date(2022, 6, 20),
}
ROAD = tuple(DAYS)
COMMITTEES = ("confirm_activist", "preview", "approve")


def told_of(cast, case: Case, verb: str) -> dict[str, object]:
    """Return what a step is told beside its day, all in order."""
    members = list(queries.members_of(cast.luo, case)[:2])
    told: dict[str, dict[str, object]] = {
        "hold_talk": {"words": "书记谈话，动机端正。"},
        "propose_activist": {"way": Way.MEMBERS},
        "name_contacts": {"members": members},
        "finish_cultivation": {"served": SERVED},
        "preview": {"words": "同意发展。"},
        "name_introducers": {"members": members},
        "fill_form": {"opinion_on": date(2022, 5, 28), "words": "同意介绍入团。"},
        "hold_meeting": {"vote": VOTE},
        "approve": {"words": "批准。"},
        "archive": {"scan": scan()},
    }
    return told.get(verb, {})


def take(cast, case: Case, verb: str, *, day: date | None = None, by=None, **changed) -> Case:
    """Take one step, all in order but for what is changed."""
    day = day or DAYS[verb]
    who = by or (cast.tang if verb in COMMITTEES else cast.luo)
    told = {**told_of(cast, case, verb), **changed}
    do: Callable[..., Case] = getattr(services, verb)
    return do(case=case, on=day, **told, at=on(day + timedelta(days=1)), by=who)


def walk(cast, case: Case, *, upto: str, **changed) -> Case:
    """Take all steps from the talk up to one, that one included."""
    for verb in ROAD[: ROAD.index(upto) + 1]:
        if verb == "finish_cultivation":
            add_lessons(cast, case)
        if verb == "archive":
            services.file_case(case=case, at=on(DAYS["approve"]), by=cast.lin)
        case = take(cast, case, verb, **(changed if verb == upto else {}))
    return case


def actor_of(person: Person):
    """Return a person as an actor."""
    return whole.actor(person)
