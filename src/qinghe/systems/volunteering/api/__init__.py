"""The phone's door: the same queries and services as the pages."""

from ninja import Router

from . import (
    carried,
    courtesy,
    deciding,
    disputes,
    doors,
    feedback,
    hours,
    own,
    profiles,
    publishing,
    sessions,
    stars,
    team_people,
    teams,
)

router = Router(tags=["志愿服务"])
router.add_router("", sessions.router)
router.add_router("", doors.router)
router.add_router("", stars.router)
router.add_router("", courtesy.router)
router.add_router("", teams.router)
router.add_router("", publishing.router)  # the router of activities, with publishing on it
router.add_router("", hours.router)
router.add_router("", team_people.router)
router.add_router("", profiles.router)
router.add_router("", feedback.router)
router.add_router("", disputes.router)
router.add_router("", carried.router)
router.add_router("", deciding.router)
router.add_router("", own.router)
