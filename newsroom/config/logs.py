"""Log lines without anybody's address and without secrets that travel in addresses."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

#: Longer parts of a path can be the secret of a link in a mail; no part of ours that is worth reading is longer.
LONGEST_PART = 20

_PARTS = re.compile(rf"(?<=/)[^/?#\s]{{{LONGEST_PART + 1},}}")
_QUERY = re.compile(r"(?<=\S)\?\S*")
_CLIENT = re.compile(r"\bip=\S+")


def safe_path(path: str) -> str:
    """A path for the log: without query, long parts replaced by …"""
    return _PARTS.sub("…", _QUERY.sub("", path))


class WithoutReaders(logging.Filter):
    """Takes client addresses, queries and long parts of paths out of a line; nothing else changes."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _CLIENT.sub("ip=…", safe_path(record.getMessage()))
        record.args = ()
        return True


class WebLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's logger: what it says of a request tells nothing of the reader."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(WithoutReaders())

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What an access line may be made of: time, method, path, status, bytes, milliseconds; no headers."""
        every = super().atoms(resp, req, environ, request_time)
        return {name: every[name] for name in ("t", "m", "s", "B", "M")} | {"U": safe_path(str(every["U"]))}
