"""What the description of the interface says about the answers of a door, the problems among them."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse

from corrections.api.shapes import ProblemShape

_MEANINGS = {
    400: "The request cannot be read; `faults` names the fields.",
    401: "The key or the receipt is absent, unknown, expired or revoked.",
    403: "The key, or the rules, do not allow it.",
    404: "There is nothing of this number or receipt, or it is not shown to the owner of this key.",
    409: "The case or the article is not (any more) as the request supposes; nothing was written.",
    413: "The request is too large.",
    415: "The body is not JSON.",
    422: "The words have to be mended; `faults` says each in a sentence. Nothing was written.",
    429: "Too many requests from this network; the header Retry-After says when to try again.",
}
#: What a body can bring about at any door that takes one.
_OF_A_BODY = (400, 413, 415)
#: What any door answers to a flood.
_OF_ANY_DOOR = (429,)


def answers(success: dict[int, Any], *problems: int, takes_body: bool = False) -> dict[Any, Any]:
    """The answers of a door: the successful ones with their shapes, the problems by their statuses."""
    codes = sorted({*problems, *_OF_ANY_DOOR, *(_OF_A_BODY if takes_body else ())})
    described = {
        (code, "application/problem+json"): OpenApiResponse(ProblemShape, description=_MEANINGS[code]) for code in codes
    }
    return {**success, **described}
