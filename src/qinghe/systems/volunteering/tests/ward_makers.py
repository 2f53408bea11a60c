"""A child who is brought by a guardian, and signed up beside them (V-21)."""

from dataclasses import replace
from datetime import date

from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.systems.volunteering import queries, services
from tests.cast import NOW, TODAY

CHILD = date(2012, 3, 1)  # ten on the cast's day
WITH_CHILDREN = (services.NewPost("净滩", 3, minors=True, children=True),)


def new_child(**told):
    return replace(services.NewWard("禾小苗", "female", CHILD, "母亲"), **told)


def agreed(*purposes, on=TODAY):
    notices = consent.current_notices(purposes or queries.WARD_PURPOSES, on=on)
    keys = [one.pk for one in notices]
    return services.WardAgreed(keys, consents.Guardian("红大米", "13800000001", "母亲"))


def bring(by, *, at=NOW, **told):
    return services.bring_ward(new=new_child(**told), agreed=agreed(), at=at, by=by)


def sign_both(post, child, by, *, at=NOW):
    own = services.sign_up(post=post, vouched=True, at=at, by=by)
    return own, services.sign_up_ward(post=post, ward=child, vouched=True, at=at, by=by)
