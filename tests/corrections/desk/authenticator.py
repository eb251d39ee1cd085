"""The telephone and the paper of somebody who signs in: codes as an app shows them."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt

from newsroom import second_factor
from newsroom.models import StaffMember
from tests.browser.one_time_code import code_of_now

__all__ = ["code_of_now", "stored_secret", "with_app", "wrong_code"]


def wrong_code(secret: str) -> str:
    """Six digits that no app with this secret shows in these minutes."""
    shown = {code_of_now(secret, step) for step in range(-3, 4)}
    return next(code for code in (f"{number:06}" for number in range(100)) if code not in shown)


def with_app(member: StaffMember) -> str:
    """Ties an app to somebody; returns its secret. The code of now stays unused."""
    secret = second_factor.new_secret()
    second_factor.turn_on_app(member, secret, code_of_now(secret, -1))
    return secret


def stored_secret(member: StaffMember) -> str:
    return str(decrypt(Authenticator.objects.get(user=member, type="totp").data["secret"]))
