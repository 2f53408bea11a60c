"""Django's settings, all from the environment; docs/commands.md lists the variables."""

import os
import tempfile
from pathlib import Path

from qinghe.config import databases, environment, logs, signing_in

ROOT = Path(__file__).resolve().parents[3]
QINGHE_DATA = environment.data_folder(root=ROOT)
SYSTEMS = [
    "dashboard",
    "directory",
    "reorganising",
    "merging",
    "rolls",
    "transfers",
    "reconciling",
    "joining",
    "recommending",
    "appraisals",
    "branches",
    "founding",
    "assessments",
    "targets",
    "projects",
    "cadres",
    "pioneers",
    "volunteering",
    "inspections",
    "resources",
    "venues",
    "training",
    "meetings",
    "returns",
    "authority",
    "oversight",
    "privacy",
    "help",
]
REPORTS = [
    "half_year",
    "drafting",
    "issuing",
    "circulars",
]  # a later one may stand on an earlier one

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
    "qinghe.edges.accounts",  # before allauth: its pages take the place of allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.weixin",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_htmx",
    "template_partials",
    "django_filters",
    "django_tables2",
    "crispy_forms",
    "crispy_bootstrap5",
    "qinghe.kernel.audit",
    "qinghe.kernel.secrets",
    "qinghe.kernel.files",
    "qinghe.kernel.orgs",
    "qinghe.kernel.people",
    "qinghe.kernel.consent",
    "qinghe.kernel.notices",
    "qinghe.kernel.access",
    "qinghe.analytics",
    "qinghe.edges.api",
    "qinghe.edges.health",
    "qinghe.edges.hooks",
    "qinghe.edges.jobs",
    "qinghe.edges.sheets",
    "qinghe.edges.web",
    *[f"qinghe.systems.{name}" for name in SYSTEMS],
    *[f"qinghe.reports.{name}" for name in REPORTS],
    "qinghe.demo",
    "qinghe.config",
]

MIDDLEWARE = [
    "qinghe.config.middleware.PatienceMiddleware",  # around the probes too
    "qinghe.edges.health.middleware.WatchMiddleware",  # before all that refuse: it sees them
    "django.middleware.security.SecurityMiddleware",
    "qinghe.config.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",  # outside of those who answer by themselves
    "qinghe.edges.api.middleware.ProblemMiddleware",
    "qinghe.config.middleware.BodyLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qinghe.config.middleware.CrowdMiddleware",  # after the files: they cost less than the refusal saves
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qinghe.config.middleware.AskerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qinghe.edges.web.lagging.WroteMiddleware",
    "qinghe.edges.web.drafts.DraftMiddleware",
    "qinghe.edges.web.middleware.ActorMiddleware",
    "qinghe.edges.accounts.middleware.GuardMiddleware",
    "qinghe.edges.web.middleware.ScopeMiddleware",
    "qinghe.edges.api.middleware.ApiMiddleware",
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
DATABASES = databases.chosen(
    path=QINGHE_DATA / "qinghe.sqlite3",
    test_path=Path(tempfile.gettempdir()) / f"qinghe-test-{os.getpid()}.sqlite3",
    web=environment.flag("QINGHE_WEB"),
)
if databases.READ in DATABASES:
    DATABASE_ROUTERS = ["qinghe.config.databases.Router"]

# Before waiting migrations change a database that has records, a backup is made (bar 11).
QINGHE_BACKUP_FIRST = (
    environment.choice("QINGHE_BACKUP_FIRST", default="yes", among=("yes", "no")) == "yes"
)
QINGHE_MIGRATION_SECONDS = environment.number("QINGHE_MIGRATION_SECONDS", default=60)  # a statement

# A PostgreSQL that may forget what it acknowledged is refused, but for one that is thrown away.
QINGHE_THROWAWAY = environment.flag("QINGHE_THROWAWAY")

# Counters of attempts are shared by all processes, so they live where all processes write.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # fewer, and counters under way are thrown out
    },
    # What each process may keep for itself, because being a minute old does no harm.
    "near": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "near",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Who does the long work: a thread of the serving process, or `manage worker` beside it.
QINGHE_WORKER = environment.choice(
    "QINGHE_WORKER", default="embedded", among=("embedded", "separate")
)

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORM_RENDERER = "qinghe.edges.web.mistakes.Renderer"

# ── Who signs in ─────────────────────────────────────────────────────────────────────────────────

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["qinghe.edges.accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "qinghe.config.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "qinghe.edges.accounts.validators.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "qinghe.edges.accounts.validators.NotCommon"},
    {"NAME": "qinghe.edges.accounts.validators.NotAboutUs"},
]
# 等保 asks staff for mixed characters, a change every 90 days and no old password again; ASVS
# forbids the first two. Off unless an assessment asks for it (docs/adr/0014).
QINGHE_DENGBAO = environment.flag("QINGHE_DENGBAO")
if QINGHE_DENGBAO:
    AUTH_PASSWORD_VALIDATORS += [
        {"NAME": "qinghe.edges.accounts.validators.Mixed"},
        {"NAME": "qinghe.edges.accounts.validators.NotUsedBefore"},
    ]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # of a link at which a password is set, once
QINGHE_SECOND_FACTOR = True  # S-33; only tests of other things switch it off
# From this day on it is also asked below the street (bar 35); none: not yet (docs/adr/0048).
QINGHE_SECOND_FACTOR_BELOW_STREET = environment.day("QINGHE_SECOND_FACTOR_BELOW_STREET")
# Minutes of rest, minutes at all (S-31, bar 36); a session counts by the strictest post held.
QINGHE_SESSION_MINUTES = {
    "counselling": (15, 12 * 60),
    "staff": (30, 12 * 60),
    "field": (12 * 60, 7 * 24 * 60),
    "others": (7 * 24 * 60, 30 * 24 * 60),
}
# A screen that shows these and nothing else rests as long as its session lasts at all (bar 36): what
# is touched there leads to any other page, and to the sign-in.
QINGHE_HANGS_ON_A_WALL = ("/dashboard/wall/",)
ACCOUNT_ADAPTER = "qinghe.edges.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # the backend reads a phone there too
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth checks the setting
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a class
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Bar 33; the last is for whole offices behind one address on the morning of an event.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "120/m/ip"}
MFA_ADAPTER = "qinghe.edges.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "qinghe.edges.accounts.adapters.SocialAdapter"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = signing_in.providers(QINGHE_DATA / "sign-in.json")

# ── What browsers are told ───────────────────────────────────────────────────────────────────────

HTTPS = environment.flag("QINGHE_HTTPS")  # behind a proxy that ends TLS and says so
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# How many proxies of ours stand in front: that many last words of X-Forwarded-For are believed.
TRUSTED_PROXIES = environment.count("QINGHE_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60  # edges/accounts ends sessions long before
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

# Requests a minute of one token, account or address; above it the API answers 429.
API_LIMITS = {"read": 600, "write": 120}

# Where events may be sent beside the public internet: networks of one's own, such as 10.20.0.0/16,
# and whether without TLS.
QINGHE_HOOKS_INSIDE = environment.words("QINGHE_HOOKS_INSIDE", default=[])
QINGHE_HOOKS_HTTP = environment.flag("QINGHE_HOOKS_HTTP")

# A request that waited longer for a thread is refused with 503 (docs/adr/0078).
LONGEST_WAIT_SECONDS = environment.number("QINGHE_LONGEST_WAIT_MS", default=1_500) / 1000

# ── Uploads and files ────────────────────────────────────────────────────────────────────────────

MAX_UPLOAD_BYTES = environment.number("QINGHE_MAX_UPLOAD_MB", default=60) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
MEDIA_ROOT = QINGHE_DATA / "files"

# ── Keys of what is sealed (kernel/secrets); keep them out of the database's backups ─────────────

QINGHE_KEYS = environment.folder("QINGHE_KEYS", default=QINGHE_DATA / "keys")
QINGHE_CIPHER = environment.choice("QINGHE_CIPHER", default="aes", among=("aes", "sm4"))

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

# ── What is sent outside: apprise addresses; "outbox" keeps it in a table for a try-out ───────────

QINGHE_SMTP = os.environ.get("QINGHE_SMTP", "")  # mailtos://user:password@host?from=…&to={to}
QINGHE_SMS = os.environ.get("QINGHE_SMS", "")  # jsons://gateway/path?:phone={to}
QINGHE_WECOM_ROBOT = os.environ.get("QINGHE_WECOM_ROBOT", "")  # wecombot://KEY
QINGHE_DINGTALK_ROBOT = os.environ.get("QINGHE_DINGTALK_ROBOT", "")  # dingtalk://SECRET@TOKEN
QINGHE_ADDRESS = os.environ.get("QINGHE_ADDRESS", "").rstrip("/")  # https://qinghe.example

# ── Log, and what watches (docs/watching.md) ─────────────────────────────────────────────────────

# "json" also writes one line for each request; "line" is for people.
QINGHE_LOG = logs.chosen()
SLOW_STATEMENT_SECONDS = environment.number("QINGHE_SLOW_MS", default=500) / 1000
QINGHE_METRICS_TOKEN = os.environ.get("QINGHE_METRICS_TOKEN", "")  # none: only from this machine
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": logs.FORMATTERS,
    "filters": {"request": {"()": "qinghe.config.middleware.RequestFilter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": QINGHE_LOG,
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "qinghe": {"level": "INFO"},
        "qinghe.requests": {"level": "INFO" if QINGHE_LOG == "json" else "WARNING"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
