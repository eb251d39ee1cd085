"""What an app for one-time codes shows (RFC 6238), written down once more: apart from the library of the product."""

import base64
import hashlib
import hmac
import time


def code_of_now(secret: str, step: int = 0) -> str:
    """The six digits that an app with this secret shows now, or some steps of half a minute away."""
    counter = int(time.time()) // 30 + step
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"
