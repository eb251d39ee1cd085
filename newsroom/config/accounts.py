"""What the library of the second factor is told about this site."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from corrections.keys import sealer


class NoOtherDoor(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts are made by administrators alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors lie in the database sealed, like readers' addresses; the site has its own name."""

    def encrypt(self, text: str) -> str:
        """Sealed with the newest of the installation's keys."""
        return str(sealer().seal(text))

    def decrypt(self, encrypted_text: str) -> str:
        """Unsealed with whichever key it was sealed."""
        return str(sealer().unseal(encrypted_text))

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAMES[get_language() or settings.LANGUAGE_CODE])
