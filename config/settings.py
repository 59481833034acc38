"""Settings of the site; an office changes them by GONGKAI_… variables (docs/deploy.md), not here."""

from typing import Any

from csp.constants import NONE, SELF
from django.contrib.messages import constants as message_levels

from config import environment as env

BASE_DIR = env.BASE
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("ORIGINS")

INSTALLED_APPS = [
    "gongkai.frame",  # before Django's own apps: its templates stand in for theirs
    "gongkai.agencies",
    "gongkai.accounts",
    "gongkai.audit",
    "gongkai.administration",
    "gongkai.search",
    "gongkai.documents",
    "gongkai.disclosure",
    "gongkai.ledger",
    "gongkai.portal",
    "gongkai.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",  # its templates: sitemap.xml
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before the static files: a drawing that is opened by itself has it too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.frame.pages.showing.ShowingMiddleware",  # outside all that may set a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "gongkai.portal.collisions.CollisionMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "gongkai.frame.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongkai.frame.context.site",
                "gongkai.portal.navigation.navigation",
            ],
            "builtins": ["gongkai.frame.templatetags.frame"],
        },
    }
]

DATABASES = {"default": env.database()}
# rate limits are counted here, so that they hold over all processes and hosts
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # with the usual 300, many made-up names push the counts out
    }
}
# whole public pages, kept by each process ahead of all middleware (ADR 0006); 0: none are kept
PAGE_CACHE_BYTES = 0 if DEBUG else int(env.text("PAGE_CACHE_MB", "64")) * 2**20
PAGE_GENERATION = BASE_DIR / "var" / "generation"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"
FORMAT_MODULE_PATH = "config.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.text("UPLOADS", str(BASE_DIR / "var" / "uploads"))},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o640

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "gongkai.administration.sign_in.TracedAdapter"
MFA_ADAPTER = "gongkai.accounts.adapters.SecondFactorAdapter"
SOCIALACCOUNT_ADAPTER = "gongkai.administration.sign_in.TracedSingleSignOn"
ACCOUNT_FORMS = {
    "login": "gongkai.accounts.forms.SignInForm",
    "change_password": "gongkai.accounts.forms.NewPasswordForm",
    "reauthenticate": "gongkai.accounts.forms.ConfirmPasswordForm",
}
MFA_FORMS = {
    "authenticate": "gongkai.accounts.forms.CodeForm",
    "reauthenticate": "gongkai.accounts.forms.ConfirmCodeForm",
    "activate_totp": "gongkai.accounts.forms.SetUpCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "feedback": "5/h/ip",  # messages of the public
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    env.text("PROXIES", "0")
)  # nginx before us: 1, else all people share one address
REQUIRE_TOTP = env.words("REQUIRE_TOTP")  # roles that must use a second factor, e.g. office,administrator
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "政务公开"
SSO_APPS: list[dict[str, Any]] = []
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": SSO_APPS}}
if env.text("OIDC_SERVER"):
    SSO_APPS.append(
        {
            "provider_id": "province",
            "name": env.text("OIDC_NAME", "省统一身份认证"),
            "client_id": env.text("OIDC_CLIENT"),
            "secret": env.text("OIDC_SECRET"),
            "settings": {"server_url": env.text("OIDC_SERVER")},
        }
    )
SESSION_COOKIE_AGE = 8 * 3600  # a working day; the browser's end ends it too
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongkai.portal.errors.csrf_failure"

# --- ordinary care ----------------------------------------------------------------------------------
BEHIND_TLS = env.flag("TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 365 * 86400 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *env.origins("OIDC_SERVER")],  # the button of single sign-on leads there
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- letters and work in the background -------------------------------------------------------------
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"  # where no mail server is named, letters wait here, readable
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "gongkai@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MESSAGE_TAGS = {
    message_levels.SUCCESS: "success",
    message_levels.WARNING: "warning",
    message_levels.ERROR: "error",
    message_levels.INFO: "information",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}

# --- the district that this copy serves -------------------------------------------------------------
SITE = {
    "name": env.text("SITE_NAME", "市中区政务公开"),
    "government": env.text("SITE_GOVERNMENT", "市中区人民政府"),
    "office": env.text("SITE_OFFICE", "市中区人民政府办公室"),
    "office_short": env.text("SITE_OFFICE_SHORT", "区政务公开办"),
    "domain": env.text("SITE_DOMAIN", "127.0.0.1:8000"),
    "code": env.text(
        "SITE_CODE", "0000000000"
    ),  # 网站标识码, ten digits; zeros mark a copy not yet registered
    "icp": env.text("SITE_ICP", "演示站点，未备案"),
    "police": env.text("SITE_POLICE", "演示站点，未备案"),
    "phone": env.text("SITE_PHONE", "0000-0000000"),
    "email": env.text("SITE_EMAIL", "gongkai@example.gov.cn"),
    "address": env.text("SITE_ADDRESS", "演示地址"),
}
# the type of PDF files, brought by `make setup`; an office may name a folder of its own
FONTS = env.text("FONTS", str(BASE_DIR / "node_modules" / "@expo-google-fonts" / "noto-serif-sc"))
FIXED_TODAY = env.text("TODAY")  # YYYY-MM-DD: the demo's year stands still there; empty: the real day
LETTERS = env.text("LETTERS")  # a folder of the office's own letter templates; empty: those of the software

# --- search -----------------------------------------------------------------------------------------
SEARCH_INDEX = env.text("INDEX", str(BASE_DIR / "var" / "index"))  # this host's own index; never shared
SEARCH_SERVER = env.text("OPENSEARCH")  # address of an OpenSearch server; empty: the embedded engine
