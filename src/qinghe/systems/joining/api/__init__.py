"""Joining for other programs: the same queries and services as the pages."""

from ninja import Router

from . import cases, numbers

router = Router(tags=["发展团员"])
router.add_router("", cases.router)
router.add_router("", numbers.router)
