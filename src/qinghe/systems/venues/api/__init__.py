"""Places for other programs: the same queries and services as the pages."""

from ninja import Router

from . import bookings, duty, venues

router = Router(tags=["阵地"])
router.add_router("", venues.router)
router.add_router("", bookings.router)
router.add_router("", duty.router)
