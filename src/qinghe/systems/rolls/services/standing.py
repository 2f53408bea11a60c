"""What every way out of the League begins with."""

from qinghe.edges import system
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls.models import Expulsion, Leaving


class Standing:
    """A place on the roll, a file, and nothing under way."""

    @staticmethod
    def on_the_roll(member: Membership) -> Membership:
        """Return a place on a roll, locked, as it is now; the row of the person is held first.

        Raises Refused: not_on_the_roll.
        """
        Person.objects.select_for_update().get(pk=member.person_id)
        rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "org")
        kept = rows.get(pk=member.pk)
        if kept.ends_on is not None:
            raise Refused("not_on_the_roll", "这位团员已经不在本组织名册上，没有办理。")
        return kept

    @staticmethod
    def file_of(person: Person) -> LeagueFile:
        """Return a member's file. Raises Refused: no_file."""
        file = LeagueFile.objects.filter(person=person).first()
        if file is None:
            raise Refused(
                "no_file", f"{person.name}还没有团员档案，没有办理；请先建立档案，再办离团。"
            )
        return file

    @staticmethod
    def check_nothing_pending(member: Membership) -> None:
        """Refuse a second way out beside one that is under way. Raises Refused: already_leaving."""
        leaving = Leaving.objects.filter(person=member.person, state=Leaving.State.PROPOSED)
        expelling = Expulsion.objects.filter(person=member.person, state=Expulsion.State.PROPOSED)
        if leaving.exists() or expelling.exists():
            raise Refused("already_leaving", "这位团员已有待审批的离团或处分事项，没有重复办理。")

    @staticmethod
    def check_stays(member: Membership) -> None:
        """Refuse to begin the way out of who is on the way to another roll (T-65).

        The committee above could not decide it: the member would stand elsewhere by then. Raises
        Refused: under_way.
        """
        words = system.moves_off([member.person_id], beside="rolls").get(member.person_id)
        if words:
            raise Refused(
                "under_way",
                f"{member.person.name}有{words}，没有提请；请先把它退回、撤回或办结，"
                "再由团员所在的团组织提请。",
            )
