"""What tests of privacy begin from: a district that has told, and somebody who registers."""

import re
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from qinghe.kernel.access import queries as actors
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.notices.models import Outgoing
from qinghe.systems.privacy import queries, services
from tests import cast

PHONE, MOTHERS = "13800138000", "13800138001"
HOME = "127.0.0.1"
BY = "自助注册"
ADULT, TEEN, CHILD = date(1999, 1, 2), date(2007, 4, 5), date(2010, 1, 1)
MOTHER = consents.Guardian(name="红大米", phone=MOTHERS, relation="母亲")


def tell(*, in_charge=""):
    """Publish the shipped notices, with somebody in charge of children's data if named."""
    consents.enter_missing(at=cast.NOW, by=cast.CLERK)
    if in_charge:
        last = consent.current_notice("child", on=cast.TODAY)
        new = consents.NewNotice(
            purpose="child",
            title=last.title,
            text=last.text,
            responsible=in_charge,
            starts_on=cast.TODAY,
        )
        consents.publish_notice(new=new, at=cast.NOW, by=cast.CLERK)


def notices(*purposes):
    return consent.current_notices(purposes, on=cast.TODAY)


def code_in(message):
    return re.search(r"\d{6}", message.text).group()


def last_code():
    return re.search(r"\d{6}", Outgoing.objects.order_by("-pk").first().text).group()


def begun(*purposes, at=cast.NOW):
    token = services.begin(notices=notices("volunteering", *purposes), at=at, by=BY)
    return queries.registration_by(actors.NOBODY, token, at)


def sent(registration, *, phone=PHONE, at=cast.NOW, address=HOME):
    return services.send_own_code(
        registration=registration, phone=phone, address=address, at=at, by=BY
    )


def proved(*purposes, phone=PHONE, at=cast.NOW):
    registration = begun(*purposes, at=at)
    code = code_in(sent(registration, phone=phone, at=at))
    assert services.prove_own_phone(registration=registration, code=code, at=at, by=BY)
    registration.refresh_from_db()
    return registration


def described(*purposes, org, born=ADULT, name="明小麦", phone=PHONE, at=cast.NOW):
    registration = proved(*purposes, phone=phone, at=at)
    description = services.Description(
        name=name,
        sex="female",
        birth_date=born,
        org=org,
        password_hash=make_password("a long phrase of mine"),
    )
    services.describe(registration=registration, description=description, at=at, by=BY)
    registration.refresh_from_db()
    return registration


def asked_guardian(registration, *purposes, guardian=MOTHER, at=cast.NOW):
    agreed = services.GuardianConsent(
        guardian=guardian, notices=tuple(notices("volunteering", *purposes))
    )
    message = services.send_guardian_code(
        registration=registration, agreed=agreed, address=HOME, at=at, by=BY
    )
    registration.refresh_from_db()
    return code_in(message)


def register_adult(*purposes, org, at=cast.NOW, **about):
    registration = described(*purposes, org=org, at=at, **about)
    return services.complete(registration=registration, at=at, by=BY)


def register_minor(*purposes, org, born=TEEN, child_rules=(), at=cast.NOW, **about):
    registration = described(*purposes, org=org, born=born, at=at, **about)
    code = asked_guardian(registration, *child_rules, at=at)
    return services.complete_by_guardian(registration=registration, code=code, at=at, by=BY)


def as_actor(person):
    return actors.actor_of_person(person.pk, person.name, cast.TODAY)


def later(**much):
    """Return a moment after the cast's now."""
    return cast.NOW + timedelta(**much)
