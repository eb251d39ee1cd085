"""What the environment says, read once, with names and defaults in one place."""

import base64
import hashlib
import secrets
from pathlib import Path

import environ

PROJECT = Path(__file__).resolve().parent.parent.parent

read = environ.Env()

data_directory = Path(read.str("DATA_DIR", default=str(PROJECT / "var"))).resolve()

#: The demonstration newsroom. `manage.py run_demo` alone sets it, and a system check refuses it beside any
#: setting of a real deployment (see newsroom.config.checks).
demo = read.str("DEMO_NEWSROOM", default="") == "on-this-computer-only"


def memory_broker(url: str) -> bool:
    """Whether the broker lives inside the one process (nothing to install, nothing shared between processes)."""
    return url.startswith("memory:")


def secret(name: str) -> str:
    """A secret from the environment; in the demonstration one that is made once and kept in the data directory.

    Outside the demonstration an absent secret is the empty string, which a system check refuses. In the
    demonstration a missing file is written (readable by its owner alone).
    """
    value = str(read.str(name, default=""))
    if value or not demo:
        return value
    path = data_directory / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def sealing_key(secret_text: str) -> str:
    """A Fernet key (32 bytes, URL-safe base64) derived from a long secret text."""
    return base64.urlsafe_b64encode(hashlib.sha256(secret_text.encode()).digest()).decode()
