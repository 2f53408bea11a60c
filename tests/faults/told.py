"""Run as a script on the records that books.py filled: people who are told outside the house.

told.py fill HOOK     volunteers who are told by SMS and e-mail, a post, desks with tokens, a subscription
told.py look          say how what leaves the house stands
"""

import json
import os
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from qinghe.edges.api import services as tokens_of  # noqa: E402
from qinghe.edges.hooks import models as hook_models  # noqa: E402
from qinghe.edges.hooks import services as hooks  # noqa: E402
from qinghe.kernel.access import queries as access  # noqa: E402
from qinghe.kernel.access.models import Account  # noqa: E402
from qinghe.kernel.consent import services as consents  # noqa: E402
from qinghe.kernel.notices import models as notice_models  # noqa: E402
from qinghe.kernel.notices import services as notices  # noqa: E402
from qinghe.kernel.orgs.models import Org  # noqa: E402
from qinghe.kernel.people import services as people  # noqa: E402
from qinghe.systems.volunteering import services as volunteering  # noqa: E402
from qinghe.systems.volunteering.access import Act  # noqa: E402
from qinghe.systems.volunteering.models import ServicePost, Volunteer  # noqa: E402
from qinghe.systems.volunteering.rules import Turn  # noqa: E402

TOLD, DESKS = 40, 4
BY = "试验"


def fill(hook: str) -> dict[str, object]:
    """Let the last volunteers be told by SMS and e-mail, and another house of hours."""
    now = timezone.now()
    account = Account.objects.select_related("user", "person").get(user__username="leader0")
    leader = access.actor_of_person(account.person_id, account.person.name, timezone.localdate(now))
    org = Org.objects.get()
    consents.enter_missing(at=now, by=BY)
    hooks.subscribe(new=hooks.NewSubscription(org, "数据平台", hook, list(Turn)), at=now, by=leader)
    volunteering.publish_activity(
        new=volunteering.NewActivity(
            org=org,
            title="净滩",
            kind="environment",
            about="清理沙滩",
            risks="临水",
            contact="王老师",
            spot=volunteering.Spot("海边"),
            times=((now + timedelta(days=3), now + timedelta(days=3, hours=2)),),
            posts=(volunteering.NewPost("净滩", TOLD, minors=True),),
        ),
        at=now,
        by=leader,
    )
    told = list(Volunteer.objects.select_related("person").order_by("-pk")[:TOLD])
    for place, volunteer in enumerate(told):
        _wish(volunteer, place, now=now)
    tokens = [
        tokens_of.make_token(
            user=account.user,
            name=f"服务台{number}",
            scopes=(Act.SEE, Act.CHECK_IN, Act.KEEP_SIGN_UPS),
            lasts=timedelta(days=1),
            at=now,
            by=leader,
        )[1]
        for number in range(DESKS)
    ]
    post = ServicePost.objects.get().pk
    return {
        "path": f"/api/v1/volunteering/posts/{post}/sign-ups/others",
        "tokens": tokens,
        "numbers": [volunteer.number for volunteer in told],
    }


def look() -> dict[str, object]:
    """Count deliveries and dispatches by state, and say how often something was tried at most."""
    tries = notice_models.Delivery.objects.values_list("tries", flat=True)
    return {
        "deliveries": _states(notice_models.Delivery),
        "dispatches": _states(hook_models.Dispatch),
        "subscriptions": _states(hook_models.Subscription),
        "tries": max(tries),
    }


def _states(model: type) -> dict[str, int]:
    return dict(Counter(model.objects.values_list("state", flat=True)))


def _wish(volunteer: Volunteer, place: int, *, now: object) -> None:
    new = people.NewContact(phone=f"138{place:08d}")
    people.keep_contact(person=volunteer.person, new=new, at=now, by=BY)
    notices.keep_preference(
        person_id=volunteer.person_id,
        email=f"v{place}@youth.example",
        chosen={"result": ["sms", "email"]},
        quiet=None,
        digest_at=None,
        at=now,
        by=BY,
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(sys.argv[2]) if sys.argv[1] == "fill" else look()))
