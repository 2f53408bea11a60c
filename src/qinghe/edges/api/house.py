"""The API as a whole: who comes in, what is mounted, how it describes itself."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer, SessionAuth

from qinghe.edges.system import System

from . import errors, once

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "拒绝的种类，如 /problems/not_allowed"},
        "title": {"type": "string", "description": "一句话：发生了什么，保留了什么，怎么办"},
        "status": {"type": "integer"},
    },
}
KEY = {
    "in": "header",
    "name": once.HEADER,
    "required": False,
    "description": "同一键、同一内容的请求只办理一次，31 天内重发得到同样的答复",
    "schema": {"type": "string", "maxLength": once.LONGEST_KEY},
}


class TokenAuth(HttpBearer):
    """A token of an account; ApiMiddleware has looked at it before."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the account of a request that came by a good token."""
        user = request.user
        return user if getattr(request, "by_token", False) and isinstance(user, User) else None


class Api(NinjaAPI):
    """Describes, for every operation, how it refuses, and how a POST is done once."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None
    ) -> OpenAPISchema:
        """Return the description with what holds for all operations."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        refusal = {"$ref": "#/components/schemas/Problem"}
        for path in schema["paths"].values():
            for method, operation in path.items():
                operation["responses"] = {
                    **{str(status): told for status, told in operation["responses"].items()},
                    "default": {
                        "description": "不予办理",
                        "content": {errors.MEDIA_TYPE: {"schema": refusal}},
                    },
                }
                if method == "post":
                    operation["parameters"] = [*operation.get("parameters", []), KEY]
        return schema


def build(systems: Iterable[System]) -> Api:
    """Return the API of the installed systems.

    By a token, or by the session cookie and so with a CSRF token on whatever changes something.
    Its description is docs/generated/openapi.json; no page of it is served.
    """
    api = Api(
        title="青禾 Qinghe",
        version="1",
        urls_namespace="api",
        auth=[TokenAuth(), SessionAuth()],
        docs_url=None,
        openapi_url=None,
    )
    errors.install(api)
    for system in systems:
        if system.router:
            api.add_router(f"/{system.slug}", system.router)
    return api
