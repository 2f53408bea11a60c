"""What activities and sign-ups leave at every organisation.

Everything lies in the past: what is open to come is shown to every volunteer and carries no mark.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.systems.volunteering.models import (
    Activity,
    ActivityTemplate,
    Project,
    ServicePost,
    Session,
    SignUp,
    Volunteer,
)

AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    session: Session
    volunteer: Volunteer


def _activity(at: Stands) -> Activity:
    made, new = Activity.objects.get_or_create(
        org=at.org, title=f"活动{at.mark}",
        defaults={
            "kind": "community", "about": at.mark, "risks": at.mark, "contact": at.mark,
            "published_at": AT,
        },
    )  # fmt: skip
    if new:
        Session.objects.filter(pk=at.session.pk).update(activity=made)
    return made


def _project(at: Stands) -> Project:
    return Project.objects.get_or_create(
        org=at.org, title=f"项目{at.mark}", defaults={"opened_on": AT.date()}
    )[0]


def _template(at: Stands) -> ActivityTemplate:
    return ActivityTemplate.objects.get_or_create(
        org=at.org, name=f"模板{at.mark}",
        defaults={"said": {"title": f"活动{at.mark}"}, "kept_at": AT},
    )[0]  # fmt: skip


def _post(at: Stands) -> ServicePost:
    _activity(at)
    return ServicePost.objects.get_or_create(
        session=at.session, name=f"岗位{at.mark}", defaults={"capacity": 9, "taken": 1}
    )[0]


def _sign_up(at: Stands) -> SignUp:
    return SignUp.objects.get_or_create(
        post=_post(at), volunteer=at.volunteer,
        defaults={"state": "signed", "signed_at": AT, "moved_at": AT},
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "activity_id": lambda at: _activity(at).pk,
    "project_id": lambda at: _project(at).pk,
    "activity_template_id": lambda at: _template(at).pk,
    "service_post_id": lambda at: _post(at).pk,
    "sign_up_id": lambda at: _sign_up(at).pk,
}
FIXED: dict[str, object] = {"volunteering:calendar:feed_code": "no-such-code"}
