"""Files of the site that are no pages: photos and the sign for robots."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

#: Names that newsroom.photos gives: the hash of the bytes and the kind. Nothing else is ever served.
_NAME = re.compile(r"[0-9a-f]{64}\.(?P<kind>jpg|webp)")
_TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}
_NOBODYS_BUSINESS = ("desk", "my-case", "open", "received", "follow", "unfollow")
_ROBOTS = "User-agent: *\n" + "".join(f"Disallow: /*/{place}/\n" for place in _NOBODYS_BUSINESS)


@require_safe
def photo(request: HttpRequest, name: str) -> FileResponse:
    """A stored photo, for ever the same under its name."""
    match = _NAME.fullmatch(name)
    if match is None or not default_storage.exists(f"photos/{name}"):
        raise Http404
    response = FileResponse(default_storage.open(f"photos/{name}"), content_type=_TYPES[match["kind"]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Which pages are nobody's business."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
