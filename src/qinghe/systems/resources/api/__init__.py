"""The pool and the drives for other programs: the same queries and services as the pages."""

from ninja import Router

from . import drives, pool

router = Router(tags=["资源统筹"])
router.add_router("", pool.router)
router.add_router("", drives.router)
