"""Every setting, from the environment. README.md holds the table of them."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from fiksreg.databases import pools
from fiksreg.environment import (
    Environment,
    address,
    authorization_details,
    broker,
    chosen,
    database,
    doors,
    env,
    environment,
    flag,
    key,
    keys,
    mail_server,
    master_keys,
    networks,
    organisation_number,
    origin,
    pem,
    positive,
    positive_or_none,
    require,
    require_one,
    trial_address,
)
from fiksreg.logging import LEVELS, logging_config
from fiksreg.patience import DEAD_SERVER, session_options
from roles.login.profiles import PROFILES

ENVIRONMENT = environment()
PRODUCTION = ENVIRONMENT is Environment.PRODUCTION
BASE_DIR = Path(__file__).resolve().parent.parent

require(
    "SECRET_KEY",
    "FIKSREG_MASTER_KEYS",
    "DATABASE_URL",
    "REDIS_URL",
    "ALLOWED_HOSTS",
    "FIKSREG_BASE_URL",
    "FIKSREG_FILES_DIR",
    "OIDC_ISSUER",
    "OIDC_AUTHORIZATION_ENDPOINT",
    "OIDC_TOKEN_ENDPOINT",
    "OIDC_JWKS_ENDPOINT",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "MASKINPORTEN_CLIENT_ID",
    "MASKINPORTEN_PRIVATE_KEY",
)

# --- Secrets and addresses ---
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
FIKSREG_MASTER_KEYS = master_keys("FIKSREG_MASTER_KEYS")
FIKSREG_BASE_URL = address("FIKSREG_BASE_URL").rstrip("/")
FIKSREG_FILES_DIR = Path(env.str("FIKSREG_FILES_DIR"))
FIKSREG_CHECKPOINT_KEY = key("FIKSREG_CHECKPOINT_KEY")  # only the clock process has it
FIKSREG_CHECKPOINT_PUBLIC_KEYS = keys("FIKSREG_CHECKPOINT_PUBLIC_KEYS")
FIKSREG_CHECKPOINT_FILE = env.str("FIKSREG_CHECKPOINT_FILE", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")

# --- Applications ---
INSTALLED_APPS = [
    "fiksreg.apps.FiksregConfig",
    "roles",
    "roles.audit",
    "lookup",
    "citizenlists",
    "fiksreg.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "fiksreg.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",  # before every middleware that may answer, so that every answer has the policy
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fiksreg.readable.ReadableRequestMiddleware",
    "fiksreg.doorlimits.DoorLimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "roles.login.visitors.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fiksreg.middleware.LanguageMiddleware",
    "fiksreg.middleware.SessionLimitsMiddleware",
    "fiksreg.middleware.SessionEndedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fiksreg.prefetch.NoPrefetchMiddleware",
    "lookup.addressbar.AddressMiddleware",
    "fiksreg.middleware.ErrorPagesMiddleware",
    "fiksreg.streaming.LetGoWhileStreamingMiddleware",
]
ROOT_URLCONF = "fiksreg.urls"
WSGI_APPLICATION = "fiksreg.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our widgets have templates in our own directories
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "docs"],  # the user guide's chapters are in docs
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "roles.context.role_choice",
                "roles.context.session_limits",
            ],
        },
    },
]

# --- Databases: one database, a role for each process, two pools; the owner's connection is for migrations alone ---
_CONNECTIONS = positive("FIKSREG_DATABASE_CONNECTIONS", default=16)  # of one process, over both pools
_RUNTIME = {
    **database("DATABASE_URL"),
    "ENGINE": "fiksreg.postgresql",  # looks at a connection's socket, where a health check would be a statement
    "OPTIONS": {
        **DEAD_SERVER,
        "application_name": "fiksreg",
        "server_side_binding": True,
        "prepare_threshold": 1,  # a connection prepares a statement when it runs it for the second time
        "options": session_options(),  # each process sets its own when it starts (databaseroles.begin)
    },
}
DATABASES = {
    alias: {**_RUNTIME, "OPTIONS": {**_RUNTIME["OPTIONS"], "pool": pool}} for alias, pool in pools(_CONNECTIONS).items()
}
if env.str("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = {**database("DATABASE_OWNER_URL"), "OPTIONS": {**DEAD_SERVER, "options": session_options()}}
# The roles to which the owner grants rights after each migration.
DATABASE_ROLES = {
    "web": env.str("DATABASE_WEB_ROLE", "fiksreg_web"),
    "worker": env.str("DATABASE_WORKER_ROLE", "fiksreg_worker"),
    "clock": env.str("DATABASE_CLOCK_ROLE", "fiksreg_clock"),
}
DATABASE_ROUTERS = ["fiksreg.routers.OwnerMigrates"]

REDIS_URL = broker("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "fiksreg",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

# --- Login and sessions ---
AUTH_USER_MODEL = "roles.Employee"
AUTHENTICATION_BACKENDS = [
    "roles.login.backends.OidcBackend",
    "roles.login.breakglass.BreakGlassBackend",
]  # no passwords
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
OIDC_ISSUER = address("OIDC_ISSUER")
OIDC_LOGIN_PROFILE = chosen("OIDC_PROFILE", PROFILES)
OIDC_REQUIRED_ACR = env.list("OIDC_REQUIRED_ACR", default=[]) or [*OIDC_LOGIN_PROFILE.required_acr]  # any of these
OIDC_REQUIRED_AMR = env.list("OIDC_REQUIRED_AMR", default=[])  # any of these; none asked for when empty
OIDC_MAX_AUTHENTICATION_AGE_SECONDS = positive_or_none("OIDC_MAX_AUTHENTICATION_AGE_SECONDS")
OIDC_ORGANISATION_CLAIM = env.str("OIDC_ORGANISATION_CLAIM", "")  # holds the number of a newcomer's organisation
OIDC_AUTHORIZATION_DETAILS = authorization_details("OIDC_AUTHORIZATION_DETAILS")  # whom somebody acts for
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", "")  # names the groups somebody is in; not read when empty
OIDC_RP_CLIENT_ID = env.str("OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET")
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid profile"
OIDC_OP_AUTHORIZATION_ENDPOINT = address("OIDC_AUTHORIZATION_ENDPOINT")
OIDC_OP_TOKEN_ENDPOINT = address("OIDC_TOKEN_ENDPOINT")
OIDC_OP_JWKS_ENDPOINT = address("OIDC_JWKS_ENDPOINT")
OIDC_OP_USER_ENDPOINT = address("OIDC_USERINFO_ENDPOINT")  # not asked when empty: the ID token then has all claims
OIDC_END_SESSION_ENDPOINT = address("OIDC_END_SESSION_ENDPOINT")  # empty: logout does not go on to the provider
OIDC_AUTHENTICATION_CALLBACK_URL = "login-callback"
OIDC_PKCE_CODE_CHALLENGE_METHOD = "S256"
OIDC_TIMEOUT = 5
OIDC_CLOCK_LEEWAY_SECONDS = 30
OIDC_TOKEN_MAX_AGE_SECONDS = 300  # an ID token is used at once; an older one is refused

SESSION_ENGINE = "roles.access.sessionstore"
SESSION_COOKIE_AGE = 30 * 60
FIKSREG_SESSION_ABSOLUTE_AGE = 10 * 60 * 60
FIKSREG_SESSION_REFRESH_SECONDS = 60
FIKSREG_SESSION_WARNING_SECONDS = 2 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-fiksreg-session" if PRODUCTION else "fiksreg-session"
CSRF_COOKIE_NAME = "__Host-fiksreg-csrf" if PRODUCTION else "fiksreg-csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [FIKSREG_BASE_URL]
CSRF_FAILURE_VIEW = "fiksreg.pages.failures.csrf_failure"

# --- What the browser is told ---
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
FIKSREG_TRUSTED_PROXIES = networks("FIKSREG_TRUSTED_PROXIES")  # X-Forwarded-For is believed only from these
FIKSREG_STRANGERS_PER_MINUTE = positive(
    "FIKSREG_STRANGERS_PER_MINUTE", default=600
)  # from one address, to log in or out
if flag("FIKSREG_BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the icons in Designsystemet's style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        # Chromium follows the logout form to the provider only if form-action allows the provider.
        "form-action": [SELF, *([origin(OIDC_END_SESSION_ENDPOINT)] if OIDC_END_SESSION_ENDPOINT else [])],
        "frame-ancestors": [NONE],
    }
}

# --- The register ---
FOLKEREGISTER_URL = address("FOLKEREGISTER_URL").rstrip("/")
FOLKEREGISTER_DOORS = doors("FOLKEREGISTER_DOORS", address=FOLKEREGISTER_URL)
FOLKEREGISTER_OPERATOR = organisation_number("FOLKEREGISTER_OPERATOR", default="971032146")  # KS
FOLKEREGISTER_REQUESTS_PER_MINUTE = positive("FOLKEREGISTER_REQUESTS_PER_MINUTE", default=60_000)
if not FOLKEREGISTER_DOORS:
    require("FOLKEREGISTER_URL")
MASKINPORTEN_WELL_KNOWN = address("MASKINPORTEN_WELL_KNOWN")
MASKINPORTEN_TOKEN_ENDPOINT = address("MASKINPORTEN_TOKEN_ENDPOINT")
MASKINPORTEN_AUDIENCE = env.str("MASKINPORTEN_AUDIENCE", "")
if require_one("MASKINPORTEN_WELL_KNOWN", "MASKINPORTEN_TOKEN_ENDPOINT") == "MASKINPORTEN_TOKEN_ENDPOINT":
    require("MASKINPORTEN_AUDIENCE")
MASKINPORTEN_CLIENT_ID = env.str("MASKINPORTEN_CLIENT_ID")
MASKINPORTEN_PRIVATE_KEY = pem("MASKINPORTEN_PRIVATE_KEY")
MASKINPORTEN_KEY_ID = env.str("MASKINPORTEN_KEY_ID", "")
MASKINPORTEN_CERTIFICATE = ""
if require_one("MASKINPORTEN_KEY_ID", "MASKINPORTEN_CERTIFICATE") == "MASKINPORTEN_CERTIFICATE":
    MASKINPORTEN_CERTIFICATE = pem("MASKINPORTEN_CERTIFICATE", "a certificate chain")
TENOR_URL = trial_address("TENOR_URL")  # the page Testpersoner exists when this is set

# --- Limits per employee, where the organisation has none of its own (roles/limits/__init__.py) ---
FIKSREG_LIMITS = {
    "lookups_per_minute": positive("FIKSREG_LOOKUPS_PER_MINUTE", default=30),
    "lookups_per_day": positive("FIKSREG_LOOKUPS_PER_DAY", default=500),
    "misses_in_a_row": positive("FIKSREG_MISSES_IN_A_ROW", default=10),
    "misses_per_day": positive("FIKSREG_MISSES_PER_DAY", default=60),
    "open_orders": positive("FIKSREG_OPEN_ORDERS", default=5),
}

# --- E-mail about finished citizen lists; none is sent when the sender is empty ---
FIKSREG_EMAIL_FROM = env.str("FIKSREG_EMAIL_FROM", "")
vars().update(mail_server("FIKSREG_EMAIL_URL"))
EMAIL_TIMEOUT = 10

# From so many persons a citizen list is called large before it is ordered (docs/adr/0015)
FIKSREG_LARGE_LIST = positive("FIKSREG_LARGE_LIST", default=5000)

# --- Language and time ---
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("Engelsk"))]
LANGUAGE_COOKIE_NAME = "__Host-fiksreg-language" if PRODUCTION else "fiksreg-language"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "django"]
FORMAT_MODULE_PATH = "fiksreg.formats"
TIME_ZONE = "Europe/Oslo"
USE_I18N = USE_TZ = True

# --- Static files ---
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None  # otherwise they are served from their source folders
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
_STATIC_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}

# --- The log (Celery has its settings in fiksreg/celerysettings.py) ---
LOGGING = logging_config(level=chosen("FIKSREG_LOG_LEVEL", LEVELS))
