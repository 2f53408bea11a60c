"""What the door of a session leaves: a code that leads to its page, for whoever is a volunteer."""

from collections.abc import Callable

from django.utils import timezone

from qinghe.kernel.access.queries import NOBODY
from qinghe.systems.volunteering import queries, rules
from qinghe.systems.volunteering.models import Session


def _code(at) -> str:
    session: Session = at.session
    return queries.code_text(NOBODY, rules.Code(session.pk, "in", rules.step_at(timezone.now())))


MAKERS: dict[str, Callable[[object], object]] = {"scan_code": _code}
