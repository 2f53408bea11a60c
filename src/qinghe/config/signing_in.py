"""Reads which other houses may sign people in; none until the file names them.

`QINGHE_DATA/sign-in.json`, readable by the server only; docs/deploy.md shows one.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LABELS = {"dingtalk": "钉钉", "feishu": "飞书", "weixin": "微信", "wecom": "企业微信"}
Said = Mapping[str, str]


def providers(path: Path) -> dict[str, object]:
    """Return allauth's table of providers; empty where there is no file."""
    if not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        table: dict[str, object] = {
            house: {"APP": _app(LABELS[house], said)}
            for house, said in told.items()
            if house != "openid_connect"
        }
        servers = [_server(said) for said in told.get("openid_connect", [])]
    except (json.JSONDecodeError, KeyError, AttributeError, TypeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error!r}.") from error
    return {**table, "openid_connect": {"APPS": servers}} if servers else table


def _app(name: str, said: Said) -> dict[str, object]:
    own = ("client_id", "secret", "name")
    return {
        "name": said.get("name", name),
        "client_id": said["client_id"],
        "secret": said["secret"],
        "settings": {key: value for key, value in said.items() if key not in own},
    }


def _server(said: Said) -> dict[str, object]:
    app = _app("统一身份认证", said)
    settings = {"server_url": said["server_url"], "oauth_pkce_enabled": True}
    return {**app, "provider_id": said["id"], "settings": settings}
