"""Where everything is mounted."""

from django.urls import include, path
from ninja import NinjaAPI
from ninja.security import django_auth

from qinghe.config.systems import SYSTEMS
from qinghe.edges.api import errors

# Signed in by the session cookie, and so with a CSRF token on whatever changes something. Its
# description is docs/generated/openapi.json; no page of it is served.
api = NinjaAPI(
    title="青禾 Qinghe",
    version="1",
    urls_namespace="api",
    auth=django_auth,
    docs_url=None,
    openapi_url=None,
)
errors.install(api)
for system in SYSTEMS:
    if system.router:
        api.add_router(f"/{system.slug}", system.router)

urlpatterns = [
    path("", include("qinghe.edges.web.urls")),
    path("", include("qinghe.demo.urls")),
    path("", include("qinghe.reports.half_year.urls")),
    path("sheets/", include("qinghe.edges.sheets.urls")),
    path("api/v1/", api.urls),
    *[path(f"{system.slug}/", include(system.urls)) for system in SYSTEMS],
]
