"""The phone's door: the same queries and services as the pages."""

from ninja import Router

from . import (
    carried,
    disputes,
    doors,
    feedback,
    hours,
    keeping,
    late,
    phone,
    policies,
    profiles,
    publishing,
    running,
    sessions,
    sponsoring,
    star_rounds,
    stars,
    team_people,
    team_years,
    wards,
)

router = Router(tags=["志愿服务"])
router.add_router("", sessions.router)
router.add_router("", doors.router)
router.add_router("", stars.router)
router.add_router("", sponsoring.router)  # that of courtesy
router.add_router("", team_years.router)  # that of teams
router.add_router("", publishing.router)  # the router of activities, with publishing on it
router.add_router("", hours.router)
router.add_router("", team_people.router)
router.add_router("", profiles.router)
router.add_router("", feedback.router)
router.add_router("", disputes.router)
router.add_router("", carried.router)
router.add_router("", keeping.roll)  # that of deciding
router.add_router("", keeping.papers)  # that of own
router.add_router("", late.router)
router.add_router("", policies.router)
router.add_router("", star_rounds.router)
router.add_router("", running.router)
router.add_router("", phone.router)
router.add_router("", wards.router)
