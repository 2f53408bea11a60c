"""Where everything is mounted."""

from django.urls import include, path

from qinghe.config.systems import SYSTEMS
from qinghe.edges.api import house

api = house.build(SYSTEMS)

handler400 = "qinghe.edges.web.errors.bad_request"
handler403 = "qinghe.edges.web.errors.forbidden"
handler404 = "qinghe.edges.web.errors.not_found"
handler500 = "qinghe.edges.web.errors.broken"
urlpatterns = [
    path("", include("qinghe.edges.web.urls")),
    path("", include("qinghe.edges.health.urls")),
    path("", include("qinghe.demo.urls")),
    path("", include("qinghe.reports.half_year.urls")),
    path("drafting/", include("qinghe.reports.drafting.urls")),
    path("", include("qinghe.reports.issuing.urls")),
    path("circulars/", include("qinghe.reports.circulars.urls")),
    path("accounts/", include("qinghe.edges.accounts.urls")),
    path("join/", include("qinghe.systems.authority.urls.join")),
    path("jobs/", include("qinghe.edges.jobs.urls")),
    path("me/tokens/", include("qinghe.edges.api.urls")),
    path("hooks/", include("qinghe.edges.hooks.urls")),
    path("me/", include("qinghe.systems.privacy.urls.me")),
    path("register/", include("qinghe.systems.privacy.urls.register")),
    path("sheets/", include("qinghe.edges.sheets.urls")),
    path("api/v1/", api.urls),
    *[path(f"{system.slug}/", include(system.urls)) for system in SYSTEMS],
]
