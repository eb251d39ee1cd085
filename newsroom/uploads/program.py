"""The program that opens a stranger's file, in a process of its own with hard limits: bytes in, one line and bytes out.

A decoder that is made to use up memory or time, or one with a hole in it, meets an empty environment, no file to write
and the limits below; the web server only reads the answer.
"""

import resource
import sys

from newsroom.uploads import documents, pictures
from newsroom.uploads.kinds import FileRefused, looks_like_document

MEMORY_BYTES = 512 * 1024 * 1024
PROCESSOR_SECONDS = 10


def main() -> None:
    """Reads a file from standard input; writes "taken KIND" and the new bytes, or "refused REASON"."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        kind, clean = (documents if looks_like_document(content) else pictures).rewritten(content)
    except FileRefused as refused:
        sys.stdout.buffer.write(f"refused {refused.reason}\n".encode())
        return
    sys.stdout.buffer.write(f"taken {kind}\n".encode() + clean)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
