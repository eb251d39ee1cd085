"""A stranger's file becomes a clean one of a known kind, or is refused."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from newsroom.uploads.kinds import FileKind, FileRefused, looks_like_document, looks_like_picture

#: Seconds until a file that is still being worked on is given up; the program's own limit counts processor time.
PATIENCE = 30
_PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class CleanFile:
    """New bytes of a known kind; nothing of the original's metadata is in them."""

    kind: FileKind
    content: bytes


def rewrite(content: bytes) -> CleanFile:
    """Decides by content what a file is and writes it anew, in a limited process (newsroom.uploads.program).

    Raises FileRefused: empty, kind, damaged, locked, active, too-much.
    """
    if not content:
        raise FileRefused("empty")
    if not (looks_like_document(content) or looks_like_picture(content)):
        raise FileRefused("kind")
    line, _newline, clean = _answer(content).partition(b"\n")
    outcome, _space, word = line.decode("ascii", "replace").partition(" ")
    if outcome == "taken":
        return CleanFile(FileKind(word), clean)
    # No line at all: the limits ended the program.
    raise FileRefused(word if outcome == "refused" else "too-much")


def _answer(content: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "newsroom.uploads.program"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            cwd=_PROJECT,
            # Whatever goes wrong in there, no secret of ours is in reach.
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused("too-much") from error
    return done.stdout if done.returncode == 0 else b""
