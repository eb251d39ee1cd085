"""Settings, from the environment alone. deploy/README.md lists every variable; nothing else configures Tashih."""

from datetime import time
from typing import Any

from csp.constants import NONE, SELF

from newsroom.config import environment
from newsroom.config.databases import default_database
from newsroom.config.environment import PROJECT, read
from newsroom.config.schedule import SCHEDULE
from newsroom.config.staff_settings import *  # noqa: F403  - a part of the settings

DEMO = environment.demo
DEBUG = read.bool("DEBUG", default=False)
BASE_DIR = PROJECT
DATA_DIR = environment.data_directory

# --- secrets -----------------------------------------------------------------------------------------------
SECRET_KEY = environment.secret("SECRET_KEY")
#: Key of every keyed hash we store: receipts, link and API tokens, submissions, addresses, one-day source keys.
HASHING_KEY = environment.secret("HASHING_KEY").encode()
#: Long secret texts, comma-separated; the first seals, all unseal. They never lie in the database.
SEALING_KEYS = [environment.sealing_key(part) for part in environment.secret("SEALING_SECRETS").split(",") if part]

# --- where we are ------------------------------------------------------------------------------------------
SITE_URL: str = read.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_NAMES: dict[str, str] = {
    "ar": read.str("SITE_NAME_AR", default="صحيفة المثال"),
    "en": read.str("SITE_NAME_EN", default="The Example"),
}
DESK_ADDRESS = read.str("DESK_ADDRESS", default="desk@example.org")
ALLOWED_HOSTS = read.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []
#: How many proxies of ours stand before the application; only their entries of X-Forwarded-For are believed.
TRUSTED_PROXIES = read.int("TRUSTED_PROXIES", default=0)
WEB_PROCESSES = read.int("WEB_PROCESSES", default=1)
WEB_THREADS = read.int("WEB_THREADS", default=8)
#: Hosts that share the database; SQLite is refused for more than one.
WEB_HOSTS = read.int("WEB_HOSTS", default=1)

ROOT_URLCONF = "newsroom.config.urls"
WSGI_APPLICATION = "newsroom.config.wsgi.application"
AUTH_USER_MODEL = "newsroom.StaffMember"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "desk:sign_in"
SECOND_FACTOR_URL = "desk:account"
PASSWORD_URL = "desk:password"  # noqa: S105 - the name of a page
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "desk:sign_in"

INSTALLED_APPS = [
    "newsroom.config.apps.CompositionConfig",
    "newsroom.config.administration.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "newsroom.apps.NewsroomConfig",
    "corrections.apps.CorrectionsConfig",
]

MIDDLEWARE = [
    "newsroom.config.middleware.SettingsOfTheRequest",
    "newsroom.config.middleware.HeadWithoutBody",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.config.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "newsroom.config.middleware.BadRequestText",
    "newsroom.config.middleware.RequestSize",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.config.session_limits.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.config.context.site",
            ],
        },
    },
]
FORM_RENDERER = "newsroom.config.forms.TashihRenderer"

# --- database ----------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {"default": default_database()}

# Nothing in the request path may wait for another server, so limits live in the database (corrections.domain.abuse)
# and the cache stays inside the process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- sessions, cookies, headers ----------------------------------------------------------------------------
SECURE = SITE_URL.startswith("https://")
SESSION_ENGINE = "django.contrib.sessions.backends.db"
#: newsroom.sessions ends a session of the staff earlier: after twelve hours, or when it is left alone. So it is still
#: known whose it was, and what they had just written is kept for them.
SESSION_COOKIE_AGE = 13 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
#: When a page was last opened (newsroom.sessions).
SEEN_COOKIE_NAME = "__Host-seen" if SECURE else "seen"
#: Who has signed in on a device before (newsroom.known_devices).
DEVICE_COOKIE_NAME = "__Host-device" if SECURE else "device"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.config.errors.form_expired"
SECURE_SSL_REDIRECT = read.bool("SSL_REDIRECT", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# The decision page has a field for each paragraph of an article.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# --- languages and time ------------------------------------------------------------------------------------
LANGUAGE_CODE = "ar"
#: Only complete catalogues: Django falls back to Arabic, which a reader of another language must never meet.
LANGUAGES = [("ar", "العربية"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [PROJECT / "newsroom/locale_overlays/levantine", PROJECT / "newsroom/locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_TZ = True
TIME_ZONE = read.str("SITE_TIME_ZONE", default="Asia/Damascus")
#: The working week that the first migration writes down; afterwards administrators keep it in the database.
#: Weekend as Python weekday numbers (Monday 0): Friday and Saturday in the Arabic Levant.
SITE_WEEKEND = frozenset(int(day) for day in read.list("SITE_WEEKEND", default=["4", "5"]))
SITE_CLOSES_AT = time.fromisoformat(read.str("SITE_CLOSES_AT", default="17:00"))
#: The country whose holidays are proposed to administrators (ISO code); none is taken over unseen.
SITE_COUNTRY = read.str("SITE_COUNTRY", default="SY")
#: Its name on the pages.
SITE_COUNTRY_NAMES: dict[str, str] = {
    "ar": read.str("SITE_COUNTRY_NAME_AR", default="سوريا" if SITE_COUNTRY == "SY" else SITE_COUNTRY),
    "en": read.str("SITE_COUNTRY_NAME_EN", default="Syria" if SITE_COUNTRY == "SY" else SITE_COUNTRY),
}

# --- files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = read.str("STATIC_ROOT", default="") or None
#: Files with hashed names need a collected folder; without one (demonstration, tests) the finders serve them.
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
#: Files that readers send as evidence: outside everything that is served, readable by this account alone.
STORAGES["evidence"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": DATA_DIR / "evidence",
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
#: Nothing that is uploaded touches the disk before it is clean, and nothing beyond what its address takes is kept.
FILE_UPLOAD_HANDLERS = ["newsroom.config.uploads.BoundedUpload"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

# --- mail --------------------------------------------------------------------------------------------------
if DEMO:
    EMAIL_BACKEND = "newsroom.config.mailbox.MailboxBackend"
else:
    _mail = read.email_url("EMAIL_URL", default="smtp://localhost:25")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read.str("MAIL_FROM", default=DESK_ADDRESS)
MAILBOX_DIR = DATA_DIR / "mailbox"

# --- telling people ----------------------------------------------------------------------------------------
#: Seconds a sender may hold one outbox row; longer than any one mail can take (EMAIL_TIMEOUT bounds each step).
DELIVERY_LEASE_SECONDS = read.int("DELIVERY_LEASE_SECONDS", default=30)
#: Seconds between two looks for rows that nobody was woken for.
DELIVERY_POLL_SECONDS = read.float("DELIVERY_POLL_SECONDS", default=2.0)
#: Seconds that a letter waits which the desk causes: so long it can be undone.
DELIVERY_HOLD_SECONDS = read.int("DELIVERY_HOLD_SECONDS", default=15)
SENT_JOURNAL_DIR = DATA_DIR / "sent"

CELERY_BROKER_URL = read.str("BROKER_URL", default="memory://localhost/")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long the broker is away: a worker that gave up would end its polling of the outbox too.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # How often the in-process broker looks at its queue: throughput is prefetch divided by this interval.
    {"polling_interval": 0.05}
    if environment.memory_broker(CELERY_BROKER_URL)
    # A frozen broker must not hold a publisher or a consumer for long.
    else {"socket_timeout": 5, "socket_connect_timeout": 2, "retry_on_timeout": False}
)
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_CONCURRENCY = read.int("WORKER_THREADS", default=4)
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- what we promise (printed on the pages from here and from the procedures) --------------------------------
#: Days after closing until a reader's name and address are erased.
IDENTITY_KEPT_DAYS = read.int("IDENTITY_KEPT_DAYS", default=90)
#: Days for which what an editor has typed and not sent is kept, since it was last touched.
DRAFTS_KEPT_DAYS = read.int("DRAFTS_KEPT_DAYS", default=30)
#: Working days after which a case whose owner does nothing on it is nobody's again.
CLAIM_HOLDS_WORKING_DAYS = read.int("CLAIM_HOLDS_WORKING_DAYS", default=2)
#: The hour of the site's clock at which the daily and weekly mails about saved views are written.
DIGEST_HOUR = read.int("DIGEST_HOUR", default=7)
#: Seconds for which somebody counts as being at a case since the browser last said so; it says so three times as often.
PRESENCE_SECONDS = read.int("PRESENCE_SECONDS", default=45)
#: Files that a reader may add to one report, and the megabytes (1,048,576 bytes) that each may have.
EVIDENCE_FILES = read.int("EVIDENCE_FILES", default=3)
EVIDENCE_MEGABYTES = read.int("EVIDENCE_MEGABYTES", default=5)
#: Whether somebody really looks at reports about people's safety at every hour; only then the pages say so.
SAFETY_WATCHED_AT_NIGHT = read.bool("SAFETY_WATCHED_AT_NIGHT", default=False)

#: Where to go with what is no complaint about the newsroom's work. What is not set is not printed.
EMERGENCY_NUMBERS = read.str("EMERGENCY_NUMBERS", default="")
ADVERTISING_ADDRESS = read.str("ADVERTISING_ADDRESS", default="")
COMMENTS_ADDRESS = read.str("COMMENTS_ADDRESS", default="")
LEGAL_ADDRESS = read.str("LEGAL_ADDRESS", default="")
#: Where "Leave quickly" leads, on the pages of complaints about safety or privacy; the front page where not set.
QUICK_LEAVE_ADDRESS = read.str("QUICK_LEAVE_ADDRESS", default="")

#: Reports that one network (/24 or /48) may send in an hour; a network may be a whole town's.
SUBMISSIONS_PER_HOUR = read.int("SUBMISSIONS_PER_HOUR", default=60)

# --- interface for machines --------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["corrections.api.parsers.BoundedJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "corrections.api.problems.as_problem",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tashih",
    "DESCRIPTION": "Corrections and complaints of a newsroom: submit and follow a case, read articles and notices, "
    "work on the desk.",
    "VERSION": "1",
    # Its shapes are plain JSON Schema, so that any validator reads them.
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Names for sets of words that several fields of one name would otherwise quarrel about.
    "ENUM_NAME_OVERRIDES": {
        "CaseKindEnum": "corrections.enums.Kind",
        "NoticeKindEnum": "corrections.enums.NoticeKind",
        "LanguageEnum": "newsroom.models.languages.Language",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_readers": {"()": "newsroom.config.logs.WithoutReaders"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_readers"]},
    },
    "root": {"handlers": ["console"], "level": read.str("LOG_LEVEL", default="WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["security.W021", "models.W040"]  # HSTS preload binds for years; SQLite's indexes are plain.
