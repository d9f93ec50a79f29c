"""The one settings file. What differs between machines comes from the environment: docs/configuration.md.

With nothing set it is a safe development site on this machine alone; production states everything and
refuses to start half-configured (hertsend.checks).
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from hertsend import logs
from hertsend.checks import refuse_unsafe
from hertsend.enum_names import ENUM_NAMES
from hertsend.environment import Environment, kept_secret
from hertsend.security import content_security_policy, permissions_policy

BASE_DIR = Path(__file__).resolve().parents[1]
ENVIRONMENT = Environment(os.environ, BASE_DIR)

# pytest announces itself by this variable, so tests need nothing set.
HERTSEND_ENVIRONMENT = ENVIRONMENT.choice(
    "HERTSEND_ENVIRONMENT",
    ("development", "test", "production"),
    "test" if "PYTEST_VERSION" in os.environ else "development",
)
PRODUCTION = HERTSEND_ENVIRONMENT == "production"
TESTING = HERTSEND_ENVIRONMENT == "test"

# The embedded database, broker, cache, mail and key of a development site.
DATA_DIR = BASE_DIR / ENVIRONMENT.text("HERTSEND_DATA", "data")

DEBUG = ENVIRONMENT.flag("DEBUG")
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY")
if not SECRET_KEY and not PRODUCTION:
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")

# Addresses -------------------------------------------------------------------------------------------------------

PORT = ENVIRONMENT.number("PORT", 8000)
# Where `manage.py serve` listens; this machine alone unless said otherwise.
HOST = ENVIRONMENT.text("HOST", "127.0.0.1")
# The address in e-mails and exports, never taken from a request.
SITE_ORIGIN = ENVIRONMENT.text(
    "SITE_ORIGIN", "" if PRODUCTION else f"http://127.0.0.1:{PORT}"
).rstrip("/")
ALLOWED_HOSTS = ENVIRONMENT.listed("ALLOWED_HOSTS")
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN] if SITE_ORIGIN else []

# The demonstration -----------------------------------------------------------------------------------------------

HERTSEND_DEMONSTRATION = ENVIRONMENT.flag("HERTSEND_DEMONSTRATION")
# The day that hertsend.dates calls today, or none for the real one.
HERTSEND_CLOCK = ENVIRONMENT.day("HERTSEND_CLOCK")
if HERTSEND_CLOCK and not (HERTSEND_DEMONSTRATION or PRODUCTION):
    raise ImproperlyConfigured(
        "HERTSEND_CLOCK works with HERTSEND_DEMONSTRATION=1 only: set that too, or unset it."
    )

# Applications ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "hertsend.accounts",
    "hertsend.api",
    "hertsend.jobs",
    "hertsend.ui",
    "hertsend.records",
    "hertsend.pages",
    "hertsend.serve",
    "plans",
    "kpis",
    "governance",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # Lets the form renderer find templates of ours and of Django's.
    "django.forms",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "simple_history",
    "django_htmx",
    "django_cotton",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_structlog",
]

# The order matters. simple-history's middleware is absent on purpose: services name the person who acts.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "hertsend.middleware.PublicResponses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "hertsend.middleware.PrivateResponses",
    "hertsend.pages.refusals.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hertsend.pages.refusals.Refusals",
    # Last, so that it sees a refused sign-in first and answers with the lock-out page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hertsend.urls"
WSGI_APPLICATION = "hertsend.wsgi.application"
FORM_RENDERER = "hertsend.ui.forms.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hertsend.pages.context.site",
            ],
        },
    },
]

# Data ------------------------------------------------------------------------------------------------------------

HERTSEND_ALLOW_SQLITE = ENVIRONMENT.flag("HERTSEND_ALLOW_SQLITE")
statement_seconds = ENVIRONMENT.number("HERTSEND_STATEMENT_SECONDS", 30)
DATABASES = {
    "default": ENVIRONMENT.database(
        "DATABASE_URL", DATA_DIR / "hertsend.sqlite3", statement_seconds=statement_seconds
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else ENVIRONMENT.cache("CACHE_URL", DATA_DIR / "cache")
}

# What people hand in: a folder that web and worker share, outside everything that is served.
HERTSEND_FILES_STATED = bool(ENVIRONMENT.text("HERTSEND_FILES"))
HERTSEND_FILES = BASE_DIR / ENVIRONMENT.text("HERTSEND_FILES", str(DATA_DIR / "files"))
FILE_UPLOAD_HANDLERS = ["hertsend.files.uploads.CappedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Time and language -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True

# Sign-in ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    # First: it refuses a locked account before a password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
if TESTING:
    # A strong hash takes a tenth of a second, in each of hundreds of tests.
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=24).total_seconds())

# People are invited by an administrator of their partnership; nobody signs up.
ACCOUNT_ADAPTER = "hertsend.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "hertsend.accounts.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# django-axes locks an account and keeps the record. The limit by address here is against guessing many accounts.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "hertsend"
# An administrator states the address. The package notes it as unverified as soon as a link for a new password is
# made, and would refuse a second factor from then on to whoever never follows that link.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# An organisation's own sign-in, for people who have an account here already.
OIDC_SERVER_URL = ENVIRONMENT.text("OIDC_SERVER_URL")
oidc_client = {
    "provider_id": "organisation",
    "name": ENVIRONMENT.text("OIDC_NAME", "your organisation"),
    "client_id": ENVIRONMENT.text("OIDC_CLIENT_ID"),
    "secret": ENVIRONMENT.text("OIDC_CLIENT_SECRET"),
    "settings": {"server_url": OIDC_SERVER_URL},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [oidc_client] if OIDC_SERVER_URL else []}
}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = bool(OIDC_SERVER_URL)
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = bool(OIDC_SERVER_URL)

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
# Without it axes finds no address in what allauth hands over, and locks a whole office's network at once.
AXES_USERNAME_CALLABLE = "hertsend.accounts.lock.address_typed"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# Protection of the reader ----------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = content_security_policy(secure=PRODUCTION, sign_in=OIDC_SERVER_URL)
PERMISSIONS_POLICY = permissions_policy()
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
HERTSEND_BEHIND_PROXY = ENVIRONMENT.flag("HERTSEND_BEHIND_PROXY")
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    # The prefix makes a browser refuse the cookie from a neighbouring host or over plain HTTP.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # The container's own probes come over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    # Whether a domain goes on the browsers' preload list is for its owner to decide, not for this software.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    if HERTSEND_BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The JSON interface ----------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "hertsend.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["hertsend.api.permissions.HoldsARole"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["hertsend.api.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "hertsend.api.pagination.PlanPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "hertsend.api.exceptions.handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"TOKEN_TTL": timedelta(days=90), "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "hertsend",
    "DESCRIPTION": "A local area's SEND improvement plan: areas, actions, milestones and their updates.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["hertsend.api.permissions.HoldsARole"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    **dict.fromkeys(("SWAGGER_UI_DIST", "SWAGGER_UI_FAVICON_HREF", "REDOC_DIST"), "SIDECAR"),
}

# Jobs ------------------------------------------------------------------------------------------------------------

broker_folder = DATA_DIR / "broker"
CELERY_BROKER_URL = ENVIRONMENT.text(
    "CELERY_BROKER_URL", "memory://" if TESTING else "filesystem://localhost"
)
# A broker that is away or hangs is given up soon: somebody's save waits for it, and the sweeper asks again.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    **dict.fromkeys(("socket_connect_timeout", "socket_timeout"), 5),
    "max_retries": 0,
}
if CELERY_BROKER_URL.startswith("filesystem"):
    for folder in (broker_folder / "messages", broker_folder / "control"):
        folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        **dict.fromkeys(("data_folder_in", "data_folder_out"), str(broker_folder / "messages")),
        "control_folder": str(broker_folder / "control"),
        "polling_interval": 0.1,
    }
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 540, 600
# With the broker down a save must not wait: the job's row is there, and the sweeper finds it.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = ENVIRONMENT.flag("HERTSEND_EAGER")
if CELERY_TASK_ALWAYS_EAGER and HERTSEND_ENVIRONMENT == "development":
    raise ImproperlyConfigured(
        "HERTSEND_EAGER is for tests only: unset it; `make run` starts a worker."
    )

# E-mail ----------------------------------------------------------------------------------------------------------

mail = ENVIRONMENT.mail("EMAIL_URL", DATA_DIR / "mail")
EMAIL_BACKEND = mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = mail.get("EMAIL_FILE_PATH") or None
EMAIL_HOST = mail.get("EMAIL_HOST", "localhost")
EMAIL_PORT = mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
# Where EMAIL_URL names GOV.UK Notify.
NOTIFY_ADDRESS, NOTIFY_SERVICE, NOTIFY_SECRET, NOTIFY_TEMPLATE = (
    mail.get(f"NOTIFY_{name}", "") for name in ("ADDRESS", "SERVICE", "SECRET", "TEMPLATE")
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.text(
    "HERTSEND_MAIL_FROM", f"no-reply@{urlsplit(SITE_ORIGIN).hostname or 'localhost'}"
)

# Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": {
            "production": "whitenoise.storage.CompressedManifestStaticFilesStorage",
            "development": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            "test": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }["development" if DEBUG and not PRODUCTION else HERTSEND_ENVIRONMENT]
    },
}
if not PRODUCTION:
    STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_AUTOREFRESH = TESTING or DEBUG  # a test's client would look through all files first

# Logging ---------------------------------------------------------------------------------------------------------

LOGGING = logs.configure(
    form=ENVIRONMENT.choice(
        "HERTSEND_LOG_FORMAT", ("json", "console"), "json" if PRODUCTION else "console"
    ),
    level=ENVIRONMENT.choice(
        "HERTSEND_LOG_LEVEL",
        ("DEBUG", "INFO", "WARNING", "ERROR"),
        "INFO" if PRODUCTION else "WARNING",
    ),
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

if PRODUCTION:
    refuse_unsafe(globals())
