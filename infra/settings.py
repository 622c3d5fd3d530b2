"""The one settings file: everything that differs between machines comes from the environment."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from infra.ground import env, mail
from infra.ground.log.config import logging_config

# Forms and querysets may be written with their model: forms.ModelForm[Mast].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = Path(env.text("LOCAL_DIR", str(BASE_DIR / ".local")))

SECRET_KEY = env.text("DJANGO_SECRET_KEY")
DEBUG = env.boolean("DJANGO_DEBUG", default=False)
DEMO_MODE = env.boolean("DEMO_MODE", default=False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "infra",
    "sites",
    "undergrounding",
    "infra.people.access.admin_config.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.gis",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "leaflet",
    "pgtrigger",
    "pghistory",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
]

MIDDLEWARE = [
    "infra.ground.log.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "infra.web.delivery.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "infra.people.accounts.middleware.DemoOnlyAtHomeMiddleware",
    "infra.map.express.ExpressTileMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "infra.web.shell.middleware.ChosenLanguageMiddleware",
    "infra.web.shell.unkeepable.UnkeepableTextMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "infra.people.accounts.middleware.SecondFactorMiddleware",
    "infra.people.accounts.devices.KnownDeviceMiddleware",
    "infra.work.history.middleware.HistoryMiddleware",
    "infra.web.shell.middleware.ProblemMiddleware",
]

ROOT_URLCONF = "infra.urls"
WSGI_APPLICATION = "infra.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "accounts": "infra.web.tags.accounts",
                "administration": "infra.web.tags.administration",
                "bundles": "infra.web.tags.bundles",
                "dossiers": "infra.web.tags.dossiers",
                "files": "infra.web.tags.files",
                "formats": "infra.web.tags.formats",
                "shell": "infra.web.tags.shell",
                "workflow": "infra.web.tags.workflow",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "infra.web.shell.context.shell",
            ],
        },
    },
]

# The owner of the tables migrates and tests; the application signs in as a role of its own.
AS_OWNER = env.boolean("DATABASE_AS_OWNER", default=False)
OWNER_URL_SET = bool(env.text("MIGRATE_DATABASE_URL", ""))
DATABASES = {
    "default": env.database(
        "MIGRATE_DATABASE_URL" if AS_OWNER and OWNER_URL_SET else "DATABASE_URL"
    )
}
DATABASE_APPLICATION_ROLE = env.application_role()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits must hold across processes, so the cache is the database, never a process's memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "infra_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "infra.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "infra.people.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Trạm & Tuyến: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
# For codes of the second factor only; passwords are bounded by infra.people.accounts.throttle.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "20/m/ip,5/5m/key"}
# How many proxies stand before us: decides which address the sign-in limits count.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "infra.people.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Trạm & Tuyến"
MFA_TOTP_TOLERANCE = 1
# Second-factor secrets lie encrypted in the database; a key of its own outlives a new SECRET_KEY.
MFA_ENCRYPTION_KEY = env.text("MFA_ENCRYPTION_KEY", "") or SECRET_KEY
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["infra.web.formats"]
# Thousands are parted by the filters of `formats`, never in an address, a year or a data attribute.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
ASSETS_DIR = LOCAL_DIR / "assets"
STATICFILES_DIRS = [ASSETS_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "infra.web.delivery.static_files.KeptForGoodStorage"},
}
# Named by their content, by collectstatic or by esbuild: such a file never changes.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/build/chunks/[^/]+$|\.[0-9a-f]{12}\.\w+$"
HEALTH_MIN_FREE_MB = env.integer("HEALTH_MIN_FREE_MB", default=500)
MEDIA_ROOT = LOCAL_DIR / "files"  # outside the web root: no URL serves it directly
UPLOAD_LIMIT_MB = env.integer("UPLOAD_LIMIT_MB", default=50)
# The office's register gives numbers; our own only where there is none, and in the demo.
OWN_DOCUMENT_NUMBERS = env.boolean("OWN_DOCUMENT_NUMBERS", default=DEMO_MODE)

EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_BACKEND = mail.backend_for(env.text("EMAIL_BACKEND", ""), EMAIL_HOST)
EMAIL_PORT = env.integer("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "tram-tuyen@localhost")

CONTENT_SECURITY_POLICY: dict[str, dict[str, list[object]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# Only behind a proxy of ours may a header say that the person came by TLS; there everybody must,
# but for the health check, which asks from inside.
SECURE_HSTS_SECONDS = env.integer(
    "HSTS_SECONDS", default=365 * 24 * 60 * 60 if ALLAUTH_TRUSTED_PROXY_COUNT else 0
)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^healthz$"]
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not (DEBUG or DEMO_MODE)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "infra.web.shell.errors.csrf_failure"
EMAIL_TIMEOUT = 10

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# An online base map is the office's own choice; without one nothing is asked of the internet.
ONLINE_BASEMAP_URL = env.text("ONLINE_BASEMAP_URL", "")
ONLINE_BASEMAP_ATTRIBUTION = env.text("ONLINE_BASEMAP_ATTRIBUTION", "")
if ONLINE_BASEMAP_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(env.origin(ONLINE_BASEMAP_URL))
LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False}

# One statement for a page, and one for an export; commands and the worker have no limit.
WEB_STATEMENT_SECONDS = env.integer("WEB_STATEMENT_SECONDS", default=20)
EXPORT_STATEMENT_SECONDS = env.integer("EXPORT_STATEMENT_SECONDS", default=300)
SLOW_QUERY_MS = env.integer("SLOW_QUERY_MS", default=500)
LOGGING = logging_config(
    env.text("LOG_LEVEL", "INFO"),
    secrets=[
        SECRET_KEY,
        MFA_ENCRYPTION_KEY,
        EMAIL_HOST_PASSWORD,
        str(DATABASES["default"]["PASSWORD"]),
    ],
)

PGHISTORY_APPEND_ONLY = True
# GDAL never opens what somebody sent (infra/exchange uses its own, in a limited subprocess).
SILENCED_SYSTEM_CHECKS = ["gis.W001", "staticfiles.W004"]
