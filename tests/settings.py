"""The project's own settings with secrets for tests and fast passwords; nothing else differs."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "a secret of the tests alone, long enough to be one")
os.environ.setdefault("HASHING_KEY", "a hashing key of the tests alone, long enough to be one")
os.environ.setdefault("SEALING_SECRETS", "a sealing secret of the tests alone and long enough to be one")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="tashih-tests-"))
os.environ.setdefault("SUBMISSIONS_PER_HOUR", "1000")
# Tests of letters are told at once; those of the wait set it themselves.
os.environ.setdefault("DELIVERY_HOLD_SECONDS", "0")

from newsroom.catalogues import compile_catalogues
from newsroom.config.settings import *  # noqa: F403  - the environment has to be set first

# The catalogues are compiled where they are used; several test processes may do it at once (it writes atomically).
compile_catalogues(LOCALE_PATHS)  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each test has a client of its own, and each of them would look through every static file at its start.
WHITENOISE_AUTOREFRESH = True
