"""Who asks: a program with a key of a staff member, or a reader with a receipt."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from corrections.domain import api_tokens
from corrections.models import ApiToken
from newsroom.models import StaffMember


def credential(request: Request, scheme: str) -> str | None:
    """What follows `scheme` in the Authorization header, or None."""
    header = get_authorization_header(request).decode("latin-1")
    found, _space, value = header.partition(" ")
    return value.strip() if found.casefold() == scheme.casefold() else None


def key_of(request: Request) -> ApiToken:
    """The key that KeyAuthentication has accepted for this request."""
    token = request.auth
    assert isinstance(token, ApiToken)  # noqa: S101 - only asked behind MayWorkOnDesk
    return token


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`; the key acts in its owner's name. No cookies, so nothing for CSRF."""

    def authenticate(self, request: Request) -> tuple[StaffMember, ApiToken] | None:
        token = credential(request, "Bearer")
        if token is None:
            return None
        row = api_tokens.authenticate(token, timezone.now())
        if row is None:
            raise AuthenticationFailed(_("This key is unknown, expired or revoked."))
        return row.staff_member, row

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ReceiptAuthentication(BaseAuthentication):
    """`Authorization: Receipt <24 digits>`: opens one case and names nobody, so the door looks the case up itself."""

    def authenticate(self, request: Request) -> None:
        return None

    def authenticate_header(self, request: Request) -> str:
        return "Receipt"


class MayWorkOnDesk(BasePermission):
    """The owner of the key works on the desk; a key without the right to write only reads."""

    message = _("This key may not do that.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.auth is None or not api_tokens.may_use(key_of(request).staff_member, timezone.now()):
            return False
        return request.method in SAFE_METHODS or key_of(request).may_write


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registration has no types
    """How the description of the interface names the key."""

    target_class = KeyAuthentication
    name = "deskKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key for machines, made on the page of one’s own account.",
        }


class ReceiptScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registration has no types
    """How the description of the interface names the receipt."""

    target_class = ReceiptAuthentication
    name = "receipt"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Receipt <24 digits>`: the secret that came with the number of the case.",
        }
