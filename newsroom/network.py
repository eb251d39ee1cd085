"""The network address a request came from, believed only as far as our own proxies reach."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the client, for a limit that keeps only a one-day hash of it; never stored, never logged.

    Behind `TRUSTED_PROXIES` proxies of ours the address is the entry that the outermost of them has written
    into X-Forwarded-For; whatever the client itself wrote there stands to the left of it and is ignored.
    """
    neighbour, count = str(request.META.get("REMOTE_ADDR", "")), settings.TRUSTED_PROXIES
    entries = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    # An empty entry names nobody: taken as it is, all clients without the header would share one limit.
    return entries[-count] or neighbour if 0 < count <= len(entries) else neighbour
