"""How the staff signs in: a part of the settings."""

from newsroom.config import environment
from newsroom.config.environment import read

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

#: Roles that need one; who has none gets some days from the first sign-in on to set it up. The demonstration, which
#: everybody enters with a printed password, asks nobody for it.
SECOND_FACTOR_ROLES = read.list(
    "SECOND_FACTOR_ROLES", default=[] if environment.demo else ["standards_editor", "administrator"]
)
SECOND_FACTOR_GRACE_DAYS = read.int("SECOND_FACTOR_GRACE_DAYS", default=7)
MFA_ADAPTER = "newsroom.config.accounts.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
#: One step of 30 seconds before and behind: telephones' clocks are not exact.
MFA_TOTP_TOLERANCE = 1
# Sign-in, limits and mails are ours: nothing of the library's own may do them beside us.
ACCOUNT_ADAPTER = "newsroom.config.accounts.NoOtherDoor"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_EMAIL_VERIFICATION = "none"

AUTHENTICATION_BACKENDS = ["newsroom.config.sign_in_backend.StaffBackend"]
