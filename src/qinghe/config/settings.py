"""Django's settings, all from the environment; docs/commands.md lists the variables."""

import os
import tempfile
from pathlib import Path

from qinghe.config import environment

ROOT = Path(__file__).resolve().parents[3]
QINGHE_DATA = environment.data_folder(root=ROOT)
SYSTEMS = ["dashboard", "directory", "volunteering"]

DEBUG = environment.flag("QINGHE_DEBUG")
SECRET_KEY = environment.secret_key(folder=QINGHE_DATA)
ALLOWED_HOSTS = environment.words("QINGHE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WSGI_APPLICATION = "qinghe.config.wsgi.application"
ROOT_URLCONF = "qinghe.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "template_partials",
    "django_filters",
    "django_tables2",
    "crispy_forms",
    "crispy_bootstrap5",
    "qinghe.kernel.audit",
    "qinghe.kernel.files",
    "qinghe.kernel.orgs",
    "qinghe.kernel.people",
    "qinghe.kernel.access",
    "qinghe.analytics",
    "qinghe.edges.sheets",
    "qinghe.edges.web",
    *[f"qinghe.systems.{name}" for name in SYSTEMS],
    "qinghe.reports.half_year",
    "qinghe.demo",
    "qinghe.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "qinghe.config.middleware.BodyLimitMiddleware",
    "qinghe.config.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qinghe.edges.web.middleware.ActorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = "全部"
DJANGO_TABLES2_TEMPLATE = "django_tables2/bootstrap5.html"

# No ATOMIC_REQUESTS: on SQLite each transaction takes the one write lock, and pages only read.
DATABASES = {
    "default": (
        environment.postgresql(os.environ["DATABASE_URL"], web=environment.flag("QINGHE_WEB"))
        if os.environ.get("DATABASE_URL")
        else environment.sqlite(
            path=QINGHE_DATA / "qinghe.sqlite3",
            test_path=Path(tempfile.gettempdir()) / f"qinghe-test-{os.getpid()}.sqlite3",
        )
    ),
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# ── Who signs in ─────────────────────────────────────────────────────────────────────────────────

LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "qinghe.config.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ── What browsers are told ───────────────────────────────────────────────────────────────────────

HTTPS = environment.flag("QINGHE_HTTPS")  # behind a proxy that ends TLS and says so
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "qinghe.edges.web.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = environment.words("QINGHE_ORIGINS", default=[])
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
# The host is one name among a city's: neither its parent's other names nor the browsers' built-in
# list are ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# ── Uploads and files ────────────────────────────────────────────────────────────────────────────

MAX_UPLOAD_BYTES = environment.number("QINGHE_MAX_UPLOAD_MB", default=60) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_ROOT = QINGHE_DATA / "files"

# `./qinghe serve` collects, names by content and compresses; elsewhere files come from their apps.
COLLECTED = environment.flag("QINGHE_COLLECTED")
STATIC_URL = "/static/"
STATIC_ROOT = QINGHE_DATA / "static"
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if COLLECTED
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}

# ── Log ──────────────────────────────────────────────────────────────────────────────────────────

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "qinghe": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
