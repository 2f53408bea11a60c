"""What every way out of the League begins with."""

from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls.models import Expulsion, Leaving


class Standing:
    """A place on the roll, a file, and nothing under way."""

    @staticmethod
    def on_the_roll(member: Membership) -> Membership:
        """Return a place on a roll, locked, as it is now. Raises Refused: not_on_the_roll."""
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
