"""JSON at the way in: bounded in size and depth, and whole characters, before anything looks at it."""

import io
import json
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.fields import CharField
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """DRF reads the stream itself, past Django's limit for bodies, and Python's reader of JSON recurses."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        """The document. Raises RequestDataTooBig, ParseError."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig
        try:
            document = super().parse(io.BytesIO(body), media_type, parser_context)
            _refuse_halves(document)
        except (RecursionError, UnicodeEncodeError) as error:
            raise ParseError from error
        return document


def _refuse_halves(document: Any) -> None:
    """Half a character of two (a lone surrogate) can be written in JSON, and nowhere that it would go to. Raises
    ValidationError, which names the field, or UnicodeEncodeError."""
    if isinstance(document, dict):
        broken = [name for name, value in document.items() if not _is_whole(value)]
        if broken and _is_whole(broken):
            raise ValidationError(dict.fromkeys(broken, CharField.default_error_messages["invalid"]))
    json.dumps(document, ensure_ascii=False).encode()


def _is_whole(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
