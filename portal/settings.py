"""One settings file, driven by the environment. Every default runs the portal with nothing installed.

The variables and what each is for stand in `docs/operations.md`.
"""

import hashlib
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ROOT = Path(__file__).resolve().parent.parent
VAR = Path(env("VAR_DIR", default=str(ROOT / "var")))

DEBUG = env.bool("DEBUG", default=False)
# Without SECRET_KEY: the key that the first `run` made for this checkout, else one that everybody knows.
KEY_FILE = VAR / "secret.key"
KNOWN_KEY = "embedded-default-change-me-before-anybody-else-can-reach-this"
SECRET_KEY = env("SECRET_KEY", default="") or (KEY_FILE.read_text().strip() if KEY_FILE.is_file() else KNOWN_KEY)
if SECRET_KEY == KNOWN_KEY and not env("DATABASE_URL", default="sqlite").startswith("sqlite"):
    raise ImproperlyConfigured("DATABASE_URL is set: set SECRET_KEY and FIELD_KEY too (docs/operations.md).")
FIELD_KEY = env("FIELD_KEY", default="") or hashlib.sha256(SECRET_KEY.encode()).hexdigest()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_NAME = env("SITE_NAME", default="社区社会组织登记备案平台")
CONTACT = env("CONTACT", default="")
PUBLIC_URL = env("PUBLIC_URL", default="")

INSTALLED_APPS = [
    "portal",
    "registry",
    "filings",
    "supervision",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.middleware.IdleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.FreshMiddleware",
    "portal.middleware.RefusalMiddleware",
    "portal.api.middleware.ApiMiddleware",
    "registry.middleware.ContactMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
                "registry.context.frame",
            ]
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

PROXIES = env.int("PROXIES", default=0)  # how many of our own proxies stand in front

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"options": "-c jit=off"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "portal.api.secrets.QuickHasher",  # of clients' keys alone
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]  # an address has its own limit: portal.views.SignIn
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "portal.limits.address"
AXES_LOCKOUT_TEMPLATE = "portal/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
LOGIN_URL = "portal:login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"
SESSION_COOKIE_AGE = 12 * 3600
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("CACHE_URL")}
    if env("CACHE_URL", default="")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static", *([("vendor", VAR / "vendor")] if (VAR / "vendor").is_dir() else [])]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR / "media"
FONT_DIR = VAR / "fonts"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

REDIS_URL = env("REDIS_URL", default="")
SPOOL = VAR / "spool"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
CELERY_RESULT_BACKEND = REDIS_URL or None
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 300}
    if REDIS_URL
    else {
        "data_folder_in": str(SPOOL / "queue"),
        "data_folder_out": str(SPOOL / "queue"),
        "control_folder": str(SPOOL / "control"),
        "processed_folder": str(SPOOL / "processed"),
        "store_processed": False,
    }
)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 240 if REDIS_URL else None
CELERY_TASK_SOFT_TIME_LIMIT = 200 if REDIS_URL else None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE

# Messages leave the house by e-mail and SMS; by default both are written into folders only this account may read.
MAIL_FOLDER, SMS_FOLDER = VAR / "mail", VAR / "sms"
vars().update(env.email_url_config(env("EMAIL_URL", default="") or f"filemail:///{MAIL_FOLDER}"))
MAIL_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default="") or "portal@localhost"
SMS_PORT = env("SMS_PORT", default="") or "registry.messages.ports.FileSms"

# Code that the ground floor must reach but may not import: named here, looked up when needed.
HOME_PANEL = "registry.casework.desk.panel"
CASE_KINDS = ["filings.kinds", "registry.registration.kinds"]
HEALTH_CHECKS = [
    "registry.casework.outbox.oldest_undelivered",
    "registry.messages.sending.oldest_unsent",
    "registry.webhooks.feed.oldest_unnumbered",
    "registry.webhooks.sending.health",
    "registry.exchange.sending.oldest_unpushed",
    "supervision.health.last_night",
    "supervision.health.kept_counts",
]
# An act that changes divisions carries and shows what upper floors keep at a place, too.
PLACE_ACT_HANDS = ["filings.handing.hand_on", "supervision.handing.hand_on"]
PLACE_ACT_PREVIEWS = ["filings.handing.preview", "supervision.handing.preview"]

# --- the API ---------------------------------------------------------------------------------------------------------
API_PUBLIC_PER_MINUTE = env.int("API_PUBLIC_PER_MINUTE", default=60)  # for each address, without a key
API_TOKENS_PER_MINUTE = env.int("API_TOKENS_PER_MINUTE", default=60)  # tokens asked for by one address
API_KEEP_ANSWERS_HOURS = env.int("API_KEEP_ANSWERS_HOURS", default=72)  # how long an Idempotency-Key is remembered
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["portal.api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.rendering.Shallow", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "portal.api.rendering.Always",
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.api.callers.BearerToken"],
    "DEFAULT_SCHEMA_CLASS": "portal.api.schema.operations.Schema",
    "EXCEPTION_HANDLER": "portal.api.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "社区社会组织登记备案接口",
    "DESCRIPTION": "怎样接入见 docs/api/README.md 和 /api/v1/docs/。出错一律是 application/problem+json；"
    "系统出错是 500，数据库正忙是 503，用同一个 Idempotency-Key 原样重发是安全的。",
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "PATH_CONVERTER_OVERRIDES": {
        "number": {"type": "integer", "format": "int64", "minimum": 0, "maximum": 10**18 - 1},
        "code": {"type": "string", "pattern": "^[0-9]{12}$"},
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enum_id_removal",
        "portal.api.schema.whole.complete",
    ],
}
API_EVENT_TYPES = "registry.events.TYPES"
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "registry.api.grants.GrantedScopes",
    "OAUTH2_VALIDATOR_CLASS": "portal.api.tokens.InForce",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "CLIENT_SECRET_HASHER": "pbkdf2_quick",
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",  # client credentials and nothing else
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,  # only checksums of tokens are kept
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
}
# Lists of the API that can be taken away in bulk (registry.exports), by the name they are asked for.
EXPORTED = {
    "organisations": "registry.api.exported.ORGANISATIONS",
    "cases": "registry.api.exported.CASES",
    "judgements": "supervision.api.exported.JUDGEMENTS",
}
# Outgoing requests go to public addresses; those of our own network that are meant are named here (hosts or CIDR).
OUTBOUND_ALLOWED = env.list("OUTBOUND_ALLOWED", default=[])
# 政务服务 platforms records are pushed to: mapping files by name, each with its address and secret (docs/platforms.md).
PLATFORM_FOLDER = env("PLATFORM_FOLDER", default="") or str(ROOT / "fixtures" / "platforms")
PLATFORMS = {
    name: {"url": env(f"PLATFORM_{name.upper()}_URL"), "secret": env(f"PLATFORM_{name.upper()}_SECRET")}
    for name in env.list("PLATFORMS", default=[])
}
# Unified identity: whose signed word is believed (its public key, JWK or PEM), and who we are to it.
IDENTITY_KEY, IDENTITY_ISSUER = env("IDENTITY_KEY", default=""), env("IDENTITY_ISSUER", default="")
IDENTITY_AUDIENCE = env("IDENTITY_AUDIENCE", default="")
# Electronic certificates: where catalogue records and papers are put for a platform (its mapping file), signed.
ECERTIFICATE_FOLDER = env("ECERTIFICATE_FOLDER", default="")
ECERTIFICATE_PLATFORM = env("ECERTIFICATE_PLATFORM", default="")
ECERTIFICATE_KEY = env("ECERTIFICATE_KEY", default="")
ECERTIFICATE_PORT = env("ECERTIFICATE_PORT", default="") or "registry.exchange.ecertificate.Folder"
WEBHOOK_GIVE_UP_HOURS = env.int("WEBHOOK_GIVE_UP_HOURS", default=120)
EVENT_KEEP_DAYS = env.int("EVENT_KEEP_DAYS", default=90)
SANDBOX = env.bool("SANDBOX", default=False)  # desks answer by themselves, always the same: for trying out, never live
if SANDBOX and (env("EMAIL_URL", default="") or env("SMS_PORT", default="")):
    raise ImproperlyConfigured("SANDBOX is for trying out: it sends nobody mail or SMS, unset EMAIL_URL and SMS_PORT.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
